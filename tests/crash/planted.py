"""Faults that are planted, to show that they would be found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

import service.answering
import workers.delivery
import workers.firing
import workers.problems
import workers.stuck
from domain.actions.outbox import give_up, mark_delivered
from domain.models import Timer
from domain.records import HeardMessage, by_itself, hearing
from workers.delivery import Delivering, Worded

Plant = Callable[[], Any]


def marked_before_it_is_brought() -> Any:
    """A notice is noted as told, and then it is told."""
    sent = Delivering._sent

    async def early(self: Delivering, group: list[Worded]) -> Any:
        await mark_delivered([one.told.id for one in group], group[0].way.platform)
        return await sent(self, group)

    return mock.patch.object(Delivering, "_sent", early)


def given_up_and_then_passed_on() -> Any:
    """What can't be brought is given up in one transaction, and passed on in another."""
    whole = workers.stuck.never_taken

    async def in_two(told: Any, why: str) -> None:
        async def given(_entry: int) -> bool:
            return True

        await give_up(told.id)
        with mock.patch.object(workers.stuck, "give_up", given):
            await whole(told, why)

    return mock.patch.object(workers.stuck, "never_taken", in_two)


def heard_before_it_is_carried_out() -> Any:
    """That a message was heard is kept before anything else of it is."""

    @asynccontextmanager
    async def apart(*identity: Any) -> AsyncIterator[HeardMessage]:
        async with hearing(*identity) as heard:
            pass
        async with by_itself():
            yield heard

    return mock.patch.object(service.answering, "hearing", apart)


def done_before_it_is_done() -> Any:
    """A timer is noted as done, and then what it asks for is done."""
    look_after = workers.problems.look_after

    async def early(timer: int, problem: int, due: datetime) -> None:
        await Timer.filter(id=timer).update(due_at=None)
        await look_after(timer, problem, due)

    async def done(timer: int, _due: datetime, again: datetime | None) -> None:
        await Timer.filter(id=timer).update(due_at=again, lease_until=None)

    patches = ExitStack()
    patches.enter_context(mock.patch.object(workers.firing, "look_after", early))
    patches.enter_context(mock.patch.object(workers.problems, "timer_done", done))
    return patches


# Each with a scenario in which it shows, and at how many points one dies there: at least at one
# between any two changes outside, as a fault may show at a single place.
PLANTED: dict[str, tuple[str, int, Plant]] = {
    "marked before it is brought": ("delivery", 10, marked_before_it_is_brought),
    "given up and then passed on": ("danger refused", 32, given_up_and_then_passed_on),
    "heard before it is carried out": ("claim", 10, heard_before_it_is_carried_out),
    "done before it is done": ("rung", 12, done_before_it_is_done),
}


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """Let it be there for a while; None: nothing is."""
    if name is None:
        yield
        return
    _scenario, _most, plant = PLANTED[name]
    with plant():
        yield
