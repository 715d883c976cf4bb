"""Everyone and every group at once, for the page where one may be anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from domain.house import house
from domain.models import Account, Person, Room, Seat, Unit
from domain.queries.classes import class_name
from domain.queries.people import seats_on
from domain.rules.classes import grade_on
from domain.rules.policy import Role

# Who belongs to the group of the whole school.
_LEADING: frozenset[Role] = frozenset({"head", "deputy_head", "leader", "working", "office"})


@dataclass(frozen=True)
class PersonListed:
    """A person with an account: roles, the unit most of their work is in, their classes."""

    id: int
    name: str
    roles: tuple[str, ...]
    unit: str | None
    classes: tuple[str, ...]


@dataclass(frozen=True)
class GroupListed:
    """A group chat, its unit, and who belongs to it by their seats."""

    chat: str
    title: str
    unit: str | None
    members: tuple[int, ...]


async def people_listed(platform: str, day: date) -> tuple[PersonListed, ...]:
    """Everyone who has an account on the platform and a seat today."""
    accounts = await Account.filter(platform=platform).values_list("person_id", flat=True)
    people = await Person.filter(id__in=accounts).order_by("id")
    seats = await seats_on(day, Q())
    listed = [
        _listed(row, [one for one in seats if one.person_id == row.id], day) for row in people
    ]
    return tuple(one for one in listed if one.roles)


def _listed(row: Person, seats: list[Seat], day: date) -> PersonListed:
    classes = [class_name(one.school_class, day) for one in seats if one.school_class is not None]
    units = [one.unit for one in seats if one.unit is not None]
    # A grade or a department says more of somebody than the whole school.
    best = sorted(units, key=lambda unit: (unit.kind == "school", unit.kind != "grade"))
    grade = house().plan.grade(classes[0].grade).name if classes else None
    return PersonListed(
        id=row.id,
        name=row.name,
        roles=tuple(dict.fromkeys(one.role for one in seats)),
        unit=grade or (best[0].name if best else None),
        classes=tuple(str(one) for one in classes),
    )


async def groups_listed(platform: str, day: date) -> tuple[GroupListed, ...]:
    """Every group of the platform."""
    rooms = await Room.filter(platform=platform).order_by("id").prefetch_related("unit")
    seats = await seats_on(day, Q())
    return tuple(
        GroupListed(
            chat=room.chat,
            title=room.title,
            unit=room.unit.name if room.unit else None,
            members=_members(room.unit, seats, day) if room.unit else (),
        )
        for room in rooms
    )


def _members(unit: Unit, seats: list[Seat], day: date) -> tuple[int, ...]:
    """Whose seat is in the unit, or in a class that is in the grade today.

    The whole school's group is that of those who lead it, wherever their seats are.
    """
    first_day = house().plan.school_year_first_day

    def belongs(seat: Seat) -> bool:
        if seat.unit_id == unit.id or (unit.kind == "school" and seat.role in _LEADING):
            return True
        row = seat.school_class
        return (
            row is not None
            and unit.grade is not None
            and grade_on(row.stage, row.entry_year, day, first_day) == unit.grade
        )

    return tuple(dict.fromkeys(seat.person_id for seat in seats if belongs(seat)))


async def is_group(platform: str, chat: str) -> bool:
    """Whether we know a group of that id."""
    return await Room.filter(platform=platform, chat=chat).exists()
