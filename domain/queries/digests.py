"""What a week came to, for who answers for some units or for the whole school, in few questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import F, Q, Subquery
from tortoise.functions import Count as CountOf

from domain.house import house
from domain.models import Approval, Problem, ProblemEvent, ProblemNamed, Talk, Visit, Voice
from domain.notices.digests import Need, WeekCounts, WeeklyDigest, Why
from domain.notices.values import Count
from domain.queries.budget import months_so_far
from domain.queries.coverage import coverage_of_grades
from domain.queries.digest_readers import Reader
from domain.queries.digest_scope import DigestScope, scope_of
from domain.queries.lessons import accuracy
from domain.rules.calendar import school_day
from domain.rules.coverage import passes
from domain.rules.digests import digest_after, digest_until, week_of
from domain.rules.problem_states import OPEN, OWED
from domain.rules.satisfaction import SATISFACTIONS

# So many are named; how many there are is told beside.
_NAMED = 4
_VOICES = 3
_SATISFIED = ("satisfied", "mostly")
_SOLVED = ("solve", "bureau", "answer")
# These have their answer: what the bureau is asked, or what is set aside, has none.
_ANSWERED = ("solved", "answered", "closed")
_AT_WORK = ("claimed", "assigned")


async def digest_for(
    reader: Reader, since: datetime, until: datetime, *, so_far: bool = False
) -> WeeklyDigest:
    """All that a week comes to for that reader, counted and not yet worded.

    A constant number of questions, however many problems and visits there are.
    """
    scope, pace = await scope_of(reader, school_day(until)), house().plan.pace
    coming = digest_after(until, pace)
    owed = Problem.filter(scope.seen(), state__in=sorted(OWED))
    overdue, due = owed.filter(due_at__lt=until), owed.filter(due_at__gte=until, due_at__lt=coming)
    needs, needs_in_all = await _needs(reader, scope, until, coming)
    found = await accuracy(since) if reader.office else None
    before = digest_until(since - timedelta(seconds=1), pace)
    covered = await coverage_of_grades(reader.units, school_day(until), school_day(since))
    return WeeklyDigest(
        week=week_of(school_day(until)),
        since=since,
        until=until,
        units=tuple(sorted(reader.units)) if reader.units is not None else (),
        needs=needs,
        needs_in_all=needs_in_all,
        this=await _counts(scope, since, until),
        before=await _counts(scope, before, since),
        open=await Problem.filter(scope.seen(), state__in=sorted(OPEN)).count(),
        overdue=await _first(overdue),
        overdue_in_all=await overdue.count(),
        due_next=await _first(due),
        due_in_all=await due.count(),
        hidden=await Problem.filter(scope.hidden(), state__in=sorted(OPEN)).count(),
        coverage=tuple(one for one, _ in covered),
        seen_before=tuple(seen for _, seen in covered),
        talks=await _talks(reader, since, until),
        own_visits=await Visit.filter(
            _days(since, until), visitors__person_id=reader.person
        ).count(),
        own_talks=await Talk.filter(_days(since, until), speakers__person_id=reader.person).count(),
        voices=await _voices(scope, since, until),
        right=found.right if found else None,
        suggested=found.all if found else 0,
        months=await months_so_far(until) if reader.office else (),
        so_far=so_far,
    )


async def _first(which: Any) -> tuple[int, ...]:
    rows = await which.order_by("due_at", "id").limit(_NAMED).only("id")
    return tuple(row.id for row in rows)


# --- what waits for the reader ------------------------------------------------------------


async def _needs(
    reader: Reader, scope: DigestScope, until: datetime, coming: datetime
) -> tuple[tuple[Need, ...], int]:
    """What waits for the reader's own hand, the most pressing first, and how many there are.

    What they claimed outside of their units is theirs, too.
    """
    mine = Problem.filter(
        scope.tellable(), responsible_id__in=reader.hands, state__in=_AT_WORK, due_at__lt=coming
    )
    waits = Problem.filter(
        scope.claimable() & scope.tellable(), state="listed", responsible_id__isnull=True
    )
    asked = Approval.filter(
        scope.tellable("problem__"), asked_of_id__in=reader.hands, decided_at__isnull=True
    )
    claims = await _some(waits, "-red_flag", "due_at")
    found: list[tuple[int, Why]] = [
        *((row.id, "claim") for row in claims if row.red_flag),
        *((row.problem_id, "approve") for row in await asked.order_by("id").limit(_NAMED)),
        *((row.id, _late(row, until)) for row in await _some(mine, "due_at")),
        *((row.id, "claim") for row in claims if not row.red_flag),
    ]
    needs: dict[int, Need] = {}
    for problem, why in found:
        needs.setdefault(problem, Need(problem=problem, why=why))
    in_all = await asked.count() + await mine.count() + await waits.count()
    return tuple(needs.values())[:_NAMED], in_all - (len(found) - len(needs))


async def _some(which: Any, *order: str) -> list[Problem]:
    rows: list[Problem] = (
        await which.order_by(*order, "id").limit(_NAMED).only("id", "due_at", "red_flag")
    )
    return rows


def _late(row: Problem, until: datetime) -> Why:
    return "overdue" if row.due_at < until else "due"


# --- what happened ------------------------------------------------------------------------


async def _counts(scope: DigestScope, since: datetime, until: datetime) -> WeekCounts:
    events, told = await _events(scope, since, until), await _told(scope, since, until)
    heard = Problem.filter(scope.seen(), recorded_at__gte=since, recorded_at__lt=until)
    due = Problem.filter(
        scope.seen(), due_at__gte=since, due_at__lt=until, state__not_in=["withdrawn", "merged"]
    )
    answered = due.filter(state__in=_ANSWERED)
    # What was answered on the spot was never solved later.
    at_once = Q(solved_at__isnull=True, ended_at__lte=F("due_at"))
    return WeekCounts(
        new=await heard.exclude(state="withdrawn").count(),
        claimed=events.get("claim", 0) + events.get("assign", 0),
        solved=sum(events.get(kind, 0) for kind in _SOLVED),
        due=await due.count(),
        answered=await answered.count(),
        on_time=await answered.filter(Q(solved_at__lte=F("due_at")) | at_once).count(),
        told=sum(told.values()),
        satisfied=sum(told.get(word, 0) for word in _SATISFIED),
        repeated=events.get("reopen", 0),
    )


async def _events(scope: DigestScope, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many problems had a step of that kind."""
    kinds = ("claim", "assign", "reopen", *_SOLVED)
    rows = (
        await ProblemEvent.filter(
            scope.seen("problem__"), at__gte=since, at__lt=until, kind__in=kinds
        )
        .annotate(n=CountOf("problem_id", distinct=True))
        .group_by("kind")
        .values_list("kind", "n")
    )
    return {str(kind): int(str(n)) for kind, n in rows}


