"""In turn: so many calls a second to a platform, so many messages a minute to a group."""

from __future__ import annotations

import asyncio
from collections import deque

import pytest

from tests.fixtures.pacing import Clock
from tests.servers import Redis
from workers.broker import redis_client
from workers.delivery import own_pacer
from workers.pacing import Pacer, SharedPacer
from workers.start import shared_pacer


async def test_a_pacer_gives_so_many_turns_a_second() -> None:
    pacer = Pacer({"p": 10})
    waits = [await pacer.wait("p") for _ in range(30)]
    # Half a second's worth at once, then one each tenth of a second.
    assert waits[:5] == [0.0] * 5
    assert 2.2 < waits[-1] < 2.6
    assert await pacer.wait("unlimited") == 0.0


async def test_two_processes_share_the_turns(redis: Redis) -> None:
    redis_client(redis.address).flushall()
    one, other = [SharedPacer({"p": 10}, redis_client(redis.address)) for _ in range(2)]
    waits = [await pacer.wait("p") for _ in range(15) for pacer in (one, other)]
    assert 1.8 < waits[-1] < 2.6
    await one.shut("p", 90)
    assert 80 < await other.wait("p") <= 90
    for pacer in (one, other):
        await pacer.close()


async def test_who_will_not_wait_keeps_no_turn_from_others(redis: Redis) -> None:
    redis_client(redis.address).flushall()
    for pacer in (Pacer({"p": 10}), SharedPacer({"p": 10}, redis_client(redis.address))):
        waits = [await pacer.wait("p", most=0.3) for _ in range(30)]
        # Eight or nine were taken, and whoever comes now would wait no longer than the first of
        # those that weren't.
        assert max(waits) < 0.5
        assert await pacer.wait("p") == pytest.approx(max(waits), abs=0.1)
        await pacer.close()


async def spoken(pacers: list[Pacer], clock: Clock, notices: int) -> list[float]:
    """When that many notices for one group went out, each as soon as its turn came (seconds)."""
    times: list[float] = []
    waiting = deque((0.0, number) for number in range(notices))
    while waiting:
        due, number = waiting.popleft()
        clock.move_to(due)
        wait = await pacers[number % len(pacers)].wait("p", "g", most=0.0)
        if wait:
            waiting.append((due + wait, number))
        else:
            times.append(due)
    return times


def most_in_a_minute(times: list[float]) -> int:
    return max(sum(start <= one < start + 60 for one in times) for start in times)


async def test_a_group_hears_no_more_than_its_number_in_any_minute(clock: Clock) -> None:
    times = await spoken([Pacer({"p": 18}, {"p": 20})], clock, 70)
    assert len(times) == 70
    assert most_in_a_minute(times) == 20
    # Each of the others comes as soon as there is room.
    assert times[20] == pytest.approx(70, abs=3)
    assert times[-1] < 4 * 70


async def test_a_group_that_has_heard_enough_holds_up_no_other() -> None:
    pacer = Pacer({}, {"p": 20})
    for _ in range(20):
        assert await pacer.wait("p", "g", most=1.0) == 0.0
    assert await pacer.wait("p", "g", most=1.0) > 60
    assert await pacer.wait("p", "other", most=1.0) == 0.0
    assert await pacer.wait("p", most=1.0) == 0.0
    assert await pacer.wait("q", "g", most=1.0) == 0.0


async def test_a_group_that_muted_us_is_left_alone_and_no_other() -> None:
    pacer = Pacer({}, {"p": 20})
    await pacer.shut("p", 600, "g")
    assert await pacer.wait("p", "g") > 590
    assert await pacer.wait("p", "other") == await pacer.wait("p") == 0.0


async def test_alone_and_over_redis_dingtalk_s_groups_hear_twenty_a_minute(redis: Redis) -> None:
    redis_client(redis.address).flushall()
    for pacer in (own_pacer(), shared_pacer(redis.address)):
        waits = [await pacer.wait("dingtalk", "g", most=5.0) for _ in range(21)]
        assert max(waits[:20]) < 5.0
        assert waits[20] > 60
        assert await pacer.wait("dingtalk", "h", most=5.0) < 5.0
        await pacer.close()


async def test_two_processes_share_a_group_s_minute(redis: Redis) -> None:
    redis_client(redis.address).flushall()
    one, other = [SharedPacer({}, redis_client(redis.address), {"p": 20}) for _ in range(2)]
    waits = [await pacer.wait("p", "g", most=1.0) for _ in range(15) for pacer in (one, other)]
    assert [wait for wait in waits if not wait] == [0.0] * 20
    assert min(waits[20:]) > 60
    assert await other.wait("p", "h", most=1.0) == await other.wait("p", most=1.0) == 0.0
    await one.shut("p", 600, "h")
    assert 590 < await other.wait("p", "h") <= 600
    # No name of a group lies in Redis.
    kept = [bytes(key) for key in redis_client(redis.address).scan_iter()]
    assert len(kept) > 1
    assert not [key for key in kept if key.endswith((b":g", b":h"))]
    for pacer in (one, other):
        await pacer.close()


async def test_a_full_group_s_minute_passes_in_redis_as_well(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_client(redis.address).flushall()
    monkeypatch.setattr("workers.pacing._MINUTE", 30.0)
    pacer = SharedPacer({}, redis_client(redis.address), {"p": 2})
    assert [await pacer.wait("p", "g") for _ in range(2)] == [0.0, 0.0]
    third, fourth, fifth = [await pacer.wait("p", "g") for _ in range(3)]
    assert 0 < third <= 30
    assert 0 < fourth <= 30 < fifth
    await pacer.close()


async def test_without_redis_each_paces_itself(own_redis: Redis) -> None:
    pacer = SharedPacer({"p": 10}, redis_client(own_redis.address))
    own_redis.stop()
    waits = await asyncio.gather(*(pacer.wait("p") for _ in range(10)))
    assert max(waits) > 0.3
    assert await pacer.wait("p", "g", most=0.0) > 0.3
    await pacer.close()
