"""Twelve faults that services of this kind have had, each planted to show that it is found."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import chat.dingtalk.inbound
import domain.actions.outbox
import domain.actions.timers
import domain.clock
import service.answering
import workers.delivery
import workers.firing
import workers.stuck
from domain.actions.outbox import mark_delivered
from domain.clock import Instants, instants
from domain.errors import AlreadyHeard
from domain.models import Heard, OutboxEntry, Timer
from domain.queries.standing import keys_of
from domain.rules import calendar
from tests.fixtures.planting import everywhere
from tests.sim.inline import machine
from tests.sim.world import World
from workers.delivery import Delivering, Worded

# For so long Redis keeps what it has seen, where it is the only one that does (seconds).
_SEEN = 300.0


@dataclass(frozen=True)
class Plant:
    """`within` lets it be there in a world; `records` changes its database before that."""

    within: Callable[[World], Any]
    records: Callable[[Path], None] = lambda _file: None


# --- leases ---------------------------------------------------------------------------------


def _own_clock(_world: World) -> Any:
    """A lease ends when the machine of whoever looks says so."""

    async def by_this_machine() -> Instants:
        return replace(await instants(), real=machine.get().clock())

    return _all(
        patch.object(domain.actions.outbox, "instants", by_this_machine),
        patch.object(domain.actions.timers, "instants", by_this_machine),
    )


def _never_renewed(_world: World) -> Any:
    """Whoever is at it at last has what is left of the time in which it was waiting its turn."""

    async def begun(entry: int) -> bool:
        return await OutboxEntry.exists(id=entry, done_at=None)

    async def held(_timer: int, _attempts: int) -> None:
        """Nothing is held."""

    return _all(
        patch.object(workers.delivery, "begin", begun),
        patch.object(workers.firing, "hold_timer", held),
    )


def _two_days(_world: World) -> Any:
    """What is late by more than two days isn't looked for."""
    entries, timers = domain.actions.outbox._due, domain.actions.timers._due

    def late(moment: Instants) -> datetime:
        return moment.school - timedelta(days=2)

    return _all(
        patch.object(
            domain.actions.outbox, "_due", lambda at: entries(at).filter(available_at__gte=late(at))
        ),
        patch.object(
            domain.actions.timers, "_due", lambda at: timers(at).filter(due_at__gte=late(at))
        ),
    )


# --- sending --------------------------------------------------------------------------------


def _marked_first(_world: World) -> Any:
    """A notice is noted as told, and then it is told."""
    sent = Delivering._sent

    async def early(self: Delivering, group: list[Worded]) -> Any:
        await mark_delivered([one.told.id for one in group], group[0].way.platform)
        return await sent(self, group)

    return patch.object(Delivering, "_sent", early)


def _not_looked_again(_world: World) -> Any:
    """What was to be told is told, whatever has been done about it since."""

    async def all_of_it(told: Any) -> tuple[str, ...]:
        return keys_of(told)

    return patch.object(workers.delivery, "still_standing", all_of_it)


def _ever_longer(_world: World) -> Any:
    """Each wait is twice the one before, and there is no longest."""
    return patch.object(workers.stuck, "later", lambda attempts: 5.0 * 2.0**attempts)


# --- hearing --------------------------------------------------------------------------------


def _without_key(file: Path) -> None:
    """A message may be heard twice, as far as the database is concerned."""
    with closing(sqlite3.connect(file, isolation_level=None)) as rows:
        (made,) = rows.execute("SELECT sql FROM sqlite_master WHERE name = 'heard'").fetchone()
        bare = re.sub(r',\s*CONSTRAINT "[^"]*" UNIQUE \([^)]*\)', "", made)
        assert bare != made
        rows.executescript(
            f"""PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF; BEGIN;
            ALTER TABLE heard RENAME TO keyed; {bare};
            INSERT INTO heard SELECT * FROM keyed; DROP TABLE keyed; COMMIT;"""  # noqa: S608  the database's own words
        )


def _looks_first(_world: World) -> Any:
    """Whether a message was heard is looked up, and no key of the database's says it too."""
    heard = service.answering.hearing

    @asynccontextmanager
    async def hearing(platform: str, key: str, *rest: Any) -> AsyncIterator[Any]:
        if await Heard.exists(platform=platform, message_key=key):
            raise AlreadyHeard
        async with heard(platform, key, *rest) as row:
            yield row

    return patch.object(service.answering, "hearing", hearing)


def _in_redis(world: World) -> Any:
    """What was heard is known to Redis alone, which forgets it after some minutes."""
    heard, seen = service.answering.hearing, dict[tuple[str, str], datetime]()

    @asynccontextmanager
    async def hearing(platform: str, key: str, *rest: Any) -> AsyncIterator[Any]:
        known = seen.get((platform, key))
        if known is not None and world.now() < known:
            raise AlreadyHeard
        seen[platform, key] = world.now() + timedelta(seconds=_SEEN)
        async with heard(platform, key, *rest) as row:
            yield row

    return patch.object(service.answering, "hearing", hearing)


def _by_number_alone(_world: World) -> Any:
    """Two robots' messages are one if they bear one number."""
    return patch.object(chat.dingtalk.inbound, "_key", lambda said: str(said["msgId"]))


# --- days -----------------------------------------------------------------------------------


def _utc_day(_world: World) -> Any:
    """It is the day that it is in Greenwich."""

    async def today() -> date:
        return (await domain.clock.now()).date()

    return _all(
        everywhere(calendar.school_day, lambda instant: instant.astimezone(UTC).date()),
        everywhere(domain.clock.today, today),
    )


def _no_order_no_rung(_world: World) -> Any:
    """Where the year's holidays aren't known the day is skipped."""
    look_after = workers.firing.look_after

    async def skipping(timer: int, problem: int, due: datetime) -> None:
        if calendar.covered(due.year):
            await look_after(timer, problem, due)
            return
        again = due + timedelta(days=1)
        await Timer.filter(id=timer).update(due_at=again, lease_until=None)

    return patch.object(workers.firing, "look_after", skipping)


# --- faults ---------------------------------------------------------------------------------


def _swallowed(_world: World) -> Any:
    """What fails is noted, and passes for done."""

    async def done(timer: int, _attempts: int) -> None:
        await Timer.filter(id=timer).update(due_at=None, lease_until=None)

    return patch.object(workers.firing, "timer_failed", done)


PLANTED: dict[str, Plant] = {
    "leases by each machine's own clock": Plant(_own_clock),
    "marked before it is sent": Plant(_marked_first),
    "what was heard is known to Redis alone": Plant(_in_redis, _without_key),
    "not looked at again before it is sent": Plant(_not_looked_again),
    "no unique key": Plant(_looks_first, _without_key),
    "waits that double without end": Plant(_ever_longer),
    "today by UTC": Plant(_utc_day),
    "skipped where the holidays aren't known": Plant(_no_order_no_rung),
    "leases that are never renewed": Plant(_never_renewed),
    "only two days looked back": Plant(_two_days),
    "a fault passes for done": Plant(_swallowed),
    "a message's number without its robot": Plant(_by_number_alone),
}


def _all(*patches: Any) -> ExitStack:
    """All of them at once."""
    within = ExitStack()
    for one in patches:
        within.enter_context(one)
    return within
