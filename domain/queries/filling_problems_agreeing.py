"""What somebody is asked to agree to, filled in for its reader."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.house import SCHOOL_TIME, house
from domain.models import Approval, Problem
from domain.notices import problems_agreeing as notices
from domain.notices.problems import Ruling
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.notices.views_problems import RulingSeen
from domain.notices.views_problems_agreeing import (
    ApprovalAskedSeen,
    ApprovalRefusedSeen,
    ApprovalsPendingSeen,
    BureauCategoryAskedSeen,
    ExtensionRefusedSeen,
    PendingSeen,
)
from domain.queries.filling import base
from domain.queries.opening import opened
from domain.queries.scope import Eyes
from domain.queries.scope_problems import category_name, problem_lines
from domain.rules.dues import due


async def ruling_seen(ruling: Ruling | None, eyes: Eyes) -> RulingSeen | None:
    """What was asked and answered with a move; None for a move that needs nobody's word."""
    if ruling is None:
        return None
    row = await Approval.get(id=ruling.approval)
    return await _ruling(row, ruling.yes, eyes)


async def _ruling(row: Approval, yes: bool | None, eyes: Eyes) -> RulingSeen:
    details: dict[str, Any] = row.details
    department, category = details.get("department"), details.get("category")
    return RulingSeen(
        kind=row.kind,
        yes=yes,
        asked_by=await eyes.person(row.asked_by_id),
        asked_of=await eyes.person(row.asked_of_id),
        days=details.get("days"),
        department=await eyes.unit(UnitRef(unit=department)) if department else None,
        category=category_name(category),
    )


async def asked(notice: notices.ApprovalAsked, eyes: Eyes) -> View:
    row = await Approval.get(id=notice.approval).prefetch_related("key", "problem")
    lines = await problem_lines(eyes, (notice.problem,))
    return ApprovalAskedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        line=lines[0] if lines else None,
        ruling=await _ruling(row, None, eyes),
        reason_given=_reason(row, eyes) if lines else None,
        new_due=_new_due(row, row.problem),
        over=row.decided_at is not None,
    )


def _reason(row: Approval, eyes: Eyes) -> str | None:
    """Why it is asked, one-to-one alone; the reading is logged."""
    reason = opened(row, "reason", row.key) if eyes.private else None
    if reason is not None:
        eyes.note_reading("approval", row.id, "reason")
    return reason


def _new_due(row: Approval, problem: Problem) -> datetime | None:
    days = row.details.get("days")
    if days is None:
        return None
    return due(problem.started_on, house().plan.clock, problem.extended_days + days)


async def pending(notice: notices.ApprovalsPending, eyes: Eyes) -> View:
    """What the reader may decide, in the order in which it was asked; over or not."""
    rows = {row.id: row for row in await Approval.filter(id__in=notice.approvals)}
    seen = [await _pending(rows[one], eyes) for one in notice.approvals]
    return ApprovalsPendingSeen(**await base(notice, eyes), pending=tuple(seen))


async def _pending(row: Approval, eyes: Eyes) -> PendingSeen:
    lines = await problem_lines(eyes, (row.problem_id,))
    ruling = await _ruling(row, None, eyes)
    return PendingSeen(problem=row.problem_id, line=lines[0] if lines else None, ruling=ruling)


async def bureau_category(notice: notices.BureauCategoryAsked, eyes: Eyes) -> View:
    names = [category_name(key) for key in notice.categories]
    categories = tuple(name for name in names if name is not None)
    facts = await base(notice, eyes)
    return BureauCategoryAskedSeen(**facts, problem=notice.problem, categories=categories)


# --- refusals -----------------------------------------------------------------------------


async def waits(notice: notices.ApprovalWaits, eyes: Eyes) -> View:
    person = await eyes.person(notice.of)
    return await _refused(notice, eyes, notice.problem, kind=notice.kind, person=person)


async def over(notice: notices.ApprovalOver, eyes: Eyes) -> View:
    person = await eyes.person(notice.by)
    more = {"kind": notice.kind, "person": person, "yes": notice.yes}
    return await _refused(notice, eyes, notice.problem, **more)


async def cannot_be_asked(notice: notices.CannotBeAsked, eyes: Eyes) -> View:
    return await _refused(notice, eyes, notice.problem, person=await eyes.person(notice.person))


async def nothing(notice: notices.NothingToDecide, eyes: Eyes) -> View:
    return await _refused(notice, eyes, notice.problem)


async def _refused(notice: Any, eyes: Eyes, problem: int | None, **more: Any) -> View:
    return ApprovalRefusedSeen(**await base(notice, eyes), problem=problem, **more)


async def too_long(notice: notices.ExtensionTooLong, eyes: Eyes) -> View:
    return ExtensionRefusedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        days=notice.days,
        times_left=notice.times_left,
        days_left=notice.days_left,
    )


async def too_late(notice: notices.ExtensionTooLate, eyes: Eyes) -> View:
    at = notice.due.astimezone(SCHOOL_TIME)
    return ExtensionRefusedSeen(**await base(notice, eyes), problem=notice.problem, due=at)
