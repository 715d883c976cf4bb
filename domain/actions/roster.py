"""Gives a seat from a day on, or takes one; whatever is changed stands in the roster's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.actions.deeds import note_deed
from domain.actions.roster_told import tell_of_seats
from domain.errors import Refusal
from domain.models import Account, RosterChange, SchoolClass, Seat, Unit
from domain.notices.roster import SeatRefused, WhyNoSeat
from domain.notices.values import UnitRef
from domain.records import now
from domain.rules.policy import Role
from domain.rules.seats import NEVER_EMPTY


@dataclass(frozen=True)
class SeatWish:
    """A seat for a person from `since` on; with `replace` instead of whoever holds it.

    `watchers` are told of it beside those whom it gives or takes a seat.
    """

    by: int
    person: int
    role: Role
    place: UnitRef
    since: date
    replace: bool
    watchers: tuple[int, ...] = ()


@dataclass(frozen=True)
class SeatsKept:
    """The changes that were written, by id, and who is told of them."""

    changes: tuple[int, ...]
    told: tuple[int, ...]


@dataclass
class _Moves:
    """What was done to the seats, so that it can be undone exactly."""

    created: list[int] = field(default_factory=list)
    ended: list[list[int | str | None]] = field(default_factory=list)

    async def last(self, seat: Seat, until: date | None) -> None:
        before = seat.until
        await Seat.filter(id=seat.id).update(until=until)
        self.ended.append([seat.id, _iso(before), _iso(until)])

    async def end(self, seat: Seat, day: date) -> date:
        """End a seat on that day; one that was to begin later never begins."""
        until = max(day, seat.since)
        await self.last(seat, until)
        return until

    async def create(self, wish: SeatWish) -> None:
        row = await Seat.create(
            person_id=wish.person,
            role=wish.role,
            since=wish.since,
            unit_id=wish.place.unit,
            school_class_id=wish.place.school_class,
        )
        self.created.append(row.id)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- giving -------------------------------------------------------------------------------


async def give_seat(wish: SeatWish) -> SeatsKept:
    """Give the seat, from that day on and without an end; Refusal when it is held so already.

    What was said last holds: with `replace` all others go from that day on, those who were to
    come later included. What was before that day stays as it was.
    """
    await _one_at_a_time(wish.place)
    seats = await _held_from(wish.since, wish.role, wish.place)
    own = [seat for seat in seats if seat.person_id == wish.person]
    others = [seat for seat in seats if seat.person_id != wish.person] if wish.replace else []
    held = next((seat for seat in own if seat.since <= wish.since), None)
    # One seat held twice, as a list may bring it, becomes one.
    if held is not None and held.until is None and not others and len(own) == 1:
        raise Refusal(
            SeatRefused(
                why="same", role=wish.role, place=wish.place, person=wish.person, since=held.since
            )
        )
    if others:
        await somebody_can_administer(wish.role, [wish.person])
    moves = _Moves()
    rows = [await _given(wish, _sitting(others, wish.since))]
    for seat in others:
        until = await moves.end(seat, wish.since)
        if seat.person_id != rows[0].before_id:
            rows.append(await _gone(wish.by, seat, until))
    for seat in own:
        if seat is not held:
            await moves.end(seat, wish.since)
    if held is None:
        await moves.create(wish)
    elif held.until is not None:
        await moves.last(held, None)
    return await _kept(wish.by, rows, moves, wish.watchers)


async def _one_at_a_time(place: UnitRef) -> None:
    """Two who change the same place wait for each other at its row."""
    if place.school_class is not None:
        await SchoolClass.filter(id=place.school_class).select_for_update().get()
    else:
        await Unit.filter(id=place.unit).select_for_update().get()


async def _held_from(day: date, role: Role, place: UnitRef) -> list[Seat]:
    """The seats that are held on that day or were to begin after it."""
    seats = await Seat.filter(
        role=role, unit_id=place.unit, school_class_id=place.school_class
    ).order_by("id")
    return [seat for seat in seats if _held(seat, day)]


def _held(seat: Seat, day: date) -> bool:
    return seat.until is None or seat.until > max(day, seat.since)


def _sitting(seats: Iterable[Seat], day: date) -> int | None:
    """Who of these sat there when that day came: the latest to take the seat."""
    there = [seat.person_id for seat in seats if seat.since <= day]
    return there[-1] if there else None


async def _given(wish: SeatWish, before: int | None) -> RosterChange:
    return await RosterChange.create(
        at=await now(),
        by_id=wish.by,
        action="set" if wish.replace else "add",
        person_id=wish.person,
        unit_id=wish.place.unit,
        school_class_id=wish.place.school_class,
        role=wish.role,
        before_id=before,
        since=wish.since,
    )


async def _gone(by: int, seat: Seat, until: date) -> RosterChange:
    """`since` and `until` are one day for a seat that was to begin and never will."""
    return await RosterChange.create(
        at=await now(),
        by_id=by,
        action="remove",
        person_id=seat.person_id,
        unit_id=seat.unit_id,
        school_class_id=seat.school_class_id,
        role=seat.role,
        since=seat.since,
        until=until,
    )


async def _kept(
    by: int, rows: Sequence[RosterChange], moves: _Moves, watchers: tuple[int, ...]
) -> SeatsKept:
    changes = tuple(row.id for row in rows)
    told = await tell_of_seats(rows, by, watchers)
    await note_deed(
        by,
        f"roster.{rows[0].action}",
        changes[0],
        changes=list(changes),
        created=moves.created,
        ended=moves.ended,
    )
    return SeatsKept(changes, told)


# --- taking -------------------------------------------------------------------------------


async def take_seats(
    by: int, seats: tuple[int, ...], day: date, watchers: tuple[int, ...] = ()
) -> SeatsKept:
    """End these seats on that day; Refusal when one is held no more, or must not be empty."""
    rows: list[RosterChange] = []
    moves = _Moves()
    for place in await _places(seats):
        await _one_at_a_time(place)
    for seat in await Seat.filter(id__in=seats).order_by("id"):
        place = UnitRef(seat.unit_id, seat.school_class_id)
        if not _held(seat, day):
            raise Refusal(
                SeatRefused(why="not_held", role=seat.role, place=place, person=seat.person_id)
            )
        await _not_the_last(seat, seats, day)
        rows.append(await _gone(by, seat, await moves.end(seat, day)))
    return await _kept(by, rows, moves, watchers)


async def _places(seats: tuple[int, ...]) -> list[UnitRef]:
    """Where these seats stand, in an order in which nobody waits for another in a circle."""
    rows = await Seat.filter(id__in=seats).order_by("unit_id", "school_class_id", "id")
    return list(dict.fromkeys(UnitRef(row.unit_id, row.school_class_id) for row in rows))


async def _not_the_last(seat: Seat, going: tuple[int, ...], day: date) -> None:
    """There is always a head and an admin: somebody else has to be there to stay."""
    if seat.role not in NEVER_EMPTY:
        return
    others = Seat.filter(role=seat.role, since__lte=day, until__isnull=True)
    staying = await others.exclude(id__in=going).order_by("id")
    if not staying:
        why: WhyNoSeat = "last_admin" if seat.role == "admin" else "only_head"
        raise Refusal(SeatRefused(why=why, role=seat.role, person=seat.person_id))
    await somebody_can_administer(seat.role, [one.person_id for one in staying])


async def somebody_can_administer(role: str, people: Iterable[int]) -> None:
    """An admin who can't be reached on any platform is none: all others would be locked out."""
    ids = tuple(dict.fromkeys(people))
    if role == "admin" and not await Account.filter(person_id__in=ids).exists():
        raise Refusal(SeatRefused(why="mute_admin", role=role, person=ids[0]))
