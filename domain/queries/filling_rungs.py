"""Reminders and escalations, filled in for their reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any

from domain.house import house
from domain.models import ProblemEvent
from domain.notices import bundles, rungs, views_rungs
from domain.notices.base import Notice
from domain.notices.views import View
from domain.notices.views_problems import ProblemLine
from domain.queries.filling import base
from domain.queries.scope import Eyes
from domain.queries.scope_problems import problem_lines
from domain.rules.calendar import school_day
from domain.rules.dues import day_of
from domain.rules.rungs import rung_of

_GAPS = frozenset({"nobody", "away", "no_account"})

Fill = Callable[[Notice, Eyes], Awaitable[View]]


async def nobody(notice: rungs.NobodyToTell, eyes: Eyes) -> View:
    """The number alone: who mends the roster may know nothing of the problem."""
    return views_rungs.RungFiredSeen(**await base(notice, eyes), problem=notice.problem)


async def fired(notice: rungs.RungFired | rungs.RedFlagUnclaimed, eyes: Eyes) -> View:
    """The rung as it fired; what the problem is called is as it is now."""
    lines = await problem_lines(eyes, (notice.problem,))
    return views_rungs.RungFiredSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        **await _seen(notice.event, lines[0], eyes) if lines else {},
    )


async def _seen(event: int, line: ProblemLine, eyes: Eyes) -> dict[str, Any]:
    row = await ProblemEvent.get(id=event).prefetch_related("problem")
    said, me = row.details, eyes.standing.person if eyes.standing else None
    # As it was when it fired, whenever it is read: a reminder doesn't grow older.
    due, day = datetime.fromisoformat(said["due"]), school_day(row.at)
    return {
        "line": line,
        "due": due,
        "day_of": day_of(row.problem.started_on, day, house().plan.clock),
        "rung": said["rung"],
        "ladder": _ladder(said["rung"]),
        "days_left": (due.date() - day).days,
        "mine": me in said["to"],
        "responsible": me is not None and me == row.problem.responsible_id,
        "to": await eyes.people(said["to"]),
        "passed_over": await _passed(said["passed_over"], eyes),
    }


def _ladder(rung: str) -> str:
    """The ladder of a rung; empty for one that the plan has no more."""
    try:
        return rung_of(house().plan, rung).ladder
    except KeyError:
        return ""


async def _passed(
    rows: Iterable[dict[str, Any]], eyes: Eyes
) -> tuple[views_rungs.PassedOverSeen, ...]:
    """Whom a gap in the roster kept from being told; whose part in it did is nobody's business."""
    return tuple(
        [
            views_rungs.PassedOverSeen(
                role=one["role"], person=await eyes.person(one["person"]), why=one["why"]
            )
            for one in rows
            if one["why"] in _GAPS
        ]
    )


def bundle_filled(fill: Fill) -> Callable[[bundles.ReminderBundle, Eyes], Awaitable[View]]:
    """Fills a bundle by filling each thing in it with `fill`."""

    async def filled(notice: bundles.ReminderBundle, eyes: Eyes) -> View:
        items = tuple([await fill(item.told(), eyes) for item in notice.items])
        return views_rungs.ReminderBundleSeen(**await base(notice, eyes), items=items)

    return filled
