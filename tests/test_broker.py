"""Redis between processes is a hint: flushed, hung or away it delays, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from chat.console.names import PLATFORM
from chat.errors import NotDelivered
from domain.actions.outbox import Address, lease_due, put
from domain.models import Delivery, OutboxEntry
from domain.notices.asking import Pointer
from domain.records import Records, open_records, real_now
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from domain.timing import LIMIT_SECONDS, LONG_SECONDS
from tests.fixtures.house import School
from tests.servers import Redis
from workers.broker import FIRE, redis_client
from workers.delivery import Delivering
from workers.schedule import DUTIES
from workers.start import Workers, feeding, working

pytestmark = pytest.mark.postgres
# The longest that anything here may take before the test gives up (seconds).
PATIENCE = 30


class Recorder:
    """A platform that takes everything; named for what it is, no platform of anybody's."""

    def __init__(self) -> None:
        self.took: list[Mapping[str, Any]] = []
        self._lock = threading.Lock()

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> None:
        del conversation, reply_to
        with self._lock:
            self.took.append(payload)

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        for one in conversations:
            await self.send(one, payload)
        return None, {}

    async def close(self) -> None:
        """Nothing was opened."""


@pytest.fixture
def clean(redis: Redis) -> Redis:
    """The run's Redis, empty."""
    redis_client(redis.address).flushall()
    return redis


@asynccontextmanager
async def at_work(school: School, keyring: Keyring, redis: Redis) -> AsyncIterator[Recorder]:
    """A worker over that Redis, as a process of its own would be."""
    recorder = Recorder()

    async def again() -> Records:
        return await open_records(school.database, keyring, read_plan(None))

    delivering = Delivering({PLATFORM: recorder}, "zh-CN", lambda _person, _chat: None)
    async with working(redis.address, again, delivering, DUTIES):
        yield recorder


async def told(school: School, number: int) -> list[int]:
    """So many notices to be told."""
    person = school.people["林晓"]
    for one in range(number):
        await put(Pointer(heard="talk"), Address(person=person), f"test:{one}")
    return [entry.id for entry in await OutboxEntry.filter(notice="Pointer").order_by("id")]


async def until(true: Callable[[], Any]) -> None:
    """Wait until that is so."""
    async with asyncio.timeout(PATIENCE):
        while not await true():  # noqa: ASYNC110  it is the database that changes
            await asyncio.sleep(0.02)


async def all_done() -> bool:
    return not await OutboxEntry.filter(done_at__isnull=True).exists()


async def lease_over() -> None:
    """As if whoever had taken what is open had been away for long."""
    await OutboxEntry.filter(done_at__isnull=True).update(
        lease_until=real_now() - timedelta(seconds=1)
    )


async def test_the_broker_breaks_off_nothing_before_its_own_limit(
    school: School, keyring: Keyring, clean: Redis
) -> None:
    async def again() -> Records:
        return await open_records(school.database, keyring, read_plan(None))

    delivering = Delivering({PLATFORM: Recorder()}, "zh-CN", lambda _person, _chat: None)
    async with working(clean.address, again, delivering, DUTIES) as workers:
        limit = workers.broker.get_actor(FIRE).options["time_limit"]
        assert limit > 1000 * max(LIMIT_SECONDS, *LONG_SECONDS.values())


async def test_what_is_due_is_brought_over_redis_once(
    school: School, keyring: Keyring, clean: Redis
) -> None:
    ids = await told(school, 30)
    async with at_work(school, keyring, clean) as recorder:
        await until(all_done)
    assert len(recorder.took) == 30
    assert sorted(await Delivery.all().values_list("entry_id", flat=True)) == ids


async def test_what_a_flushed_redis_forgot_is_found_due_again(
    school: School, keyring: Keyring, clean: Redis
) -> None:
    await told(school, 20)
    async with feeding(clean.address) as fed:
        assert await fed.relay.turn() == 20
        assert await lease_due() == []
    redis_client(clean.address).flushall()
    await lease_over()
    async with at_work(school, keyring, clean) as recorder:
        await until(all_done)
    assert len(recorder.took) == 20


async def test_the_queue_holds_ids_and_nothing_else(
    school: School, keyring: Keyring, clean: Redis
) -> None:
    (entry,) = await told(school, 1)
    async with feeding(clean.address) as fed:
        await fed.relay.turn()
    client = redis_client(clean.address)
    kept = [client.hgetall(key) for key in client.keys("*.msgs")]
    (message,) = [value for one in kept for value in one.values()]
    assert f'"args":[{entry}],"kwargs":{{}}'.encode() in message.replace(b": ", b":")


async def test_a_redis_that_is_away_keeps_nobody_from_taking_the_rows(
    school: School, keyring: Keyring, own_redis: Redis
) -> None:
    ids = await told(school, 5)
    own_redis.stop()
    async with feeding(own_redis.address) as fed:
        with pytest.raises(Exception, match="onnect"):
            await fed.relay.turn()
        # Given back at once, not when a lease ends.
        assert await OutboxEntry.filter(id__in=ids, lease_until__isnull=True).count() == 5
        own_redis.start()
        assert await fed.relay.turn() == 5
    async with at_work(school, keyring, own_redis) as recorder:
        await until(all_done)
    assert len(recorder.took) == 5


async def test_a_redis_that_hangs_holds_up_neither_the_loop_nor_the_marking(
    school: School, keyring: Keyring, own_redis: Redis
) -> None:
    await told(school, 3)
    (said,) = await told_to_others(school)
    async with feeding(own_redis.address) as fed:
        own_redis.hang()
        fed.relay.wake()
        longest = asyncio.create_task(longest_pause(1.5))
        await asyncio.sleep(0)
        fed.relay.said([said], PLATFORM)
        await until(lambda: is_done(said))
        # A pause of this length would be felt; a hung connection holds for two seconds.
        assert await longest < 1.0
        assert not await all_done()
    own_redis.go_on()


async def told_to_others(school: School) -> list[int]:
    """One that the door says: nobody else may take it."""
    await put(Pointer(heard="talk"), Address(person=school.people["李梅"]), "door")
    entry = (await OutboxEntry.get(key="door")).id
    await OutboxEntry.filter(id=entry).update(lease_until=real_now() + timedelta(seconds=60))
    return [entry]


async def is_done(entry: int) -> bool:
    return await OutboxEntry.filter(id=entry, done_at__isnull=False).exists()


async def longest_pause(seconds: float) -> float:
    """The longest time in which the loop did nothing else, over so many seconds."""
    end, last, longest = time.monotonic() + seconds, time.monotonic(), 0.0
    while last < end:
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    return longest


async def test_serving_knows_whether_redis_answers(school: School, own_redis: Redis) -> None:
    async with feeding(own_redis.address) as fed:
        workers: Workers = fed
        assert workers.ping is not None
        assert await workers.ping()
        own_redis.stop()
        with pytest.raises(Exception, match="onnect"):
            await workers.ping()