async def _told(scope: DigestScope, since: datetime, until: datetime) -> Mapping[str, int]:
    """What voices said to what was done."""
    rows = (
        await Voice.filter(
            answered_at__gte=since,
            answered_at__lt=until,
            problem_id__in=Subquery(Problem.filter(scope.seen()).values("id")),
            satisfaction__in=list(SATISFACTIONS),
        )
        .annotate(n=CountOf("id"))
        .group_by("satisfaction")
        .values_list("satisfaction", "n")
    )
    return {str(word): int(str(n)) for word, n in rows}


async def _talks(reader: Reader, since: datetime, until: datetime) -> int:
    """Talks of the week: of the reader's units, or of all."""
    where = Q() if reader.units is None else Q(unit_id__in=sorted(reader.units))
    return await Talk.filter(_days(since, until) & where).count()


def _days(since: datetime, until: datetime) -> Q:
    return Q(day__gt=school_day(since), day__lte=school_day(until), undone_at__isnull=True)


async def _voices(scope: DigestScope, since: datetime, until: datetime) -> tuple[int, ...]:
    """The newest words of ordinary problems that name none of us."""
    problems = Problem.filter(
        scope.seen(), red_flag=False, recorded_at__gte=since, recorded_at__lt=until
    )
    # A few more than are shown: some name somebody, and some can't be shown.
    ids = [row.id for row in await problems.order_by("-id").limit(20).only("id")]
    naming = ProblemNamed.filter(Q(confirmed=True) | Q(confirmed__isnull=True), problem_id__in=ids)
    named = {row.problem_id for row in await naming}
    voices = Voice.filter(problem_id__in=ids, undone_at__isnull=True)
    first: dict[int, int] = {}
    for voice in await voices.order_by("-id").only("id", "problem_id"):
        first[voice.problem_id or 0] = voice.id
    return tuple(first[one] for one in ids if one in first and one not in named)[:_VOICES]


# --- whether there is anything to tell ----------------------------------------------------


def says_nothing(digest: WeeklyDigest) -> bool:
    """Whether nothing is open, nothing happened and, in the campaign, no grade lacks anything."""
    plan, empty = house().plan, WeekCounts()
    happened = digest.this != empty or digest.talks or digest.own_visits or digest.own_talks
    if digest.open or digest.needs or digest.hidden or happened:
        return False
    return not plan.phases_on(school_day(digest.until)) or all(
        _reached(one.count) for one in digest.coverage
    )


def _reached(count: Count) -> bool:
    """Where no minimum is set, none is reached; where nobody is to be seen, nothing lacks."""
    return count.families == 0 or passes(count.visited, count.families, count.minimum)
