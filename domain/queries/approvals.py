"""What waits for somebody's yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from domain.house import house
from domain.models import Approval, Problem
from domain.queries.problems import ProblemFound, found
from domain.rules.approvals import Kind
from domain.rules.extending import Left, left
from domain.rules.policy import Standing
from domain.rules.problem_sight import acts_for


@dataclass(frozen=True)
class ApprovalFound:
    """What somebody is asked, as ids and codes, with the problem that it is about."""

    id: int
    kind: Kind
    asked_by: int | None
    asked_of: int
    details: dict[str, Any]
    problem: ProblemFound


async def pending_for(standing: Standing) -> tuple[ApprovalFound, ...]:
    """What waits for the person's word, or for that of somebody whom they stand in for.

    Never what they asked themselves, nor what is about a problem that names them.
    """
    rows = Approval.filter(asked_of_id__in=list(acts_for(standing)), decided_at__isnull=True)
    every = await _found(await rows.order_by("id"))
    return tuple(
        one
        for one in every
        if one.asked_by != standing.person and standing.person not in one.problem.sight.barred
    )


async def open_on(problem: int) -> tuple[ApprovalFound, ...]:
    """All that somebody is asked about that problem."""
    rows = Approval.filter(problem_id=problem, decided_at__isnull=True)
    return tuple(await _found(await rows.order_by("id")))


async def _found(rows: list[Approval]) -> list[ApprovalFound]:
    numbers = {row.problem_id for row in rows}
    problems = await found(await Problem.filter(id__in=list(numbers)).order_by("id"))
    by_number = {one.id: one for one in problems}
    return [
        ApprovalFound(
            id=row.id,
            kind=cast("Kind", row.kind),
            asked_by=row.asked_by_id,
            asked_of=row.asked_of_id,
            details=row.details,
            problem=by_number[row.problem_id],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Answered:
    """The last answer to something asked about a problem; `by` is empty for what lapsed."""

    kind: str
    by: int | None
    yes: bool | None


async def last_answered(problem: int, standing: Standing) -> Answered | None:
    """What the person was asked about the problem and needs to answer no more."""
    people = list(acts_for(standing))
    rows = Approval.filter(problem_id=problem, asked_of_id__in=people, decided_at__isnull=False)
    row = await rows.order_by("-decided_at", "-id").first()
    return None if row is None else Answered(row.kind, row.decided_by_id, row.yes)


async def extension_left(problem: int) -> Left:
    """How often and by how much the problem may still be extended."""
    row = await Problem.get(id=problem)
    return left(row.extensions, row.extended_days, house().plan.clock)
