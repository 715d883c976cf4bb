"""Single seats: who holds one from a day on, and who is told when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from tortoise.expressions import Q

from domain.models import Seat
from domain.notices.values import UnitRef
from domain.queries.classes import class_of
from domain.queries.people import seats_on
from domain.queries.roster import people_of_unit
from domain.queries.units import all_units
from domain.rules.policy import Role


@dataclass(frozen=True)
class SeatFound:
    """A seat by its id; `since` may lie ahead."""

    id: int
    person: int
    role: Role
    place: UnitRef
    since: date


async def seats_from(
    day: date,
    *,
    role: str | None = None,
    place: UnitRef | None = None,
    person: int | None = None,
) -> tuple[SeatFound, ...]:
    """The seats that are held on `day` or begin after it, by role, place and person if given."""
    which = Q(until__isnull=True) | Q(until__gt=day)
    if role is not None:
        which &= Q(role=role)
    if place is not None:
        which &= Q(unit_id=place.unit, school_class_id=place.school_class)
    if person is not None:
        which &= Q(person_id=person)
    rows = await Seat.filter(which).order_by("id")
    # A seat that was to begin and was taken back before ends on the day of its beginning.
    return tuple(_found(row) for row in rows if row.until is None or row.until > row.since)


def _found(row: Seat) -> SeatFound:
    place = UnitRef(row.unit_id, row.school_class_id)
    return SeatFound(row.id, row.person_id, cast("Role", row.role), place, row.since)


async def holding(role: str, place: UnitRef, day: date) -> tuple[int, ...]:
    """Who holds that seat on `day`."""
    which = Q(role=role, unit_id=place.unit, school_class_id=place.school_class)
    return tuple(dict.fromkeys(seat.person_id for seat in await seats_on(day, which)))


async def watchers_of(place: UnitRef, day: date) -> tuple[int, ...]:
    """The leader and the liaison who are told of what changes there; of a class, its grade's."""
    units = await all_units()
    if place.school_class is not None:
        grade = (await class_of(place.school_class, day)).name.grade
        found = [unit for unit in units if unit.grade == grade]
    else:
        found = [unit for unit in units if unit.id == place.unit]
    people = [await people_of_unit(unit, day) for unit in found]
    return tuple(
        dict.fromkeys(
            one for each in people for one in (each.leader, each.liaison) if one is not None
        )
    )
