"""Lists of problems as one person may see them, found by the database and not one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tortoise.expressions import Q, Subquery

from domain.house import house
from domain.models import Approval, Problem, ProblemNamed, ProblemPrivy
from domain.queries.people import holders_of
from domain.queries.units import all_units, unit_of_grade
from domain.records import now, today
from domain.rules.policy import READING, Scope, Standing
from domain.rules.problem_lists import STAGES, Wanted


@dataclass(frozen=True)
class Page:
    """A page of a list, the most urgent first; `total` of all pages.

    `hidden` would be in it, and the reader may know no more of them than that: red flags and, for
    the office, what names the head.
    """

    problems: tuple[int, ...]
    total: int
    hidden: int


async def problem_page(
    standing: Standing, wanted: Wanted, today: date, *, skip: int = 0, most: int
) -> Page:
    """The problems that are wanted and that the person may know of."""
    asked = _fits(wanted, today, await now()) & await _where(wanted)
    if wanted.mine:
        asked &= await _mine(standing.person)
    rows = Problem.filter(asked & await visible_to(standing))
    total = await rows.count()
    # What is over is looked for by when it ended, what isn't by when it is due.
    order = ("-ended_at", "-id") if wanted.stage == "closed" else ("due_at", "id")
    found = await rows.order_by(*order).offset(skip).limit(most).only("id")
    hidden = 0 if wanted.mine else await _hidden(standing, asked)
    return Page(tuple(row.id for row in found), total, hidden)


def _fits(wanted: Wanted, today: date, moment: datetime) -> Q:
    fits = Q(state__in=sorted(STAGES[wanted.stage]))
    if wanted.stage == "overdue":
        fits &= Q(due_at__lt=moment)
    if wanted.stage == "supervised":
        fits &= Q(supervised_at__isnull=False)
    if wanted.stage == "unclassified":
        fits &= Q(category__isnull=True)
    if wanted.category is not None:
        fits &= Q(category=wanted.category)
    if wanted.person is not None:
        fits &= Q(responsible_id=wanted.person) | Q(handed_to_id=wanted.person)
    if wanted.older_than is not None:
        fits &= Q(started_on__lt=today - timedelta(days=wanted.older_than))
    return fits


async def _where(wanted: Wanted) -> Q:
    if wanted.school_class is not None:
        return Q(school_class_id=wanted.school_class)
    return Q() if wanted.unit is None else await _of_units({wanted.unit})


async def _of_units(units: set[int]) -> Q:
    """Those that arose there, or for which one of these departments answers."""
    found = [one for one in await all_units() if one.id in units]
    if any(unit.kind == "school" for unit in found):
        return Q()
    names = {unit.name for unit in found}
    categories = [one.key for one in house().plan.categories if one.department in names]
    by_category = Q(category__in=categories, department_id__isnull=True) if categories else Q(id=0)
    return Q(unit_id__in=units) | Q(department_id__in=units) | by_category


async def _mine(person: int) -> Q:
    """What one recorded, answers for, works on, or is asked to agree to."""
    asked = Approval.filter(asked_of_id=person, decided_at__isnull=True)
    return _own(person) | Q(id__in=Subquery(asked.values("problem_id")))


def _own(person: int) -> Q:
    return Q(recorded_by_id=person) | Q(responsible_id=person) | Q(handed_to_id=person)


async def visible_to(standing: Standing) -> Q:
    """What `rules/problem_sight.sees` says of one problem, as a condition over all."""
    person = standing.person
    privy = Q(id__in=Subquery(ProblemPrivy.filter(person_id=person).values("problem_id")))
    concerned = await _mine(person) | privy
    reached = await _reached(standing) & Q(red_flag=False)
    return (concerned | reached) & ~_naming(person)


def _naming(*people: int) -> Q:
    """Those whose words name one of them, and nobody has said that it is a namesake."""
    sure = Q(confirmed=True) | Q(confirmed__isnull=True)
    named = ProblemNamed.filter(sure, person_id__in=people)
    return Q(id__in=Subquery(named.values("problem_id")))


async def _reached(standing: Standing) -> Q:
    """What the person's seats reach, as far as they may know of what lies there."""
    if "office" not in standing.roles:
        return await _within(standing)
    # Of what names the head the office knows the number only.
    seats = tuple(seat for seat in standing.seats if seat.role != "office")
    otherwise = await _within(replace(standing, seats=seats))
    return otherwise | ~_naming(*await holders_of("head", await today()))


async def _within(standing: Standing) -> Q:
    """Whatever lies within reach of the person's seats."""
    units: set[int] = set()
    for seat in standing.seats:
        scope = READING["problem"][seat.role]
        if scope is Scope.SCHOOL or (seat.root and scope > Scope.OWN):
            return Q()
        if scope > Scope.OWN and seat.school_class is None:
            grade = await unit_of_grade(seat.grade)
            units |= {one for one in (seat.unit, grade.id if grade else None) if one is not None}
    return await _of_units(units) if units else Q(id=0)


async def _hidden(standing: Standing, asked: Q) -> int:
    """Those within reach of which the person may know nothing but that they are there.

    Whom one names isn't even counted for him.
    """
    visible = Problem.filter(await visible_to(standing))
    # By their ids: where nobody answers for it, "not mine" would be neither true nor false.
    known = Q(id__in=Subquery(visible.values("id")))
    within = await _within(standing)
    return await Problem.filter(asked & within & ~known & ~_naming(standing.person)).count()
