"""Takes back a change of the roster: seats and leaves are exactly as they were before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tortoise.expressions import Q

from domain.actions.roster_told import tell_each
from domain.errors import Refusal
from domain.models import Deed, Leave, OutboxEntry, Person, RosterChange, SchoolClass, Seat, Unit
from domain.notices.base import Notice
from domain.notices.roster import RosterMovedOn, RosterUndone, RosterUndoneTold, SeatRefused
from domain.records import now
from domain.rules.seats import NEVER_EMPTY, ONE_HOLDER

_LEAVES = ("leave", "leave_end", "leave_undone")


async def undo_seats(deed: Deed) -> Notice:
    """Seats that were given go, seats that were ended go on; Refusal when changed since."""
    rows = await _rows(deed.details["changes"])
    await _one_at_a_time(rows)
    await _changed_by_nobody(rows)
    for number, _before, after in deed.details["ended"]:
        if not await Seat.filter(id=number, **_until(after)).exists():
            raise Refusal(_moved_on(rows))
    for number in deed.details["created"]:
        if not await Seat.filter(id=number, until__isnull=True).exists():
            raise Refusal(_moved_on(rows))
    for number, before, _after in deed.details["ended"]:
        await Seat.filter(id=number).update(until=_day(before))
    await Seat.filter(id__in=deed.details["created"]).delete()
    await _still_somebody(rows)
    return await _undone(deed, rows, "undone")


async def _rows(changes: Sequence[int]) -> list[RosterChange]:
    return await RosterChange.filter(id__in=changes).order_by("id")


async def _one_at_a_time(rows: Iterable[RosterChange]) -> None:
    """As whoever changes the same place does: wait at its row."""
    classes = {row.school_class_id for row in rows if row.school_class_id is not None}
    units = {row.unit_id for row in rows if row.unit_id is not None}
    await Unit.filter(id__in=units).order_by("id").select_for_update()
    await SchoolClass.filter(id__in=classes).order_by("id").select_for_update()


async def _changed_by_nobody(rows: Sequence[RosterChange]) -> None:
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
        if await later.exists():
            raise Refusal(_moved_on(rows))


def _moved_on(rows: Sequence[RosterChange]) -> RosterMovedOn:
    return RosterMovedOn(changes=tuple(row.id for row in rows))


def _until(day: str | None) -> dict[str, date | bool]:
    return {"until__isnull": True} if day is None else {"until": date.fromisoformat(day)}


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


async def _still_somebody(rows: Iterable[RosterChange]) -> None:
    """Another change may rest on this one: whoever was added first, and then the other removed."""
    for role in {row.role for row in rows} & set(NEVER_EMPTY):
        if not await Seat.filter(role=role, until__isnull=True).exists():
            raise Refusal(SeatRefused(why="last_admin" if role == "admin" else "only_head"))


async def undo_leave(deed: Deed) -> Notice:
    """A leave that was noted goes, or has its days back; Refusal when changed since."""
    assert deed.record_id is not None
    rows = await _rows([deed.record_id])
    person = rows[0].person_id
    await Person.filter(id=person).select_for_update()
    later = RosterChange.filter(id__gt=rows[0].id, person_id=person, action__in=_LEAVES)
    if await later.exists():
        raise Refusal(_moved_on(rows))
    for number, since, until, deputy, *_after in deed.details["moved"]:
        days = {"since": _day(since), "until": _day(until), "deputy_id": deputy}
        await Leave.filter(id=number).update(**days)
    await Leave.filter(id__in=deed.details["created"]).delete()
    return await _undone(deed, rows, "leave_undone")


async def _undone(deed: Deed, rows: Sequence[RosterChange], action: str) -> Notice:
    """Write it down as a change of its own, and tell those who had been told."""
    first = rows[0]
    change = await RosterChange.create(
        at=await now(),
        by_id=deed.person_id,
        action=action,
        person_id=first.person_id,
        unit_id=first.unit_id,
        school_class_id=first.school_class_id,
        role=first.role,
        deputy_id=first.deputy_id,
        since=first.since,
        until=first.until,
    )
    changes = tuple(row.id for row in rows)
    key = f"roster:{first.id}:"
    heard = await OutboxEntry.filter(key__startswith=key).order_by("id")
    people = [entry.person_id for entry in heard if entry.person_id is not None]
    notices: dict[int, Notice] = {
        person: RosterUndoneTold(changes=changes, by=deed.person_id) for person in people
    }
    told = await tell_each(notices, deed.person_id, f"roster:{change.id}")
    return RosterUndone(changes=changes, told=told)
