"""Fills an empty database with a small school, so that there is something to look at and to try.

The invented school: its teachers, families and children, and all that they say, are made up; a
likeness to anyone is chance. Only the leaders and the two groups are the plan's, and come from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from commands.first_looks import looked_at, what_is_known
from commands.parsing.classes import ClassSaid
from domain.actions.school import (
    ChildListed,
    FamilyListed,
    add_class,
    add_family,
    add_person,
    add_seat,
    load_plan_roster,
    person_named,
)
from domain.actions.visits import VisitMade, record_visit
from domain.chaining import chained
from domain.house import SCHOOL_TIME, house
from domain.queries.units import all_units
from domain.records import savepoint, set_now
from domain.rules.classes import class_of_grade
from service.console.everybody import let_everybody_in
from service.demo.passing import pass_until
from service.demo.reading import SchoolRead, VisitListed, plan_names, read_school
from service.demo.story import Line, play, read_story
from service.lists.families import FamilyRead
from service.lists.people import PersonListed
from workers.schedule import plan_duties

_INVENTED = Path(__file__).parent
# The hours in which a day's visits are written down.
_FROM, _UNTIL = time(10), time(20)

Classes = Mapping[ClassSaid, int]


@dataclass(frozen=True)
class ChildFiled:
    """A child as it was written down."""

    student: int
    family: int
    school_class: int


async def fill_school(start: datetime, folder: Path | None = None) -> bool:
    """Fill an empty database with the invented school, or that of a folder; whether it did.

    The school's clock stands at `start` afterwards. Raises ListFault, with nothing written,
    when a list can't be used. A database that holds a school is left alone, its clock included.
    """
    plan = house().plan
    today = start.astimezone(SCHOOL_TIME).date()
    # Another school's plan hasn't the leaders and units of the invented one: it does without.
    school = read_school(folder or _INVENTED, plan, today, strict=folder is not None)
    # The invented lists are of the campaign's first school year; one's own are of today.
    listed_on = today if folder else plan.campaign_start
    async with savepoint(), chained():
        if not await load_plan_roster():
            return False
        classes = {
            one: await add_class(one.grade, one.number or 0, listed_on) for one in school.classes
        }
        people = await _people(school.people, classes, min(today, plan.campaign_start))
        await let_everybody_in()
        families = [await _family(family, classes, listed_on) for family in school.families]
        story = () if folder else read_story(_INVENTED / "story.csv")
        await _days(school, people, families, [one for one in story if one.at < start], start)
        await pass_until(start)
    return True


# --- people and rooms ---------------------------------------------------------------------


async def _people(listed: Iterable[PersonListed], classes: Classes, since: date) -> dict[str, int]:
    """Everybody by name; of two who share one the last, whom no visit may name."""
    annexed = {name: await person_named(name) for name in plan_names(house().plan)}
    people = dict(annexed)
    units = {unit.name: unit.id for unit in await all_units()}
    for person in listed:
        number = annexed.get(person.name) or await add_person(person.name, person.language)
        people[person.name] = number
        for role, place in person.seats:
            unit = units[place.unit] if place.unit else None
            school_class = classes[place.school_class] if place.school_class else None
            await add_seat(number, role, since, unit=unit, school_class=school_class)
    return people


# --- families -----------------------------------------------------------------------------


async def _family(read: FamilyRead, classes: Classes, day: date) -> tuple[ChildFiled, ...]:
    children = tuple(
        ChildListed(classes[child.school_class], child.seat, child.name) for child in read.children
    )
    listed = FamilyListed(
        children=children,
        joined_on=min(_entered(child.school_class, day) for child in read.children),
        special=bool(read.special),
        special_reason=read.reason,
        wishes=read.wishes,
    )
    family, students = await add_family(listed)
    return tuple(
        ChildFiled(student, family, child.school_class)
        for student, child in zip(students, children, strict=True)
    )


def _entered(school_class: ClassSaid, day: date) -> date:
    """The first day of the school year in which the class came to the school."""
    month, first = house().plan.school_year_first_day
    _, year = class_of_grade(school_class.grade, day, (month, first))
    return date(year, month, first)


# --- visits -------------------------------------------------------------------------------


async def _days(
    school: SchoolRead,
    people: Mapping[str, int],
    families: Sequence[tuple[ChildFiled, ...]],
    story: Sequence[Line],
    start: datetime,
) -> None:
    """Day by day: in the morning what became of earlier requests, then the day's visits."""
    known = await what_is_known()
    visits = {day: list(one) for day, one in groupby(school.visits, key=lambda one: one[0].day)}
    lines = {day: list(one) for day, one in groupby(story, key=lambda one: one.at.date())}
    asked: dict[str, int] = {}
    days = sorted(visits.keys() | lines.keys())
    await set_now(datetime.combine(days[0], time(), SCHOOL_TIME) if days else start)
    # Mornings and Fridays come in these weeks as they do in a school's.
    await plan_duties()
    for day in days:
        of_day = visits.get(day, [])
        for line in lines.get(day, ()):
            await pass_until(line.at)
            await play([line], people, asked)
        for visit, at in zip(of_day, _moments(day, len(of_day)), strict=True):
            await pass_until(min(at, start))
            made = _made(visit, people, families)
            made = replace(made, learnt=await looked_at(made.learnt, known))
            async with chained():
                kept = await record_visit(made)
            asked |= dict(zip(made.learnt.words, kept.taken.problems, strict=False))


def _moments(day: date, number: int) -> list[datetime]:
    """So many instants, evenly over the day: nobody writes down fourteen visits in an hour."""
    first = datetime.combine(day, _FROM, SCHOOL_TIME)
    whole = datetime.combine(day, _UNTIL, SCHOOL_TIME) - first
    return [first + whole * place / number for place in range(number)]


def _made(
    listed: VisitListed, people: Mapping[str, int], families: Sequence[tuple[ChildFiled, ...]]
) -> VisitMade:
    visit, meant = listed
    child = families[meant.child[0]][meant.child[1]] if meant.child else None
    return VisitMade(
        by=people[meant.by],
        kind=visit.kind,
        method=visit.method,
        result=visit.result,
        day=visit.day,
        companions=tuple(people[name] for name in meant.companions),
        student=child.student if child else None,
        family=child.family if child else None,
        school_class=child.school_class if child else None,
        teacher=people[meant.teacher] if meant.teacher else None,
        learnt=visit.learnt,
    )
