"""How the roster came to be what it is: the last changes, and what stands as it was taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tortoise.expressions import Q

from domain.models import Deed, RosterChange, Seat
from domain.notices.roster_looking import FirstSeat
from domain.notices.values import UnitRef
from domain.rules.undoing import UNDONE_AS

LEAVES = ("leave", "leave_end")
_MOST = 10


@dataclass(frozen=True)
class History:
    """Ids of changes, newest first; how many more there are; seats that nobody changed."""

    changes: tuple[int, ...]
    more: int
    firsts: tuple[FirstSeat, ...]


async def roster_history(
    place: UnitRef | None = None, person: int | None = None, *, leaves: bool
) -> History:
    """The last changes of a place or a person, or of all; `leaves` too, or seats alone.

    What was taken back is one of them, and says so; that it was is no further change.
    """
    which, seats = Q(), Q()
    if place is not None:
        which = seats = Q(unit_id=place.unit, school_class_id=place.school_class)
    elif person is not None:
        which = Q(person_id=person) | Q(before_id=person) | Q(deputy_id=person)
        seats = Q(person_id=person)
    if not leaves:
        which &= ~Q(action__in=LEAVES)
    which &= ~Q(action__in=sorted(set(UNDONE_AS.values())))
    rows = RosterChange.filter(which)
    count = await rows.count()
    ids = await rows.order_by("-id").limit(_MOST).values_list("id", flat=True)
    firsts = await _firsts(seats) if place is not None or person is not None else ()
    return History(tuple(int(str(one)) for one in ids), max(0, count - _MOST), firsts)


async def undone_among(changes: Iterable[int]) -> frozenset[int]:
    """Those of these changes that were taken back."""
    some = list(changes)
    if not some:
        return frozenset()
    # What a deed changed was written just before the deed: none of these is of an earlier one.
    began = await RosterChange.filter(id__in=some).order_by("id").first()
    deeds = Deed.filter(kind__startswith="roster.", undone_at__isnull=False)
    found = await (deeds.filter(at__gte=began.at) if began else deeds).order_by("id")
    gone = {int(one) for deed in found for one in _changes(deed)}
    return frozenset(some) & gone


def _changes(deed: Deed) -> list[int]:
    changes: list[int] = deed.details.get("changes", [deed.record_id])
    return changes


async def _firsts(which: Q) -> tuple[FirstSeat, ...]:
    seats = await Seat.filter(which).order_by("id")
    people = {seat.person_id for seat in seats}
    rows = await RosterChange.filter(person_id__in=people, action__in=("set", "add"))
    undone = await undone_among(row.id for row in rows)
    rows = [row for row in rows if row.id not in undone]
    given = {(row.person_id, row.role, row.unit_id, row.school_class_id, row.since) for row in rows}
    return tuple(
        FirstSeat(
            person=seat.person_id,
            role=seat.role,
            place=UnitRef(seat.unit_id, seat.school_class_id),
            since=seat.since,
            until=seat.until,
        )
        for seat in seats
        if (seat.person_id, seat.role, seat.unit_id, seat.school_class_id, seat.since) not in given
    )
