"""Every place is counted, whether or not anything is waited for there, and one can die at each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.crash.choosing import chosen
from tests.crash.points import Counter, Kind, Point

OURS = (__file__,)


class Died(BaseException):
    """Stands for a death, in a test that goes on."""


def die() -> None:
    raise Died


async def at_once() -> int:
    """Waits for nothing."""
    return 1


async def waits() -> int:
    """Waits for a turn of the loop."""
    await asyncio.sleep(0)
    return 2


@asynccontextmanager
async def within() -> AsyncIterator[int]:
    await at_once()
    yield 3
    await waits()


async def numbers() -> AsyncIterator[int]:
    yield 4
    await waits()
    yield 5


async def of(work: Callable[[], Any]) -> list[Kind]:
    await Counter(ours=OURS).run(work())
    counter = Counter(ours=OURS)
    await counter.run(work())
    return [one.kind for one in counter.points]


async def test_what_waits_for_nothing_is_counted_too() -> None:
    assert await of(at_once) == []

    async def twice() -> int:
        return await at_once() + await at_once()

    assert await of(twice) == ["await", "await"]


async def test_what_waits_is_counted_on_its_way_and_when_it_comes_back() -> None:
    assert await of(waits) == ["await", "asked", "answered"]


async def test_the_two_ends_of_a_with_and_each_turn_of_a_for_are_awaits() -> None:
    async def entered() -> None:
        async with within() as number:
            assert number == 3

    # In, what is awaited there; out, what is awaited there.
    assert await of(entered) == ["await", "await", "await", "await", "await", "asked", "answered"]

    async def gone_through() -> None:
        async for number in numbers():
            assert number in (4, 5)

    # Twice a number and once none; and between the two, what is awaited there.
    assert (await of(gone_through)).count("await") == 5
    assert (await of(gone_through)).count("asked") == 1


async def test_what_goes_on_beside_it_is_counted_as_well() -> None:
    async def both() -> None:
        await asyncio.gather(waits(), waits())

    kinds = await of(both)
    assert kinds.count("await") == 3
    # Each of the two waits, and the one for both.
    assert kinds.count("asked") == 3


async def test_what_is_raised_comes_through() -> None:
    async def fails() -> None:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)

    counter = Counter(ours=OURS)
    with pytest.raises(TimeoutError):
        await counter.run(fails())


# Who dies awaits nothing any more.
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
async def test_one_can_die_at_each_of_them_and_nothing_after_it_happens() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("begun")
        await asyncio.sleep(0)
        done.append("between")
        await at_once()
        done.append("end")

    reached = []
    for last in range(5):
        await Counter(ours=OURS).run(work())
        done.clear()
        counter = Counter(last=last, at_last=die, ours=OURS)
        try:
            await counter.run(work())
        except Died:
            done.append("died")
        reached.append(list(done))
    assert reached == [
        ["begun", "died"],
        ["begun", "died"],
        ["begun", "died"],
        ["begun", "between", "died"],
        ["begun", "between", "end"],
    ]


async def test_what_changes_outside_is_noticed() -> None:
    paper: list[str] = []

    async def work() -> None:
        await waits()
        paper.append("a letter")
        await waits()

    await Counter(ours=OURS).run(work())
    paper.clear()
    counter = Counter(ours=OURS, outside=lambda _kind: len(paper))
    await counter.run(work())
    assert [one.state for one in counter.points] == [1, 1, 1, 1, 2, 2, 2, 2]


def points(*stretches: tuple[int, str]) -> list[Point]:
    """So many points of each kind in each stretch: a, q and r for await, asked, answered."""
    kinds: dict[str, Kind] = {"a": "await", "q": "asked", "r": "answered"}
    return [Point(kinds[one], "x:1", state) for state, said in stretches for one in said]


def test_every_stretch_without_a_change_outside_is_died_in_once() -> None:
    some = points((1, "aqraqra"), (2, "aaqr"), (3, "aqr"), (4, "aqr"))
    picked = chosen(some, 4)
    assert [some[number].state for number in picked] == [1, 2, 3, 4]
    assert {some[number].kind for number in picked} == {"await", "asked", "answered"}


def test_what_is_left_is_spread_and_all_are_all() -> None:
    some = points((1, "aqr" * 20), (2, "aqr" * 20))
    picked = chosen(some, 12)
    assert len(set(picked)) == 12
    assert picked[0] == 0
    assert picked[-1] == len(some) - 1
    assert chosen(some, None) == chosen(some, 1000) == list(range(120))
