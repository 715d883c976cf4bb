"""What happened to problems so far, as far as their next reminders depend on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from domain.models import Approval, Problem, ProblemEvent
from domain.rules.problem_states import State
from domain.rules.rung_times import Times

# Moves after which it is worked on again, from whatever state it was in.
_RESUMES = ("return", "split", "reopen", "keep")
_RUNG = "rung"


async def times_of(rows: Iterable[Problem]) -> dict[int, Times]:
    """By the problem's number, in two statements for all of them."""
    problems = list(rows)
    ids = [row.id for row in problems]
    kinds = (*_RESUMES, "claim", "park", "alert", "refer", _RUNG)
    events: dict[int, list[ProblemEvent]] = {number: [] for number in ids}
    for event in await ProblemEvent.filter(problem_id__in=ids, kind__in=kinds).order_by("id"):
        events[event.problem_id].append(event)
    asked: dict[int, datetime] = {}
    waiting = Approval.filter(problem_id__in=ids, decided_at__isnull=True)
    for approval in await waiting.order_by("-asked_at", "-id"):
        asked[approval.problem_id] = approval.asked_at
    return {row.id: _times(row, events[row.id], asked.get(row.id)) for row in problems}


def _times(row: Problem, events: list[ProblemEvent], asked_at: datetime | None) -> Times:
    return Times(
        state=cast("State", row.state),
        started_on=row.started_on,
        due=row.due_at,
        listed_at=row.recorded_at,
        resumed_at=_resumed(events),
        classified=row.category is not None,
        alerted_at=next((one.at for one in events if one.kind == "alert"), None),
        claimed_at=row.claimed_at,
        touched_at=row.touched_at,
        asked_still_at=row.asked_still_at,
        solved_at=row.solved_at,
        referred_at=next((one.at for one in reversed(events) if one.kind == "refer"), None),
        review_on=row.review_on,
        approval_asked_at=asked_at,
        reopened_at=row.reopened_at,
        fired={str(one.details["rung"]): one.at for one in events if one.kind == _RUNG},
    )


def _resumed(events: list[ProblemEvent]) -> datetime | None:
    """When it last came back to be worked on; a claim does that to a parked one."""
    found, parked = None, False
    for event in events:
        if event.kind in _RESUMES or (event.kind == "claim" and parked):
            found = event.at
        parked = event.kind == "park" or (parked and event.kind == _RUNG)
    return found
