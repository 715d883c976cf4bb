"""What somebody was asked about a problem needs no answer once the problem has moved on."""

from __future__ import annotations

from typing import cast

from domain.clock import now
from domain.models import Approval, Problem
from domain.rules.approvals import Kind, stands
from domain.rules.problem_states import State


async def lapse(problem: Problem) -> None:
    """Those open approvals are over, unanswered, which could not be carried out any more."""
    state = cast("State", problem.state)
    for row in await Approval.filter(problem_id=problem.id, decided_at__isnull=True).order_by("id"):
        if not stands(cast("Kind", row.kind), state):
            await Approval.filter(id=row.id, decided_at__isnull=True).update(decided_at=await now())
