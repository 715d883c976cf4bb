"""Proves that all that is to come has its timer, and finds what is due and isn't being done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from tortoise.connection import get_connection
from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from domain.clock import Instants, instants, real_now
from domain.house import house
from domain.models import Account, Outage, OutboxEntry, Problem, Timer
from domain.notices.running import PartOfIt, PartStopped
from domain.outages import goes_on
from domain.queries.problem_times import times_of
from domain.rules.problem_states import ENDED
from domain.rules.rungs import next_step
from domain.timing import LONG_SECONDS, PROBLEM, WATCH, problem_key

# Whoever took something has three leases to do it or to lose it again (seconds).
ALONE_SECONDS = 90
# What is neither done nor told so long after it was due is a standstill, of which a human hears
# (seconds).
STILL_SECONDS = 240
# The watch goes round each minute; when it hasn't for that long, it has stopped (seconds).
SILENT_SECONDS = 180
# Clocks that are further apart disagree about what is due and which signature counts (seconds).
SKEW_SECONDS = 5
# Who was told that something stands still isn't told again by each answer (real time).
_TOLD = timedelta(hours=1)


async def without_timer(limit: int) -> list[int]:
    """Open problems that nothing would ever be done about, the first numbers first."""
    ended = ", ".join(f"'{state}'" for state in sorted(ENDED))
    # By the key, which has an index: both databases look through each table once.
    said = (
        "SELECT p.id AS id FROM problem p LEFT JOIN timer t "  # noqa: S608  our own words
        f"ON t.key = '{PROBLEM}:' || p.id WHERE p.state NOT IN ({ended}) AND t.id IS NULL "
        f"ORDER BY p.id LIMIT {int(limit)}"
    )
    rows = await get_connection("default").execute_query_dict(said)
    return [int(row["id"]) for row in rows]


@dataclass(frozen=True)
class Part:
    """Some open problems that were looked at: up to which number, and whose timer is wrong.

    `last` is None when there are none beyond it.
    """

    last: int | None
    wrong: tuple[int, ...] = ()


async def wrongly_timed(after: int, limit: int) -> Part:
    """Of the next open problems, those whose timer lets a reminder pass that the rules ask for."""
    some = Problem.filter(id__gt=after).exclude(state__in=sorted(ENDED))
    ids = [row.id for row in await some.order_by("id").limit(limit).only("id")]
    if not ids:
        return Part(None)
    wrong = await _too_late(ids)
    # Between reading its timer and reading what happened somebody may have moved it.
    return Part(ids[-1], tuple(await _too_late(wrong)) if wrong else ())


async def _too_late(numbers: Collection[int]) -> list[int]:
    keys = [problem_key(number) for number in numbers]
    timers = {row.subject: row.due_at for row in await Timer.filter(key__in=keys)}
    rows = await Problem.filter(id__in=list(numbers)).order_by("id")
    times, plan, moment = await times_of(rows), house().plan, (await instants()).school
    wrong = []
    for row in rows:
        planned = timers.get(row.id)
        # One that is due already is looked at anyhow.
        if planned is not None and planned <= moment:
            continue
        step = next_step(times[row.id], plan, moment)
        if step is not None and (planned is None or planned > step.at):
            wrong.append(row.id)
    return wrong


async def duties_planned(names: Iterable[str]) -> dict[str, datetime | None]:
    """When each of these duties is next done; None, or missing, for one that never would be."""
    keys = [f"duty:{name}" for name in names]
    return {row.duty: row.due_at for row in await Timer.filter(key__in=keys)}


# --- the watch itself ---------------------------------------------------------------------


@dataclass(frozen=True)
class Watch:
    """Where the watch over the problems goes on, and how long ago it was last through (seconds).

    Real time: a clock that was moved says nothing of it. None as long as it never was.
    """

    cursor: int
    ago: float | None
    at: datetime | None = None


async def last_watch() -> Watch:
    """What the watch wrote down of itself."""
    row, moment = await Timer.get_or_none(key=WATCH), await instants()
    if row is None or row.lease_until is None:
        return Watch(0, None)
    ago = (moment.real - row.lease_until).total_seconds()
    return Watch(row.subject or 0, ago, moment.school - timedelta(seconds=ago))


# --- what stands still --------------------------------------------------------------------


@dataclass(frozen=True)
class Still:
    """Things that are due and aren't done: how many, and since when the oldest.

    `first` is the row of the oldest, by which one standstill is told from the next.
    """

    count: int
    since: datetime
    first: int


async def timers_alone() -> Still | None:
    """Timers that are due and that nobody took up for several leases: no relay works."""
    moment = await instants()
    freed = moment.real - timedelta(seconds=ALONE_SECONDS)
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=freed)
    return await _timers(_overdue(moment, ALONE_SECONDS).filter(free))


async def timers_still() -> Still | None:
    """Timers that are long due, though somebody may be at them: what they ask for isn't done.

    What takes long, and is being done, isn't among them before its limit.
    """
    moment, late = await instants(), Q()
    for duty, seconds in LONG_SECONDS.items():
        # A lease may be empty, so nothing here is put as what it is not.
        alone = Q(lease_until__isnull=True) | Q(lease_until__lte=moment.real)
        over = Q(due_at__lt=moment.school - timedelta(seconds=seconds))
        late &= ~Q(duty=duty) | alone | over
    return await _timers(_overdue(moment, STILL_SECONDS).filter(late))


def _overdue(moment: Instants, seconds: int) -> QuerySet[Timer]:
    return Timer.filter(due_at__lt=moment.school - timedelta(seconds=seconds))


async def _timers(which: QuerySet[Timer]) -> Still | None:
    oldest = await which.order_by("due_at", "id").first()
    if oldest is None or oldest.due_at is None:
        return None
    return Still(await which.count(), oldest.due_at, oldest.id)


async def notices_alone() -> Still | None:
    """Notices that are due and that nobody took up for several leases."""
    moment = await instants()
    freed = moment.real - timedelta(seconds=ALONE_SECONDS)
    return await _notices(
        _unsaid(moment, ALONE_SECONDS).filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=freed),
            Q(not_before__isnull=True) | Q(not_before__lt=freed),
        )
    )


async def notices_still() -> Still | None:
    """Notices that are long due and reach nobody, and of which no human was told.

    Who has no account waits for one, which is no standstill: the roster's check names them. What
    was tried and not taken is one only while the platform takes nothing from anybody.
    """
    moment = await instants()
    reachable = Q(chat__isnull=False) | Q(person_id__in=Subquery(Account.all().values("person_id")))
    late = _unsaid(moment, STILL_SECONDS).filter(reachable, alarmed_at__isnull=True)
    if not await _platform_takes_nothing(late, moment):
        late = late.filter(not_before__isnull=True)
    return await _notices(late)


async def _platform_takes_nothing(late: QuerySet[OutboxEntry], moment: Instants) -> bool:
    """Whether an outage goes on, and more than one reader meets it: one alone may be the cause."""
    tried = late.filter(not_before__isnull=False).distinct()
    readers = await tried.limit(2).values_list("person_id", "chat")
    if len(readers) < 2:
        return False
    return any([await goes_on(row, moment) for row in await Outage.all()])


def _unsaid(moment: Instants, seconds: int) -> QuerySet[OutboxEntry]:
    since = moment.school - timedelta(seconds=seconds)
    return OutboxEntry.filter(done_at__isnull=True, parked_at__isnull=True, available_at__lt=since)


async def _notices(which: QuerySet[OutboxEntry]) -> Still | None:
    oldest = await which.order_by("available_at", "id").first()
    if oldest is None:
        return None
    return Still(await which.count(), oldest.available_at, oldest.id)


async def clocks_apart() -> float:
    """Seconds between this machine's clock and the database's; SQLite's is this machine's."""
    return abs(((await instants()).real - real_now()).total_seconds())


async def what_stopped() -> tuple[PartStopped, ...]:
    """The parts that stand still; nothing is said of them before the watch has gone round once."""
    watch = await last_watch()
    if watch.ago is None:
        return ()
    found = [("timers", await timers_still()), ("notices", await notices_still())]
    silent = watch.ago > SILENT_SECONDS
    return (
        *((PartStopped(part="watch", since=watch.at),) if silent else ()),
        *(
            PartStopped(part=cast("PartOfIt", part), since=still.since, count=still.count)
            for part, still in found
            if still is not None
        ),
    )


async def told_lately(person: int) -> bool:
    """Whether they heard within the hour that something stands still."""
    since = (await instants()).real - _TOLD
    told = OutboxEntry.filter(notice=PartStopped.__name__, person_id=person, done_at__gt=since)
    return await told.exists()


async def parked_count() -> int:
    """How many notices were laid aside for a human to look at."""
    return await OutboxEntry.filter(done_at__isnull=True, parked_at__isnull=False).count()
