"""Takes back a change of the roster: seats and leaves are exactly as they were before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tortoise.expressions import Q

from domain.actions.roster import somebody_can_administer
from domain.actions.standing_in import away_before, follow_leave
from domain.actions.undone_rows import any_standing, moved_on, note_undone, rows_of
from domain.errors import Refusal
from domain.models import Deed, Leave, Person, RosterChange, SchoolClass, Seat, Unit
from domain.notices.base import Notice
from domain.notices.roster import SeatRefused
from domain.rules.seats import NEVER_EMPTY, ONE_HOLDER

_LEAVES = ("leave", "leave_end")


async def undo_seats(deed: Deed) -> Notice:
    """Seats that were given go, seats that were ended go on; Refusal when changed since."""
    rows = await rows_of(deed.details["changes"])
    await _one_at_a_time(rows)
    await _changed_by_nobody(deed, rows)
    for number, _before, after in deed.details["ended"]:
        if not await Seat.filter(id=number, **_until(after)).exists():
            raise Refusal(moved_on(rows))
    for number in deed.details["created"]:
        if not await Seat.filter(id=number, until__isnull=True).exists():
            raise Refusal(moved_on(rows))
    for number, before, _after in deed.details["ended"]:
        await Seat.filter(id=number).update(until=_day(before))
    await Seat.filter(id__in=deed.details["created"]).delete()
    await _still_somebody(rows)
    return await note_undone(deed, rows)


async def _one_at_a_time(rows: Iterable[RosterChange]) -> None:
    """As whoever changes the same place does: wait at its row."""
    classes = {row.school_class_id for row in rows if row.school_class_id is not None}
    units = {row.unit_id for row in rows if row.unit_id is not None}
    await Unit.filter(id__in=units).order_by("id").select_for_update()
    await SchoolClass.filter(id__in=classes).order_by("id").select_for_update()


async def _changed_by_nobody(deed: Deed, rows: Sequence[RosterChange]) -> None:
    """Where one person sits any later change counts, elsewhere one about the same person."""
    for row in rows:
        later = RosterChange.filter(
            id__gt=rows[-1].id,
            role=row.role,
            unit_id=row.unit_id,
            school_class_id=row.school_class_id,
        )
        people = [one for one in (row.person_id, row.before_id) if one is not None]
        if row.role not in ONE_HOLDER:
            later = later.filter(Q(person_id__in=people) | Q(before_id__in=people))
        if await any_standing(deed, await later):
            raise Refusal(moved_on(rows))


def _until(day: str | None) -> dict[str, date | bool]:
    return {"until__isnull": True} if day is None else {"until": date.fromisoformat(day)}


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


async def _still_somebody(rows: Iterable[RosterChange]) -> None:
    """Another change may rest on this one: whoever was added first, and then the other removed."""
    for role in {row.role for row in rows if row.role} & set(NEVER_EMPTY):
        seats = await Seat.filter(role=role, until__isnull=True).order_by("id")
        if not seats:
            raise Refusal(SeatRefused(why="last_admin" if role == "admin" else "only_head"))
        await somebody_can_administer(role, [seat.person_id for seat in seats])


async def undo_leave(deed: Deed) -> Notice:
    """A leave that was noted goes, or has its days back; Refusal when changed since."""
    assert deed.record_id is not None
    rows = await rows_of([deed.record_id])
    person = rows[0].person_id
    await Person.filter(id=person).select_for_update()
    later = RosterChange.filter(id__gt=rows[0].id, person_id=person, action__in=_LEAVES)
    if await any_standing(deed, await later):
        raise Refusal(moved_on(rows))
    before = await away_before(person) if person is not None else []
    for number, since, until, deputy, *_after in deed.details["moved"]:
        days = {"since": _day(since), "until": _day(until), "deputy_id": deputy}
        await Leave.filter(id=number).update(**days)
    await Leave.filter(id__in=deed.details["created"]).delete()
    if person is not None:
        await follow_leave(person, before, f"deed:{deed.id}:undone")
    return await note_undone(deed, rows)
