"""What a week came to, for who answers for some units or for the whole school, in few questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tortoise.expressions import F, Q
from tortoise.functions import Count as CountOf

from domain.house import house
from domain.models import (
    Approval,
    Problem,
    ProblemEvent,
    ProblemNamed,
    ProblemPrivy,
    Talk,
    Unit,
    Visit,
    Voice,
)
from domain.notices.digests import Need, WeekCounts, WeeklyDigest
from domain.notices.values import Covered
from domain.queries.coverage import coverage_of_school
from domain.queries.digest_readers import Reader
from domain.queries.lessons import accuracy
from domain.queries.people import holders_of
from domain.rules.calendar import school_day
from domain.rules.digests import digest_after, week_of
from domain.rules.problem_states import OPEN, OWED
from domain.rules.satisfaction import SATISFACTIONS

# So many are named; how many there are is told beside.
_NAMED = 6
_VOICES = 3
_SATISFIED = ("satisfied", "mostly")
_ANSWERED = ("solve", "bureau", "answer")
_WEEK = timedelta(days=7)


async def digest_for(
    reader: Reader, since: datetime, until: datetime, *, so_far: bool = False
) -> WeeklyDigest:
    """All that a week comes to for that reader, counted and not yet worded.

    A constant number of questions, however many problems and visits there are.
    """
    day = school_day(until)
    scope = await _scope(reader, day)
    coming = digest_after(until, house().plan.pace)
    overdue = Problem.filter(scope.seen(), state__in=sorted(OWED), due_at__lt=until)
    due = Problem.filter(scope.seen(), state__in=sorted(OWED), due_at__gte=until, due_at__lt=coming)
    needs = await _needs(reader, scope, until, coming)
    covered, before = await _coverage(reader, day, school_day(since))
    found = await accuracy(since) if reader.office else None
    return WeeklyDigest(
        week=week_of(day),
        since=since,
        until=until,
        units=tuple(sorted(reader.units)) if reader.units is not None else (),
        needs=tuple(needs[:_NAMED]),
        needs_in_all=len(needs),
        this=await _counts(scope, since, until),
        before=await _counts(scope, since - _WEEK, since),
        open=await Problem.filter(scope.seen(), state__in=sorted(OPEN)).count(),
        overdue=await _first(overdue),
        overdue_in_all=await overdue.count(),
        due_next=await _first(due),
        due_in_all=await due.count(),
        hidden=await Problem.filter(scope.hidden(), state__in=sorted(OPEN)).count(),
        coverage=covered,
        seen_before=before,
        talks=await _talks(reader, since, until),
        own_visits=await Visit.filter(_own(reader.person, since, until)).count(),
        own_talks=await Talk.filter(_spoke(reader.person, since, until)).count(),
        voices=await _voices(scope, since, until),
        right=found.right if found else None,
        suggested=found.all if found else 0,
        so_far=so_far,
    )


@dataclass(frozen=True)
class _Scope:
    """Which problems are in it: of these units (None: all), none that names the reader."""

    units: frozenset[int] | None
    categories: tuple[str, ...]
    barred: tuple[int, ...]
    known: tuple[int, ...]

    def seen(self, prefix: str = "") -> Q:
        """What may be named: no red flag of which the reader doesn't know."""
        plain = _q(prefix, red_flag=False) | _q(prefix, id__in=list(self.known))
        return self._of(prefix) & plain & ~_q(prefix, id__in=list(self.barred))

    def hidden(self) -> Q:
        """What is a number and nothing else: red flags that are others', for the whole school."""
        if self.units is not None:
            return Q(id__in=[])
        return Q(red_flag=True) & ~Q(id__in=[*self.known, *self.barred])

    def _of(self, prefix: str) -> Q:
        if self.units is None:
            return Q()
        return _q(prefix, unit_id__in=sorted(self.units)) | self.claimable(prefix)

    def claimable(self, prefix: str = "") -> Q:
        """What is with one of the departments, and didn't only arise in one of the grades."""
        sent = _q(prefix, department_id__in=sorted(self.units or ()))
        by_category = _q(prefix, department_id__isnull=True, category__in=list(self.categories))
        return sent | by_category


def _q(prefix: str, **which: Any) -> Q:
    """The same of a problem, or of what belongs to one."""
    named: dict[str, Any] = {f"{prefix}{name}": value for name, value in which.items()}
    return Q(**named)


async def _scope(reader: Reader, day: date) -> _Scope:
    unsaid = Q(confirmed=True) | Q(confirmed__isnull=True)
    named = ProblemNamed.filter(unsaid, person_id=reader.person)
    barred = {row.problem_id for row in await named}
    if reader.office:
        # Of what names the head the office knows the number alone.
        heads = await holders_of("head", day)
        about = await ProblemNamed.filter(unsaid, person_id__in=heads)
        barred |= {row.problem_id for row in about}
    privy = await ProblemPrivy.filter(person_id=reader.person)
    recorded = await Problem.filter(red_flag=True, recorded_by_id=reader.person).only("id")
    known = {row.problem_id for row in privy} | {row.id for row in recorded}
    departments = await Unit.filter(id__in=sorted(reader.units or ())).only("name")
    names = {unit.name for unit in departments}
    categories = [one.key for one in house().plan.categories if one.department in names]
    return _Scope(reader.units, tuple(categories), tuple(sorted(barred)), tuple(sorted(known)))


