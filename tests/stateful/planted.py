"""Faults that are planted on purpose: what the machine must find, or it would find nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

import domain.actions.moving
import domain.chaining
import domain.queries.rungs
import service.answering
import workers.delivery
from chat.inbound import Inbound
from domain.actions.outbox import mark_delivered
from domain.notices.base import Notice
from domain.queries.people import holders_of
from domain.queries.seen import seen_by
from domain.records import today
from domain.rules.moves import into
from domain.rules.problem_states import State
from domain.rules.rungs import reached
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
    "a group reads what the head may": Planted(
        "a group reads",
        lambda: mock.patch.object(service.answering, "seen_by", _as_the_head),
    ),
    "what is told is noted before it is sent": Planted(
        "letters, ", lambda: mock.patch.object(Delivering, "_sent", _marked_first)
    ),
}
