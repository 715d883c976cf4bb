"""What an answer changes of a problem, and whom it concerns, for each kind of approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.actions.problem_news import make_privy, recorded_by
from domain.house import house
from domain.models import Approval, Problem
from domain.notices.problems import ToDo
from domain.records import now
from domain.rules.dues import due

# Sent back: nobody has it until somebody of the other department claims it.
NOBODY_HAS_IT: dict[str, Any] = {
    "responsible_id": None,
    "handed_to_id": None,
    "claimed_at": None,
    "asked_still_at": None,
}


@dataclass(frozen=True)
class Outcome:
    """The columns that change; who is told beside who asked, each with what is theirs to do now.

    `to_do` is what the line is to do about a yes.
    """

    columns: dict[str, Any] = field(default_factory=dict)
    told: tuple[tuple[int | None, ToDo | None], ...] = ()
    to_do: ToDo | None = None


async def outcome_of(approval: Approval, problem: Problem, by: int, *, yes: bool) -> Outcome:
    """What the answer comes to; a no leaves the problem as it is."""
    recorders = _each(await recorded_by(problem))
    theirs = _each((problem.responsible_id,))
    lost = _each((problem.responsible_id, problem.handed_to_id), "nothing")
    if not yes:
        goes_on = _each((problem.responsible_id,), "go_on")
        return Outcome(told=goes_on + recorders if approval.kind == "unagreed" else goes_on)
    if approval.kind == "extend":
        return Outcome(_extended(problem, approval.details["days"]), theirs + recorders)
    if approval.kind == "return":
        columns = returned(problem, approval.details["department"])
        return Outcome(columns, lost + recorders, "claim")
    if approval.kind == "offer":
        return Outcome(await claimed(problem, by), lost + recorders)
    if approval.kind == "unagreed":
        ended = {"ending": "not_agreed", "ended_at": await now()}
        return Outcome(ended, theirs + recorders)
    classified = problem.classified_at or await now()
    columns = {"category": approval.details["category"], "classified_at": classified}
    return Outcome(columns, theirs + recorders, "bureau")


def _each(
    people: Iterable[int | None], to_do: ToDo | None = None
) -> tuple[tuple[int | None, ToDo | None], ...]:
    return tuple((person, to_do) for person in people)


def _extended(problem: Problem, days: int) -> dict[str, Any]:
    """The clock moves by the rule and by nothing else."""
    total = problem.extended_days + days
    return {
        "due_at": due(problem.started_on, house().plan.clock, total),
        "extended_days": total,
        "extensions": problem.extensions + 1,
    }


def returned(problem: Problem, department: int) -> dict[str, Any]:
    """It waits on the list for who answers for that department."""
    return {**NOBODY_HAS_IT, "department_id": department, "returned": problem.returned + 1}


async def claimed(problem: Problem, by: int) -> dict[str, Any]:
    """That person answers for it from now on, and may know of it even when it is a red flag."""
    await make_privy(problem, by, "claimed")
    return {**NOBODY_HAS_IT, "responsible_id": by, "claimed_at": await now(), "review_on": None}
