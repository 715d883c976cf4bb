"""Who is away when, who stands in, and who is turned to when nobody does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date

from domain.models import Leave
from domain.queries.people import holders_of, standing_of
from domain.queries.roster import people_of_unit
from domain.queries.units import all_units
from domain.rules.policy import Held

# The first of these that a person holds says to whom their matters go while they are away.
_RANK = ("head", "deputy_head", "leader", "working", "office", "liaison", "teacher")


@dataclass(frozen=True)
class LeaveFound:
    """A leave by its id; both days are included."""

    id: int
    person: int
    deputy: int | None
    since: date
    until: date


async def leaves_from(day: date, *, person: int | None = None) -> tuple[LeaveFound, ...]:
    """The leaves that aren't over on `day`, the next first."""
    rows = Leave.filter(until__gte=day)
    rows = rows if person is None else rows.filter(person_id=person)
    return tuple(
        LeaveFound(row.id, row.person_id, row.deputy_id, row.since, row.until)
        for row in await rows.order_by("since", "id")
        # One that was called off ends before it begins.
        if row.since <= row.until
    )


async def stood_in_for(deputy: int, since: date, until: date) -> tuple[int, ...]:
    """For whom that person stands in on any of these days."""
    leaves = [one for one in await leaves_from(since) if one.deputy == deputy]
    return tuple(dict.fromkeys(one.person for one in leaves if one.since <= until))


async def next_up(person: int, day: date) -> int | None:
    """Who is turned to on `day` while nobody stands in: the next seat up, and who is there."""
    standing = await standing_of(person, day)
    own = [seat for seat in standing.seats if seat.for_person is None and seat.role in _RANK]
    if not own:
        return None
    highest = min(own, key=lambda seat: _RANK.index(seat.role))
    async for one in _above(highest, day):
        if one == person:
            continue
        away = [leave for leave in await leaves_from(day, person=one) if leave.since <= day]
        there = one if not away else away[0].deputy
        if there is not None and there != person:
            return there
    return None


async def _above(seat: Held, day: date) -> AsyncIterator[int]:
    """From the seat upwards; above the head there is the office."""
    for unit in await all_units():
        if unit.id == seat.unit or (seat.grade is not None and unit.grade == seat.grade):
            people = await people_of_unit(unit, day)
            if seat.role == "teacher" and people.liaison is not None:
                yield people.liaison
            if seat.role in ("teacher", "liaison") and people.leader is not None:
                yield people.leader
    roles = ("deputy_head", "head", "office")
    for role in roles[{"deputy_head": 1, "head": 2}.get(seat.role, 0) :]:
        for one in await holders_of(role, day):
            yield one
