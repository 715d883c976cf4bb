"""Moves what is arranged for a leader to another day, and tells the other side."""

from __future__ import annotations

from datetime import date

from domain.actions.arrangements import remind, tell_others
from domain.actions.deeds import note_deed
from domain.errors import Refusal
from domain.models import Arrangement, Deed
from domain.notices.arrangements import ArrangementClosed, ArrangementMoved, VisitMoved
from domain.notices.base import Notice

MOVED = "arrange.move"


async def move_arrangement(number: int, by: int, day: date) -> ArrangementMoved | None:
    """It is on that day from now on; None when it was already.

    Raises Refusal when it took place or was called off.
    """
    row = await _open(number)
    if row.day == day:
        return None
    before = row.day
    deed = await note_deed(by, MOVED, number, before=before.isoformat(), after=day.isoformat())
    return await _moved(row, by, day, f"deed:{deed}:moved")


async def _open(number: int) -> Arrangement:
    row = await Arrangement.select_for_update().get(id=number)
    if row.called_off_at is not None or row.visit_id is not None or row.talk_id is not None:
        raise Refusal(ArrangementClosed(arrangement=number))
    return row


async def _moved(row: Arrangement, by: int, day: date, key: str) -> ArrangementMoved:
    before = row.day
    await Arrangement.filter(id=row.id).update(day=day)
    reminded = await remind(row.id, row.leader_id, day)
    told = await tell_others(VisitMoved(arrangement=row.id, by=by, before=before), by, key)
    return ArrangementMoved(arrangement=row.id, before=before, told=told, reminded=reminded)


async def undo_move(deed: Deed) -> Notice:
    """It is on the day on which it was before; refused once it took place or was moved again."""
    assert deed.record_id is not None
    row = await _open(deed.record_id)
    later = Deed.filter(kind=MOVED, record_id=row.id, id__gt=deed.id, undone_at__isnull=True)
    if await later.exists():
        raise Refusal(ArrangementClosed(arrangement=row.id, moved=True))
    day = date.fromisoformat(deed.details["before"])
    return await _moved(row, deed.person_id, day, f"deed:{deed.id}:undone")
