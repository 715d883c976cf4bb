"""Marks a visit that never happened: it counts no more, and the record says why."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actions.arrangements import match_anew, reopen
from domain.actions.deeds import note_deed
from domain.actions.fixing_parts import Changed, note_text
from domain.actions.outbox import Address, put
from domain.actions.sealing import row_key
from domain.actions.visit_parts import standing_visit
from domain.models import Correction, Deed, Visit, VisitAnswer, Visitor, Voice
from domain.notices.base import Notice
from domain.notices.fixing import VisitVoidedShared
from domain.notices.undoing import VisitUndone, VisitUndoneShared
from domain.records import now


@dataclass(frozen=True)
class VoidKept:
    """The deed, and those who are told."""

    deed: int
    told: tuple[int, ...]


async def void_visit(number: int, by: int, grounds: str) -> VoidKept:
    """The visit, its answers and its words count no more; what was arranged is open again.

    Raises Refusal when it was taken back, or is void already.
    """
    visit = await standing_visit(number)
    assert visit.key_id is not None
    changed = Changed(by=by)
    await note_text(visit, "void", (None, grounds), await row_key(visit.key_id), changed)
    parts = {
        "corrections": changed.corrections,
        "answers": await _standing(VisitAnswer, number),
        # What became of its words goes its own way: whoever answers for a problem ends it.
        "voices": await _standing(Voice, number, problem_id__isnull=True),
    }
    await _put(number, parts, undone_at=await now())
    await reopen(visit_id=number)
    deed = await note_deed(by, "visit.void", number, **parts)
    told = tuple(one for one in await _whose(visit) if one != by)
    for person in told:
        notice = VisitVoidedShared(visit=number, by=by, deed=deed)
        await put(notice, Address(person=person), f"deed:{deed}:void:{person}")
    return VoidKept(deed, told)


async def _standing(model: type[VisitAnswer | Voice], visit: int, **more: bool) -> list[int]:
    rows = await model.filter(visit_id=visit, undone_at__isnull=True, **more).order_by("id")
    return [row.id for row in rows]


async def _put(number: int, parts: dict[str, list[int]], **undone: object) -> None:
    """The visit with what stood of it, off or on again."""
    await Visit.filter(id=number).update(**undone)
    await VisitAnswer.filter(id__in=parts["answers"]).update(**undone)
    await Voice.filter(id__in=parts["voices"]).update(**undone)


async def _whose(visit: Visit) -> list[int]:
    """Who recorded it, and who went along."""
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    return list(dict.fromkeys([visit.recorded_by_id, *(one.person_id for one in went)]))


async def undo_void(deed: Deed) -> Notice:
    """The visit counts again, with all that stood of it; what was said of it is forgotten."""
    assert deed.record_id is not None
    visit = await Visit.select_for_update().get(id=deed.record_id)
    await _put(visit.id, deed.details, undone_at=None)
    await match_anew(visit.id)
    await Correction.filter(id__in=deed.details["corrections"]).delete()
    told = tuple(one for one in await _whose(visit) if one != deed.person_id)
    for person in told:
        notice = VisitUndoneShared(visit=visit.id, by=deed.person_id, what="void")
        await put(notice, Address(person=person), f"deed:{deed.id}:undone:{person}")
    return VisitUndone(visit=visit.id, void=True, told=told)
