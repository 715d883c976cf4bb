"""Faults that are planted on purpose: what the machine must find, or it would find nothing."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from unittest import mock

import domain.actions.moving
import domain.chaining
import domain.queries.rungs
import domain.rules.rungs
import service.answering
import workers.delivery
from chat.inbound import Inbound
from domain.actions.merging import merge, split
from domain.actions.outbox import mark_delivered
from domain.chaining import event_digest
from domain.models import ChainHead, Merge, ProblemEvent, Voice
from domain.notices.base import Notice
from domain.queries.people import holders_of
from domain.queries.seen import seen_by
from domain.queries.standing import keys_of
from domain.records import now, today
from domain.rules.moves import into
from domain.rules.plan_clock import Rung
from domain.rules.problem_sight import sees
from domain.rules.problem_states import State
from domain.rules.rungs import reached
from tests.fixtures.planting import everywhere
from workers.delivery import Delivering, Worded


@dataclass(frozen=True)
class Planted:
    """A fault: what is said of the promise that it breaks, how it is planted, whether found soon."""

    breaks: str
    plant: Callable[[], AbstractContextManager[Any]]
    soon: bool = True


_numbers = itertools.count()


def _as_new(inbound: Inbound) -> tuple[str, str, str, str]:
    key = f"{inbound.key}-{next(_numbers)}"
    return inbound.platform, key, inbound.account, inbound.conversation


def _into(state: State, name: Any, wanted: State | None = None) -> State:
    return "claimed" if name == "claim" else into(state, name, wanted)


async def _nothing(*_: Any) -> None:
    return None


def _lowest(*asked: Any) -> Any:
    found = reached(*asked)
    if found is None or not found.instead_of:
        return found
    return replace(found, rung=found.instead_of[0], instead_of=found.instead_of[1:])


async def _as_the_head(notice: Notice, reader: int | None, **more: Any) -> Any:
    head, *_ = await holders_of("head", await today())
    return await seen_by(notice, reader or head, **more)


_SENT = Delivering._sent


async def _marked_first(self: Delivering, group: list[Worded]) -> Any:
    await mark_delivered([one.told.id for one in group], group[0].way.platform, None)
    return await _SENT(self, group)


async def _all_of_it(told: Any) -> tuple[str, ...]:
    return keys_of(told)


def _without_the_news(rungs: tuple[Rung, ...], since: datetime, view: Any) -> tuple[Rung, ...]:
    """As if no rung but those that count from when it is due had ever fired."""
    return _LEFT(rungs, since, view) if rungs and rungs[0].ladder == "due" else rungs


_LEFT = domain.rules.rungs._left


_MERGE, _SPLIT = merge, split


async def _merged_and_silenced(number: int, *said: Any) -> Any:
    told = await _MERGE(number, *said)
    await Voice.filter(problem_id=number).update(undone_at=await now())
    return told


async def _still_merged(number: int, by: int) -> Any:
    told = await _SPLIT(number, by)
    await Merge.filter(problem_id=number).update(undone_at=None)
    return told


_CHAIN = domain.chaining._chain


def _by_number_alone(event: ProblemEvent) -> str:
    return hashlib.sha256(f"{event.number} {event.previous}".encode()).hexdigest()


async def _another_past() -> None:
    """Whoever has the whole database writes who did the first thing anew, and the chain after it."""
    await _CHAIN()
    events, before = await ProblemEvent.all().order_by("number"), ""
    for event in events:
        if event.number == 1:
            event.details = {**event.details, "changed": len(events)}
        event.previous, event.digest = before, None
        event.digest = before = event_digest(event)
        await event.save()
    await ChainHead.all().update(digest=before)


def _everybody_sees() -> AbstractContextManager[Any]:
    """Whoever knows the number of a problem may know of it."""
    return everywhere(sees, lambda *_: True)


def _two_may_claim() -> AbstractContextManager[Any]:
    return mock.patch.multiple(domain.actions.moving, allowed=lambda *_: True, into=_into)


PLANTED = {
    "a message that comes again is taken for a new one": Planted(
        "heard that nobody said|repeat",
        lambda: mock.patch.object(service.answering, "_identity", _as_new),
    ),
    "who claims second takes it from the first": Planted("both took|claim from", _two_may_claim),
    "what happened to a problem sets no timer": Planted(
        "nothing looks after it",
        lambda: mock.patch.object(domain.chaining, "look_at_problems", _nothing),
    ),
    "what is late comes at any hour": Planted(
        "in the night|day of rest",
        lambda: mock.patch.object(workers.delivery, "rests", return_value=False),
        soon=False,
    ),
    "the lowest rung fires, and not the highest": Planted(
        "was reached|after a higher",
        lambda: mock.patch.object(domain.queries.rungs, "reached", _lowest),
        soon=False,
    ),
    "a rung fires each morning anew": Planted(
        "fired again",
        lambda: mock.patch.object(domain.rules.rungs, "_left", _without_the_news),
        soon=False,
    ),
    "what has ended is told of all the same": Planted(
        "was told, and it is",
        lambda: mock.patch.object(workers.delivery, "still_standing", _all_of_it),
    ),
    "merging silences what is merged": Planted(
        "is silenced",
        lambda: everywhere(merge, _merged_and_silenced),
        soon=False,
    ),
    "what is taken apart stays merged": Planted(
        "aren't the same",
        lambda: everywhere(split, _still_merged),
        soon=False,
    ),
    "what an event says isn't in the chain": Planted(
        "the chain is changed",
        lambda: mock.patch.object(domain.chaining, "event_digest", _by_number_alone),
    ),
    "the past is written anew, and its chain": Planted(
        "the chain is other_past",
        lambda: mock.patch.object(domain.chaining, "_chain", _another_past),
    ),
    "whoever knows its number may know of a problem": Planted(
        " reads ",
        _everybody_sees,
        soon=False,
    ),
    "a group reads what the head may": Planted(
        "a group reads",
        lambda: mock.patch.object(service.answering, "seen_by", _as_the_head),
    ),
    "what is told is noted before it is sent": Planted(
        "letters, ", lambda: mock.patch.object(Delivering, "_sent", _marked_first)
    ),
}
