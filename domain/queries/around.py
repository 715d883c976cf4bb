"""Who sits round a problem on a day: the seats of the roster, who is away, who stands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from tortoise.expressions import Q

from domain.models import Leave, Seat
from domain.queries.people import reached, seats_on
from domain.queries.problems import ProblemFound, answering_department
from domain.queries.roster import working_group
from domain.rules.around import Around, Seated, Sitting

# They lead, or keep the office of, the whole school.
_SCHOOL = ("deputy_head", "head", "office")


async def around(problem: ProblemFound, day: date) -> Around:
    """The seats whose holders may have to do with it; `leader` is of the department it is with."""
    seats = await _seats(day)
    department = await answering_department(problem)
    group = await working_group(day)
    where = problem.unit
    above = {role: [seat.person_id for seat in seats[role]] for role in _SCHOOL}
    leaders = [seat.person_id for seat in seats["leader"]]
    people: dict[str, Sequence[int | None]] = {
        "responsible": [problem.responsible],
        "leader": _in(seats, "leader", where if department is None else department),
        "liaison": _in(seats, "liaison", where),
        "working": [group.head, group.deputy_head, *group.people],
        "leading_group": [*above["head"], *above["deputy_head"], *leaders],
        **above,
    }
    sitting = await sitting_on(day, (one for held in people.values() for one in held))
    seated: dict[str, Any] = {
        place: tuple(sitting[one] for one in dict.fromkeys(held) if one is not None)
        for place, held in people.items()
    }
    return Around(**seated)


async def with_unreached(who: Around) -> Around:
    """The same, with those who act there and have no account: nothing can be told to them."""
    seated = [getattr(who, one.name) or () for one in fields(who) if one.name != "unreached"]
    present = {sitting.present for place in seated for sitting in place} - {None}
    people = [one for one in present if one is not None]
    return replace(who, unreached=frozenset(people) - set(await reached(people)))


async def grade_leaders(problem: ProblemFound, day: date) -> Seated:
    """Who leads where it arose: the grade's leader sees its problems, whosever they are."""
    held = _in(await _seats(day), "leader", problem.unit)
    sitting = await sitting_on(day, held)
    return tuple(sitting[one] for one in held if one is not None)


async def sitting_on(day: date, people: Iterable[int | None]) -> dict[int, Sitting]:
    """Each of them as they sit on that day; a deputy who is away, too, stands in for nobody."""
    ids = {person for person in people if person is not None}
    away = {one.person_id: one.deputy_id for one in await _leaves(day, ids)}
    deputies = {deputy for deputy in away.values() if deputy is not None}
    gone = {one.person_id for one in await _leaves(day, deputies)}
    return {
        person: Sitting(
            person,
            away=person in away,
            deputy=None if away.get(person) in gone else away.get(person),
        )
        for person in ids
    }


async def _leaves(day: date, people: set[int]) -> list[Leave]:
    return await Leave.filter(person_id__in=people, since__lte=day, until__gte=day).order_by("id")


async def _seats(day: date) -> dict[str, list[Seat]]:
    """The seats that matter, by role; the latest to take one first."""
    roles = ("leader", "liaison", *_SCHOOL)
    seats = await seats_on(day, Q(role__in=roles))
    return {role: [seat for seat in reversed(seats) if seat.role == role] for role in roles}


def _in(seats: dict[str, list[Seat]], role: str, unit: int | None) -> Sequence[int | None]:
    """Who holds the role in a unit; the latest to take it alone."""
    if unit is None:
        return []
    return [seat.person_id for seat in seats[role] if seat.unit_id == unit][:1]
