"""Brings the roster in line with the school's list: what it adds stands in the roster's history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.actions.school import add_person, add_seat
from domain.models import Account, Person, RosterChange
from domain.records import now
from domain.rules.policy import Role


@dataclass(frozen=True)
class SeatGiven:
    """A seat in a unit or a class, by their ids."""

    role: Role
    unit: int | None = None
    school_class: int | None = None


@dataclass(frozen=True)
class PersonChange:
    """What the list adds to a person (None: somebody new); accounts are (platform, id).

    `language` is None where it stays as it is.
    """

    person: int | None
    name: str
    language: str | None = None
    accounts: tuple[tuple[str, str], ...] = ()
    seats: tuple[SeatGiven, ...] = ()


async def take_people_list(changes: Iterable[PersonChange], since: date) -> None:
    """Write them down; the seats hold from `since` on."""
    for change in changes:
        person = await _person(change)
        for platform, user in change.accounts:
            await Account.create(person_id=person, platform=platform, user_id=user)
            await RosterChange.create(at=await now(), action="bind", person_id=person)
        for seat in change.seats:
            await _seat(person, seat, since)


async def _person(change: PersonChange) -> int:
    if change.person is None:
        return await add_person(change.name, change.language)
    if change.language is not None:
        await Person.filter(id=change.person).update(language=change.language)
    return change.person


async def _seat(person: int, seat: SeatGiven, since: date) -> None:
    await add_seat(person, seat.role, since, unit=seat.unit, school_class=seat.school_class)
    await RosterChange.create(
        at=await now(),
        action="add",
        person_id=person,
        unit_id=seat.unit,
        school_class_id=seat.school_class,
        role=seat.role,
        since=since,
    )
