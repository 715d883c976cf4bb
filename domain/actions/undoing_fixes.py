"""Takes back a correction: what stood there before stands there again, and nothing shows of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.actions.arrangements import match_anew
from domain.actions.fixing_parts import column_of
from domain.actions.moving_visits import Child, move_visit
from domain.actions.outbox import Address, put
from domain.actions.sealing import row_key, sealed, unsealed
from domain.actions.undoing_visits import ADD, FIX, VOID, built_on_by_nobody
from domain.actions.visit_parts import COLUMNS, standing_visit
from domain.models import Correction, Deed, Student, Visit, VisitAnswer, Visitor
from domain.notices.base import Notice
from domain.notices.undoing import VisitUndone, VisitUndoneShared


async def undo_fix(deed: Deed) -> Notice:
    """The visit says what it said before; refused once somebody else has corrected or added."""
    assert deed.record_id is not None
    await built_on_by_nobody(deed, ADD, FIX, VOID)
    visit = await standing_visit(deed.record_id)
    before = await _went(visit)
    rows = await Correction.filter(id__in=deed.details["corrections"]).order_by("-id")
    for row in rows:
        await _put_back(visit, row, deed)
        await visit.refresh_from_db()
    await VisitAnswer.filter(id__in=deed.details["off"]).update(undone_at=None)
    await VisitAnswer.filter(id__in=deed.details["on"]).update(undone_at=deed.undone_at)
    await match_anew(visit.id)
    # That it was done and taken back, the deed says; a text that was a slip is kept no longer.
    await Correction.filter(id__in=deed.details["corrections"]).delete()
    told = await _tell(visit, deed, before)
    parts = tuple(dict.fromkeys(row.column for row in reversed(rows) if row.column != "class_"))
    return VisitUndone(visit=visit.id, parts=parts, fix=True, told=told)


async def _put_back(visit: Visit, row: Correction, deed: Deed) -> None:
    if row.column == "student":
        await _child_again(visit, row)
    elif row.column == "companions":
        await _companion_again(visit, row)
    elif row.column in COLUMNS:
        await _text_again(visit, row, deed.details["first"][row.column])
    elif row.column == "class_":
        await Visit.filter(id=visit.id).update(school_class_id=_number(row.before))
    elif row.key_id is None:
        value = _decoded(row.column, row.before)
        await Visit.filter(id=visit.id).update(**{column_of(row.column): value})


async def _child_again(visit: Visit, row: Correction) -> None:
    child = await Student.get(id=_number(row.before))
    # The class is put right by a row of its own, when it was another.
    assert visit.school_class_id is not None
    await move_visit(visit, Child(child.id, child.family_id, visit.school_class_id))


async def _companion_again(visit: Visit, row: Correction) -> None:
    if row.before is not None:
        await Visitor.create(visit_id=visit.id, person_id=int(row.before))
    else:
        await Visitor.filter(visit_id=visit.id, person_id=_number(row.after)).delete()


async def _text_again(visit: Visit, row: Correction, length: int) -> None:
    """The first of the texts that stood there; those that were added to it stand by themselves."""
    assert visit.key_id is not None
    key = await row_key(visit.key_id)
    first = (unsealed(row, "before_text", key) or "")[:length]
    text = sealed(first, Visit, row.column, visit.seal, key) if first else None
    await Visit.filter(id=visit.id).update(**{row.column: text})


async def _went(visit: Visit) -> list[int]:
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    return [one.person_id for one in went]


async def _tell(visit: Visit, deed: Deed, before: list[int]) -> tuple[int, ...]:
    """Those who were told of the correction: whoever knows of the visit, before and after."""
    people = dict.fromkeys([visit.recorded_by_id, *before, *await _went(visit)])
    told = tuple(person for person in people if person != deed.person_id)
    for person in told:
        notice = VisitUndoneShared(visit=visit.id, by=deed.person_id, what="fix")
        await put(notice, Address(person=person), f"deed:{deed.id}:undone:{person}")
    return told


def _number(code: str | None) -> int | None:
    return None if code is None else int(code)


def _decoded(column: str, code: str | None) -> Any:
    if code is None:
        return None
    if column == "day":
        return date.fromisoformat(code)
    return int(code) if column == "teacher" else code
