"""What was taken back, and what can't be, filled in for its reader."""

from __future__ import annotations

from datetime import datetime

from domain.house import SCHOOL_TIME
from domain.notices import undoing, views_undoing
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.filling_visits import is_void, visit_seen
from domain.queries.people import reached
from domain.queries.scope import Eyes
from domain.rules.undoing import UNDO_MINUTES


async def visit_undone(notice: undoing.VisitUndone, eyes: Eyes) -> View:
    told = await eyes.people(await reached(notice.told))
    what = "void" if notice.void else "fix" if notice.fix else "visit"
    return await visit_seen(notice, eyes, notice.visit, added=notice.parts, what=what, told=told)


async def visit_undone_shared(notice: undoing.VisitUndoneShared, eyes: Eyes) -> View:
    by = await eyes.person(notice.by)
    return await visit_seen(notice, eyes, notice.visit, what=notice.what, by=by)


async def deed(notice: undoing.UndoTooLate | undoing.UndoneAlready, eyes: Eyes) -> View:
    return views_undoing.DeedSeen(
        **await base(notice, eyes),
        kind=notice.kind,
        record=notice.record,
        at=_here(notice.at),
        today=eyes.today,
        minutes=UNDO_MINUTES,
    )


async def impossible(notice: undoing.UndoImpossible, eyes: Eyes) -> View:
    return views_undoing.DeedSeen(
        **await base(notice, eyes),
        kind=notice.kind,
        record=notice.record,
        person=await eyes.person(notice.person),
        today=eyes.today,
        minutes=UNDO_MINUTES,
    )


async def nothing(notice: undoing.NothingToUndo, eyes: Eyes) -> View:
    return views_undoing.DeedSeen(
        **await base(notice, eyes), today=eyes.today, minutes=UNDO_MINUTES
    )


async def built_on(notice: undoing.UndoBuiltOn, eyes: Eyes) -> View:
    by = await eyes.people(notice.by)
    return views_undoing.BuiltOnSeen(
        **await base(notice, eyes), visit=notice.visit, by=by, problem=notice.problem
    )


async def visit_taken_back(notice: undoing.VisitTakenBack, eyes: Eyes) -> View:
    return views_undoing.VisitTakenBackSeen(
        **await base(notice, eyes),
        visit=notice.visit,
        at=_here(notice.at),
        today=eyes.today,
        void=await is_void(notice.visit),
    )


def _here(at: datetime | None) -> datetime | None:
    return at.astimezone(SCHOOL_TIME) if at else None
