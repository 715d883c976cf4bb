"""Who is on the roster, with accounts and seats, for a list of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from domain.models import Account, Person, Seat


@dataclass(frozen=True)
class AccountKnown:
    """An account in a chat platform."""

    platform: str
    app: str
    user: str


@dataclass(frozen=True)
class SeatKnown:
    """A seat in a unit or a class, by their ids."""

    role: str
    unit: int | None
    school_class: int | None


@dataclass(frozen=True)
class PersonKnown:
    """A person by id, with all accounts, and the seats held on a day or later."""

    id: int
    name: str
    language: str | None
    accounts: tuple[AccountKnown, ...]
    seats: tuple[SeatKnown, ...]


async def people_known(day: date) -> tuple[PersonKnown, ...]:
    """Everybody, by id, with the seats that they have on `day` or are to have after it."""
    accounts: dict[int, list[AccountKnown]] = {}
    for row in await Account.all().order_by("id"):
        known = AccountKnown(row.platform, row.app, row.user_id)
        accounts.setdefault(row.person_id, []).append(known)
    seats: dict[int, list[SeatKnown]] = {}
    for seat in await Seat.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by("id"):
        if seat.until is None or seat.until > seat.since:
            held = SeatKnown(seat.role, seat.unit_id, seat.school_class_id)
            seats.setdefault(seat.person_id, []).append(held)
    return tuple(
        PersonKnown(
            row.id,
            row.name,
            row.language,
            tuple(accounts.get(row.id, ())),
            tuple(dict.fromkeys(seats.get(row.id, ()))),
        )
        for row in await Person.all().order_by("id")
    )
