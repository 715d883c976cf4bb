"""What the roster's changes come to once some of them have been taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.actions.roster_told import tell_each
from domain.models import Deed, OutboxEntry, RosterChange
from domain.notices.base import Notice
from domain.notices.roster import RosterMovedOn, RosterUndone, RosterUndoneTold
from domain.records import now
from domain.rules.undoing import UNDONE_AS


async def rows_of(changes: Iterable[int]) -> list[RosterChange]:
    """The changes of a deed, in the order in which they were made."""
    return await RosterChange.filter(id__in=list(changes)).order_by("id")


def moved_on(rows: Iterable[RosterChange]) -> RosterMovedOn:
    """Somebody has changed it since."""
    return RosterMovedOn(changes=tuple(row.id for row in rows))


async def any_standing(deed: Deed, later: Iterable[RosterChange]) -> bool:
    """Whether one of these later changes still holds: what was taken back is no change."""
    undone = Deed.filter(id__gt=deed.id, kind__startswith="roster.", undone_at__isnull=False)
    gone = {change for one in await undone for change in changes_of(one)}
    return any(row.id not in gone and row.action not in UNDONE_AS.values() for row in later)


def changes_of(deed: Deed) -> list[int]:
    """The changes that a deed of the roster made, by their ids."""
    changes: list[int] = deed.details.get("changes", [deed.record_id])
    return changes


async def note_undone(
    deed: Deed, rows: Sequence[RosterChange], concerned: Iterable[int] = ()
) -> Notice:
    """Write each down as a change of its own; tell those who were told, and the `concerned`."""
    written = [await _undone(deed, row) for row in rows]
    changes = tuple(row.id for row in rows)
    heard = await OutboxEntry.filter(key__startswith=f"roster:{rows[0].id}:").order_by("id")
    people = [entry.person_id for entry in heard if entry.person_id is not None]
    notices: dict[int, Notice] = {
        person: RosterUndoneTold(changes=changes, by=deed.person_id)
        for person in (*people, *concerned)
    }
    told = await tell_each(notices, deed.person_id, f"roster:{written[0].id}")
    return RosterUndone(changes=changes, told=told)


async def _undone(deed: Deed, row: RosterChange) -> RosterChange:
    return await RosterChange.create(
        at=await now(),
        by_id=deed.person_id,
        action=UNDONE_AS[row.action],
        person_id=row.person_id,
        unit_id=row.unit_id,
        school_class_id=row.school_class_id,
        role=row.role,
        before_id=row.before_id,
        deputy_id=row.deputy_id,
        since=row.since,
        until=row.until,
    )
