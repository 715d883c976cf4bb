"""What there is to say in the morning beside problems, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.expressions import Q

from domain.models import Problem, Seat
from domain.notices.base import Notice
from domain.notices.mornings import BehindPace, PhaseEnding, SpecialDue
from domain.notices.values import Covered
from domain.queries.coverage import coverage_of_grade, coverage_of_school
from domain.queries.digest_readers import Reader, readers_on
from domain.queries.digest_scope import scope_of
from domain.queries.people import deputies_on, seats_on
from domain.queries.units import units_by_id
from domain.rules.coverage import passes
from domain.rules.plan_parts import PhaseKey
from domain.rules.problem_states import OPEN, OWED


@dataclass(frozen=True)
class Telling:
    """One notice for some people; `about` makes its effect unique with the day."""

    about: str
    notice: Notice
    people: tuple[int, ...]


async def nudges_on(day: date) -> list[Telling]:
    """Special families that are due and grades behind their pace, each to who can see to it.

    The grade's leader and liaison hear of the grade, class teachers of their own class.
    """
    _, grades = await coverage_of_school(day)
    units = await units_by_id()
    tellings = []
    for covered in grades:
        unit, count = covered.unit.unit or 0, covered.count
        people = await _answer_for(unit, day)
        if count.special_due:
            notice = SpecialDue(unit=covered.unit, due=count.special_due)
            tellings.append(Telling(f"special:{unit}", notice, people))
            _, classes = await coverage_of_grade(units[unit], day)
            tellings += await _of_classes(classes, day)
        if count.forecast is not None and count.forecast.needed_per_week is not None:
            tellings.append(Telling(f"pace:{unit}", BehindPace(covered=covered), people))
    return tellings


async def _answer_for(unit: int, day: date) -> tuple[int, ...]:
    seats = await seats_on(day, Q(unit_id=unit, role__in=("leader", "liaison")))
    return await _present([seat.person_id for seat in seats], day)


async def _of_classes(classes: Sequence[Covered], day: date) -> list[Telling]:
    late = {one.unit.school_class: one for one in classes if one.count.special_due}
    seats: list[Seat] = await seats_on(
        day, Q(school_class_id__in=[one for one in late if one is not None], role="teacher")
    )
    away = await deputies_on(day, {seat.person_id for seat in seats})
    teachers = [(seat.school_class_id, away.get(seat.person_id, seat.person_id)) for seat in seats]
    return [
        Telling(
            f"special:class:{number}",
            SpecialDue(unit=covered.unit, due=covered.count.special_due),
            tuple(dict.fromkeys(person for place, person in teachers if place == number)),
        )
        for number, covered in late.items()
    ]


async def _present(people: Sequence[int], day: date) -> tuple[int, ...]:
    """They, or who stands in for them."""
    away = await deputies_on(day, set(people))
    return tuple(dict.fromkeys(away.get(one, one) for one in people))


async def phase_ending_on(day: date, phase: PhaseKey, end: date, moment: datetime) -> list[Telling]:
    """What is missing for the end of a phase, to each who answers for something."""
    _, grades = await coverage_of_school(day)
    tellings = []
    for reader in await _who_see_to_it(day):
        mine = [one for one in grades if reader.units is None or one.unit.unit in reader.units]
        below = tuple(one.unit for one in mine if _lacks(one)) if phase == "visit" else ()
        open_now, overdue = await _problems(reader, day, moment)
        notice = PhaseEnding(
            phase=phase,
            end=end,
            days=(end - day).days,
            below=below,
            open=open_now,
            overdue=overdue,
        )
        tellings.append(Telling(f"phase:{phase}", notice, (reader.person,)))
    return tellings


async def _who_see_to_it(day: date) -> list[Reader]:
    """Those who get a digest, and the liaisons, each for their units."""
    readers = list(await readers_on(day))
    known = {reader.person for reader in readers}
    units: dict[int, set[int]] = {}
    for seat in await seats_on(day, Q(role="liaison", unit_id__isnull=False)):
        units.setdefault(seat.person_id, set()).add(seat.unit_id or 0)
    away = await deputies_on(day, set(units))
    theirs: dict[int, set[int]] = {}
    for person, own in units.items():
        theirs.setdefault(away.get(person, person), set()).update(own)
    liaisons = [Reader(one, frozenset(own)) for one, own in sorted(theirs.items())]
    return readers + [one for one in liaisons if one.person not in known]


def _lacks(covered: Covered) -> bool:
    count = covered.count
    has = count.minimum is None or passes(count.visited, count.families, count.minimum)
    return bool(count.families) and not has


async def _problems(reader: Reader, day: date, moment: datetime) -> tuple[int, int]:
    """How many that the reader may know of are open, as in their digest, and how many overdue."""
    mine = Problem.filter((await scope_of(reader, day)).seen())
    return (
        await mine.filter(state__in=sorted(OPEN)).count(),
        await mine.filter(state__in=sorted(OWED), due_at__lt=moment).count(),
    )
