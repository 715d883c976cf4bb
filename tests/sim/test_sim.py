"""In a simulated week nothing is lost, early, or told twice without a reason, whatever goes wrong.

Two processes on one database are killed, fail, stand still and have wrong clocks, the platform has
its moods, and messages come several times; which, when and how is in the seed. Many more weeks by
`python -m tests.sim`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from itertools import chain

import pytest

from tests.sim.oracle import wrong
from tests.sim.planted import PLANTED
from tests.sim.playing import play
from tests.sim.story import story
from tests.sim.timeless import Stuck, run_timeless

# For each fault a seed that found it; where the service has changed since, others are tried.
_FOUND_BY = {
    "leases by each machine's own clock": 3,
    "marked before it is sent": 10,
    "what was heard is known to Redis alone": 1,
    "not looked at again before it is sent": 6,
    "no unique key": 1,
    "waits that double without end": 14,
    "today by UTC": 2,
    "skipped where the holidays aren't known": 5,
    "leases that are never renewed": 42,
    "only two days looked back": 2,
    "a fault passes for done": 12,
    "a message's number without its robot": 3,
}
_TRIED = 200


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """What goes wrong on purpose is no news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("seed", range(20, 25))
def test_a_week_in_which_much_goes_wrong_loses_nothing(seed: int) -> None:
    assert wrong(play(story(seed))) == []


def test_a_week_is_the_same_each_time_it_is_played() -> None:
    one, other = play(story(3)), play(story(3))
    assert one.told == other.told
    assert one.deaths == other.deaths
    assert [row["done_at"] for row in one.rows["outbox"]] == [
        row["done_at"] for row in other.rows["outbox"]
    ]


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_that_is_planted_is_found_and_not_without_it(name: str) -> None:
    plant = PLANTED[name]
    for seed in chain((_FOUND_BY[name],), range(1, _TRIED)):
        if wrong(play(story(seed), plant.within, plant.records)):
            assert wrong(play(story(seed))) == []
            return
    pytest.fail(f"{_TRIED} seeds don't find it")


def test_the_loop_takes_no_time_and_says_when_nothing_would_ever_happen() -> None:
    async def days(loop: asyncio.AbstractEventLoop) -> float:
        await asyncio.sleep(3 * 86_400)
        return loop.time()

    async def never(_loop: asyncio.AbstractEventLoop) -> None:
        await asyncio.Event().wait()

    assert run_timeless(days) == pytest.approx(3 * 86_400)
    with pytest.raises(Stuck):
        run_timeless(never)
