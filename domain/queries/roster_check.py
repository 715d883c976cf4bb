"""Looks for what is amiss with the roster: empty seats, doubled seats, nobody standing in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tortoise.expressions import Q

from domain.models import Account, Seat
from domain.notices.roster_looking import Amiss, Finding
from domain.notices.values import UnitRef
from domain.queries.classes import classes_today
from domain.queries.leaves import LeaveFound, leaves_from
from domain.queries.passed_over import passed_over
from domain.queries.people import seats_on
from domain.queries.units import all_units
from domain.rules.calendar import holiday_warning
from domain.rules.policy import Role
from domain.rules.seats import NEVER_EMPTY, ONE_HOLDER

# Whose absence leaves something undecided.
_DECIDE = frozenset({"leader", "head", "deputy_head"})
_WEEK = timedelta(days=7)


async def roster_findings(day: date) -> tuple[Finding, ...]:
    """All that is amiss on `day`, the gravest first."""
    seats = await seats_on(day, Q())
    held = {(seat.role, _place(seat)) for seat in seats}
    roles = {seat.role for seat in seats}
    units = [unit for unit in await all_units() if unit.kind != "school"]
    classes = await classes_today(day)
    places = [UnitRef(unit=unit.id) for unit in units]
    rooms = [UnitRef(school_class=one.id) for one in classes]
    leaves = await leaves_from(day)
    found = [
        *(Finding(kind=_nobody(role), role=role) for role in sorted(NEVER_EMPTY - roles)),
        *_empty("no_leader", "leader", places, held),
        *_empty("no_liaison", "liaison", places, held),
        *_empty("no_teacher", "teacher", rooms, held),
        *_two_holders(seats),
        *_twice(seats),
        *_away_alone(seats, leaves, day),
        *_deputy_away(leaves),
        *await _no_account(seats),
        *await passed_over(day),
        *_holidays(day),
    ]
    return tuple(found)


def _place(seat: Seat) -> UnitRef:
    return UnitRef(seat.unit_id, seat.school_class_id)


def _nobody(role: Role) -> Amiss:
    return "no_admin" if role == "admin" else "no_head"


def _empty(
    kind: Amiss, role: str, places: Iterable[UnitRef], held: set[tuple[str, UnitRef]]
) -> Iterator[Finding]:
    empty = tuple(place for place in places if (role, place) not in held)
    if empty:
        yield Finding(kind=kind, places=empty, role=role)


def _two_holders(seats: Iterable[Seat]) -> Iterator[Finding]:
    """Where one person is to answer, two do."""
    people = {(seat.role, _place(seat), seat.person_id) for seat in seats}
    counts = Counter((role, place) for role, place, _ in people if role in ONE_HOLDER)
    for (role, place), count in sorted(counts.items(), key=str):
        if count > 1:
            held = sorted(person for a, b, person in people if (a, b) == (role, place))
            yield Finding(kind="two_holders", places=(place,), people=tuple(held), role=role)


def _twice(seats: Iterable[Seat]) -> Iterator[Finding]:
    counts = Counter((seat.role, _place(seat), seat.person_id) for seat in seats)
    for (role, place, person), count in sorted(counts.items(), key=str):
        if count > 1:
            yield Finding(kind="twice", places=(place,), people=(person,), role=role)


def _away_alone(
    seats: Iterable[Seat], leaves: Iterable[LeaveFound], day: date
) -> Iterator[Finding]:
    """Leaders who are away, or will be, while nobody stands in; of liaisons those of this week."""
    decide = {seat.person_id for seat in seats if seat.role in _DECIDE}
    arrange = {seat.person_id for seat in seats if seat.role == "liaison"}
    for leave in leaves:
        soon = arrange if leave.since < day + _WEEK else set()
        if leave.deputy is None and leave.person in decide | soon:
            yield _of(leave, "away_alone", leave.person)


def _deputy_away(leaves: tuple[LeaveFound, ...]) -> Iterator[Finding]:
    for leave in leaves:
        for other in leaves:
            meets = other.since <= leave.until and other.until >= leave.since
            if other.person == leave.deputy and meets:
                yield _of(leave, "deputy_away", leave.person, other.person)


def _of(leave: LeaveFound, kind: Amiss, *people: int) -> Finding:
    return Finding(kind=kind, people=people, since=leave.since, until=leave.until)


async def _no_account(seats: Iterable[Seat]) -> list[Finding]:
    """Whom nothing can reach."""
    people = list(dict.fromkeys(seat.person_id for seat in seats))
    rows = await Account.filter(person_id__in=people).values_list("person_id", flat=True)
    reached = {int(str(person)) for person in rows}
    without = tuple(person for person in people if person not in reached)
    return [Finding(kind="no_account", people=without)] if without else []


def _holidays(day: date) -> list[Finding]:
    """Beyond the days that are known weekends alone are free, and dues fall on holidays."""
    last = holiday_warning(day)
    return [] if last is None else [Finding(kind="holidays", until=last)]
