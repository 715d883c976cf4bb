"""Asks somebody to agree to something about a problem, and carries out what they say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

from domain.actions.approval_outcomes import Outcome, outcome_of
from domain.actions.moving import Step, elsewhere, held, move
from domain.actions.outbox import Address, put
from domain.actions.problem_news import barred_from, make_privy, tell_of
from domain.actions.sealing import RowKey, new_row_key, row_key, sealed
from domain.errors import Refusal
from domain.models import Approval, Problem
from domain.notices.problems import ProblemMoved, ProblemNews, Ruling
from domain.notices.problems_agreeing import (
    ApprovalAsked,
    ApprovalOver,
    ApprovalWaits,
    CannotBeAsked,
)
from domain.records import now
from domain.rules.approvals import APPROVING, Kind, leads_to, stands
from domain.rules.moves import MoveName
from domain.rules.problem_states import State
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class Request:
    """Who asks whom for what, and why, byte for byte; `details` are days, ids and codes.

    `by` is None for what is asked by itself.
    """

    kind: Kind
    by: int | None
    of: int
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The approval and the step of the story that asks for it; `receipt` is for who asked."""

    approval: int
    event: int
    receipt: ProblemMoved


async def ask(problem: Problem, request: Request) -> Asked:
    """Ask, within a message that holds the problem (`held`); who is asked is told at once.

    Raises Refusal when the same is open already (ApprovalWaits), when that person can't be asked
    (CannotBeAsked), and when the problem isn't where it can be asked (ProblemElsewhere).
    """
    await _check(problem, request)
    row = await _written(problem, request)
    step = Step(APPROVING[request.kind].asks, request.by, request.reason)
    details = {"approval": row.id, "what": request.kind, "of": request.of, **request.details}
    event = await move(problem, step, details=details)
    notice = ApprovalAsked(problem=problem.id, approval=row.id, event=event, by=request.by)
    await put(notice, Address(person=request.of), f"approval:{row.id}:asked:{request.of}")
    receipt = ProblemMoved(
        problem=problem.id,
        move=step.name,
        event=event,
        by=request.by,
        told=(request.of,),
        ruling=Ruling(row.id, request.kind),
    )
    return Asked(row.id, event, receipt)


async def _check(problem: Problem, request: Request) -> None:
    approving, state = APPROVING[request.kind], cast("State", problem.state)
    # Asking for what couldn't be carried out is asking in vain.
    if not (approving.keeps or stands(request.kind, state)):
        raise Refusal(elsewhere(problem, approving.asks))
    waiting = await waits(problem.id, request.kind)
    if waiting is not None:
        raise Refusal(waiting)
    if request.of == request.by or request.of in await barred_from(problem.id):
        raise Refusal(CannotBeAsked(problem=problem.id, person=request.of))


async def waits(problem: int, kind: Kind | None = None) -> ApprovalWaits | None:
    """With whom the open approval lies, of that kind or of any; None when none is open."""
    rows = Approval.filter(problem_id=problem, decided_at__isnull=True)
    rows = rows if kind is None else rows.filter(kind=kind)
    row = await rows.order_by("id").first()
    if row is None:
        return None
    return ApprovalWaits(problem=problem, kind=row.kind, of=row.asked_of_id)


async def _written(problem: Problem, request: Request) -> Approval:
    """The reason is sealed under a key of the approval's own."""
    key, seal = await new_row_key(), new_seal_id()
    return await Approval.create(
        seal=seal,
        key_id=key.id,
        problem_id=problem.id,
        kind=request.kind,
        asked_by_id=request.by,
        asked_at=await now(),
        asked_of_id=request.of,
        state_before=problem.state,
        details=request.details,
        reason=_sealed(request.reason, "reason", seal, key),
    )


def _sealed(text: str | None, column: str, seal: str, key: RowKey) -> Any:
    return sealed(text, Approval, column, seal, key) if text else None


# --- the answer ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """Who says yes or no to what, and why, byte for byte.

    `line` are those who are told of a yes beside who asked and who recorded the problem.
    """

    approval: int
    by: int
    yes: bool
    answer: str | None = None
    line: tuple[int, ...] = ()


async def decide(decision: Decision) -> ProblemMoved:
    """Answer, and make the move that it comes to: of two who answer at once, one wins.

    Whether the person may answer was asked before. Raises Refusal with ApprovalOver when it was
    answered, or needs no answer any more.
    """
    problem = await held((await Approval.get(id=decision.approval)).problem_id)
    row = await _answered(decision)
    kind = cast("Kind", row.kind)
    outcome = await outcome_of(row, problem, decision.by, yes=decision.yes)
    wanted = None
    if APPROVING[kind].keeps and not decision.yes:
        wanted = cast("State", row.state_before)
    step = Step(leads_to(kind, yes=decision.yes), decision.by, decision.answer, wanted)
    details = {"approval": row.id, "what": kind, **row.details}
    event = await move(problem, step, details=details, **outcome.columns)
    return await _told(problem, row, (step.name, event), outcome, decision)


async def _answered(decision: Decision) -> Approval:
    """Take the open approval; the condition stands in the statement itself."""
    row = await Approval.get(id=decision.approval)
    changes: dict[str, Any] = {
        "yes": decision.yes,
        "decided_at": await now(),
        "decided_by_id": decision.by,
    }
    if decision.answer and row.key_id is not None:
        key = await row_key(row.key_id)
        changes["answer"] = _sealed(decision.answer, "answer", row.seal, key)
    if not await Approval.filter(id=row.id, decided_at__isnull=True).update(**changes):
        over = await Approval.get(id=row.id)
        raise Refusal(
            ApprovalOver(
                problem=over.problem_id, kind=over.kind, by=over.decided_by_id, yes=over.yes
            )
        )
    return row


def over(row: Approval) -> ApprovalOver:
    """Who answered it, and what; or that it lapsed."""
    return ApprovalOver(problem=row.problem_id, kind=row.kind, by=row.decided_by_id, yes=row.yes)


async def _told(
    problem: Problem, row: Approval, move_: tuple[MoveName, int], outcome: Outcome, said: Decision
) -> ProblemMoved:
    """Tell whom it concerns; the line hears of a yes alone.

    Of a red flag only those hear who may know of it; sent back, that is who answers for it next.
    """
    name, event = move_
    ruling = Ruling(row.id, row.kind, said.yes)
    news = ProblemNews(problem=problem.id, move=name, event=event, by=said.by, ruling=ruling)
    told: tuple[int, ...] = ()
    for person, to_do in (*outcome.told, (row.asked_by_id, None)):
        if person not in told:
            told += await tell_of(replace(news, to_do=to_do), (person,))
    line = [one for one in said.line if one not in told]
    if said.yes and row.kind == "return":
        for person in said.line:
            await make_privy(problem, person, "returned")
    if said.yes:
        told += await tell_of(replace(news, to_do=outcome.to_do), line)
    return ProblemMoved(
        problem=problem.id,
        move=name,
        event=event,
        by=said.by,
        responsible=problem.responsible_id,
        due=problem.due_at,
        told=told,
        ruling=ruling,
    )
