"""Who answers for what today: the lines as the annex prints them, and the people of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from domain.house import house
from domain.models import Seat
from domain.notices.looking import Line
from domain.queries.people import deputies_on, holders_of, names_of, seats_on
from domain.queries.units import UnitFound, all_units


@dataclass(frozen=True)
class UnitPeople:
    """Who leads and who arranges for a unit; `deputy` stands in for an absent leader.

    `office` are those who keep the leading group's office there.
    """

    leader: int | None
    liaison: int | None
    deputy: int | None
    office: tuple[int, ...]


@dataclass(frozen=True)
class WorkingGroup:
    """Who is in the working group, and which of them the plan names as its heads."""

    people: tuple[int, ...]
    head: int | None
    deputy_head: int | None


async def people_of_unit(unit: UnitFound, day: date) -> UnitPeople:
    """The people of a unit on `day`; the whole school is led by its head."""
    seats = await seats_on(day, Q(unit_id=unit.id))
    leader = _holder(seats, "head" if unit.kind == "school" else "leader")
    away = await deputies_on(day, {leader} if leader is not None else set())
    deputy = away.get(leader) if leader is not None else None
    if unit.kind == "school" and deputy is None:
        deputy = _holder(seats, "deputy_head")
    office = tuple(dict.fromkeys(seat.person_id for seat in seats if seat.role == "office"))
    return UnitPeople(leader, _holder(seats, "liaison"), deputy, office)


def _holder(seats: list[Seat], role: str) -> int | None:
    """The latest to take the seat."""
    held = [seat.person_id for seat in seats if seat.role == role]
    return held[-1] if held else None


async def teachers_of_class(school_class: int, day: date) -> tuple[int, ...]:
    """The class's own teachers."""
    seats = await seats_on(day, Q(school_class_id=school_class, role="teacher"))
    return tuple(seat.person_id for seat in seats)


async def lines_on(day: date) -> tuple[Line, ...]:
    """Each leader with the units beside the name, in the order the seats were given."""
    seats = await seats_on(day, Q(role="leader"))
    leaders = dict.fromkeys(seat.person_id for seat in seats)
    place = {unit.id: place for place, unit in enumerate(await all_units())}
    return tuple(
        Line(
            leader=leader,
            units=tuple(
                sorted(
                    {s.unit_id for s in seats if s.person_id == leader and s.unit_id is not None},
                    key=lambda unit: place[unit],
                )
            ),
        )
        for leader in leaders
    )


async def working_group(day: date) -> WorkingGroup:
    """The working group of `day`; whom the plan calls its heads is looked for among them."""
    people = await holders_of("working", day)
    by_name = {name: person for person, name in (await names_of(set(people))).items()}
    named = house().plan.roster.working_group
    return WorkingGroup(people, by_name.get(named.head), by_name.get(named.deputy_head))


async def liaisons_of(units: Iterable[int], day: date) -> tuple[int, ...]:
    """Who arranges and reports for any of these units on `day`, each once."""
    seats = await seats_on(day, Q(role="liaison", unit_id__in=list(units)))
    return tuple(dict.fromkeys(seat.person_id for seat in seats))