async def _first(which: Any) -> tuple[int, ...]:
    rows = await which.order_by("due_at", "id").limit(_NAMED).only("id")
    return tuple(row.id for row in rows)


async def _needs(reader: Reader, scope: _Scope, until: datetime, coming: datetime) -> list[Need]:
    """What waits for the reader's own hand, the most pressing first."""
    asked = await Approval.filter(asked_of_id=reader.person, decided_at__isnull=True).order_by("id")
    needs = [Need(problem=row.problem_id, why="approve") for row in asked]
    mine = Problem.filter(
        scope.seen(),
        responsible_id=reader.person,
        state__in=("claimed", "assigned"),
        due_at__lt=coming,
    )
    needs += [
        Need(problem=row.id, why="overdue" if row.due_at < until else "due")
        for row in await mine.order_by("due_at", "id").only("id", "due_at")
    ]
    if reader.units is not None:
        waits = Problem.filter(
            scope.claimable(), state="listed", red_flag=False, responsible_id__isnull=True
        )
        rows = await waits.order_by("started_on", "id").only("id")
        needs += [Need(problem=row.id, why="claim") for row in rows if row.id not in scope.barred]
    seen = dict[int, Need]()
    for one in needs:
        seen.setdefault(one.problem, one)
    return list(seen.values())


async def _counts(scope: _Scope, since: datetime, until: datetime) -> WeekCounts:
    events = await _events(scope, since, until)
    in_time = Problem.filter(
        scope.seen(), solved_at__gte=since, solved_at__lt=until, solved_at__lte=F("due_at")
    )
    told = await _told(scope, since, until)
    return WeekCounts(
        new=await Problem.filter(scope.seen(), recorded_at__gte=since, recorded_at__lt=until)
        .exclude(state="withdrawn")
        .count(),
        claimed=events.get("claim", 0) + events.get("assign", 0),
        solved=sum(events.get(kind, 0) for kind in _ANSWERED),
        on_time=await in_time.count() + events.get("answer", 0),
        told=sum(told.values()),
        satisfied=sum(told.get(word, 0) for word in _SATISFIED),
        repeated=events.get("reopen", 0),
    )


async def _events(scope: _Scope, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many problems had a step of that kind."""
    rows = (
        await ProblemEvent.filter(
            scope.seen("problem__"),
            at__gte=since,
            at__lt=until,
            kind__in=("claim", "assign", "reopen", *_ANSWERED),
        )
        .annotate(n=CountOf("problem_id", distinct=True))
        .group_by("kind")
        .values_list("kind", "n")
    )
    return {str(kind): int(str(n)) for kind, n in rows}


async def _told(scope: _Scope, since: datetime, until: datetime) -> Mapping[str, int]:
    """What voices said to what was done; those of a week are few enough to be looked at."""
    voices = Voice.filter(
        answered_at__gte=since, answered_at__lt=until, satisfaction__in=list(SATISFACTIONS)
    ).only("id", "problem_id", "satisfaction")
    rows = [(row.problem_id, str(row.satisfaction)) for row in await voices]
    ids = await _in_scope(scope, (number for number, _ in rows if number is not None))
    found: dict[str, int] = {}
    for number, word in rows:
        if number in ids:
            found[word] = found.get(word, 0) + 1
    return found


async def _in_scope(scope: _Scope, ids: Iterable[int]) -> set[int]:
    rows = await Problem.filter(scope.seen(), id__in=sorted(set(ids))).only("id")
    return {row.id for row in rows}


async def _coverage(
    reader: Reader, day: date, before: date
) -> tuple[tuple[Covered, ...], tuple[int, ...]]:
    """The grades in it, and how many families had been seen a week before."""
    _, parts = await coverage_of_school(day)
    _, earlier = await coverage_of_school(before)
    seen = {one.unit.unit: one.count.visited for one in earlier}
    mine = [one for one in parts if reader.units is None or one.unit.unit in reader.units]
    return tuple(mine), tuple(seen.get(one.unit.unit, 0) for one in mine)


async def _talks(reader: Reader, since: datetime, until: datetime) -> int:
    """Talks of the week: of the reader's units, or of all."""
    days = Q(day__gt=school_day(since), day__lte=school_day(until), undone_at__isnull=True)
    where = Q() if reader.units is None else Q(unit_id__in=sorted(reader.units))
    return await Talk.filter(days & where).count()


def _own(person: int, since: datetime, until: datetime) -> Q:
    days = Q(day__gt=school_day(since), day__lte=school_day(until))
    return days & Q(undone_at__isnull=True, visitors__person_id=person)


def _spoke(person: int, since: datetime, until: datetime) -> Q:
    days = Q(day__gt=school_day(since), day__lte=school_day(until))
    return days & Q(undone_at__isnull=True, speakers__person_id=person)


async def _voices(scope: _Scope, since: datetime, until: datetime) -> tuple[int, ...]:
    """The newest words of ordinary problems that name none of us."""
    named = {row.problem_id for row in await ProblemNamed.filter(confirmed=True)}
    problems = Problem.filter(
        scope.seen(), red_flag=False, recorded_at__gte=since, recorded_at__lt=until
    )
    rows = await problems.order_by("-id").limit(20).only("id")
    ids = [row.id for row in rows if row.id not in named][:_VOICES]
    voices = await Voice.filter(problem_id__in=ids, undone_at__isnull=True).order_by("-id")
    first: dict[int, int] = {}
    for voice in voices:
        first[voice.problem_id or 0] = voice.id
    return tuple(sorted(first.values()))
