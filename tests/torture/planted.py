"""Faults that are planted in every process of the school, each to be seen by what plays next to it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import domain.actions.outbox
import domain.actions.timers
import domain.clock
import service.answering
import workers.delivery
import workers.pacing
import workers.relay
import workers.stuck
from chat.inbound import Inbound
from domain.actions.outbox import give_up, mark_delivered
from domain.clock import Instants, instants
from domain.queries.standing import keys_of
from workers.delivery import Delivering, Worded


@dataclass(frozen=True)
class Planted:
    """The fault that must not be survived with it, and how it is planted in a process of its own."""

    by: str
    plant: Callable[[], None]


def _marked_first() -> None:
    sent = Delivering._sent

    async def early(self: Delivering, group: list[Worded]) -> Any:
        await mark_delivered([one.told.id for one in group], group[0].way.platform)
        return await sent(self, group)

    vars(workers.delivery)["Delivering"]._sent = early


def _lease_without_end() -> None:
    domain.actions.outbox.LEASE_SECONDS = domain.actions.timers.LEASE_SECONDS = 100_000


def _by_messages_alone() -> None:
    workers.relay.SWEEP_SECONDS = 100_000.0


def _not_looked_again() -> None:
    async def all_of_it(told: Any) -> tuple[str, ...]:
        return keys_of(told)

    vars(workers.delivery)["still_standing"] = all_of_it


def _at_once_again() -> None:
    async def shut(*_: Any) -> None:
        """It isn't heeded."""

    for pacer in (workers.pacing.Pacer, workers.pacing.SharedPacer):
        vars(workers.pacing)[pacer.__name__].shut = shut
    not_taken = workers.stuck.not_taken

    async def soon(told: Any, why: str, _wait: float | None) -> None:
        await not_taken(told, why, None)

    vars(workers.stuck)["not_taken"] = soon


def _own_clock() -> None:
    ahead = timedelta(seconds=float(os.environ.get("CLOCK_AHEAD", "0")))

    async def by_this_machine() -> Instants:
        found = await instants()
        return replace(found, real=found.real + ahead, school=found.school + ahead)

    for module in (domain.actions.outbox, domain.actions.timers):
        vars(module)["instants"] = by_this_machine


def _always_new() -> None:
    numbers = itertools.count()

    def identity(inbound: Inbound) -> tuple[str, str, str, str]:
        key = f"{inbound.key}-{os.getpid()}-{next(numbers)}"
        return inbound.platform, key, inbound.account, inbound.conversation

    vars(service.answering)["_identity"] = identity


def _tried_for_ever() -> None:
    workers.stuck.MOST_TRIES = 1_000


def _given_up() -> None:
    async def never_taken(told: Any, _why: str) -> None:
        await give_up(told.id)

    vars(workers.stuck)["never_taken"] = never_taken


PLANTED = {
    "noted as told before it is sent": Planted("F3", _marked_first),
    "leases that never end": Planted("F3", _lease_without_end),
    "nobody looks unless a message says so": Planted("F15", _by_messages_alone),
    "nobody looks again before it is sent": Planted("F33", _not_looked_again),
    "Retry-After isn't heeded": Planted("F19", _at_once_again),
    "each machine's own clock": Planted("F28", _own_clock),
    "a message is always a new one": Planted("F22", _always_new),
    "what can't be worded is tried for ever": Planted("F14", _tried_for_ever),
    "what is never taken is given up": Planted("F34", _given_up),
}
