"""What was put right, and what can't be, filled in for its reader."""

from __future__ import annotations

from datetime import date

from domain.models import Correction, Deed, Visit, Visitor
from domain.notices import fixing, views, views_fixing
from domain.notices.views import Child, View
from domain.queries.filling import base
from domain.queries.filling_visits import visit_seen
from domain.queries.people import reached
from domain.queries.scope import Eyes

_PEOPLE = ("teacher", "companions")


async def visit_fixed(notice: fixing.VisitFixed, eyes: Eyes) -> View:
    return await visit_seen(
        notice,
        eyes,
        notice.visit,
        deed=notice.deed,
        changes=await _changes(notice.deed, eyes),
        coverage=await eyes.covered(notice.coverage),
        told=await eyes.people(await reached(notice.told)),
    )


async def visit_fixed_shared(notice: fixing.VisitFixedShared, eyes: Eyes) -> View:
    changes = await _changes(notice.deed, eyes)
    by = await eyes.person(notice.by)
    return await visit_seen(notice, eyes, notice.visit, deed=notice.deed, changes=changes, by=by)


async def visit_voided(notice: fixing.VisitVoided, eyes: Eyes) -> View:
    return await visit_seen(
        notice,
        eyes,
        notice.visit,
        deed=notice.deed,
        grounds=True,
        coverage=await eyes.covered(notice.coverage),
        told=await eyes.people(await reached(notice.told)),
    )


async def visit_voided_shared(notice: fixing.VisitVoidedShared, eyes: Eyes) -> View:
    by = await eyes.person(notice.by)
    return await visit_seen(notice, eyes, notice.visit, deed=notice.deed, grounds=True, by=by)


async def _changes(number: int, eyes: Eyes) -> tuple[views.CorrectionSeen, ...]:
    """What a correction changed; the class goes with the child, and a text is not said again."""
    deed = await Deed.get(id=number)
    own = await _own(deed, eyes)
    rows = Correction.filter(id__in=deed.details["corrections"]).exclude(column="class_")
    return tuple(
        [
            views.CorrectionSeen(
                column=row.column,
                before=await _value(row.column, row.before, eyes, own=own),
                after=await _value(row.column, row.after, eyes, own=own),
            )
            for row in await rows.order_by("id")
        ]
    )


async def _own(deed: Deed, eyes: Eyes) -> bool:
    """Whether the reader recorded the visit or went along: then both children were told them."""
    if eyes.standing is None:
        return False
    reader = eyes.standing.person
    if await Visitor.filter(visit_id=deed.record_id, person_id=reader).exists():
        return True
    return await Visit.filter(id=deed.record_id, recorded_by_id=reader).exists()


async def _value(
    column: str, code: str | None, eyes: Eyes, *, own: bool
) -> str | date | Child | None:
    if code is None:
        return None
    if column == "student":
        return await eyes.child(int(code), own=own)
    if column in _PEOPLE:
        return await eyes.person(int(code))
    return date.fromisoformat(code) if column == "day" else code


async def fix_asked(notice: fixing.FixAsked, eyes: Eyes) -> View:
    return await visit_seen(notice, eyes, notice.visit)


async def refused(notice: fixing.FixChangesNothing | fixing.WordsStay, eyes: Eyes) -> View:
    return views_fixing.FixRefusedSeen(**await base(notice, eyes), visit=notice.visit)


async def not_in_this_visit(notice: fixing.NotInThisVisit, eyes: Eyes) -> View:
    return views_fixing.FixRefusedSeen(
        **await base(notice, eyes), visit=notice.visit, fields=notice.fields
    )
