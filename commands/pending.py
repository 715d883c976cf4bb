"""Which of all that waits for the asker's word is meant: the only one, one problem's, a choice."""

from __future__ import annotations

from commands.parsing.record_numbers import problem_numbers
from commands.problem_numbers import seen_problem
from commands.turn import Question, Turn
from domain.errors import Refusal
from domain.notices.problems import NotYourMove
from domain.notices.problems_agreeing import ApprovalOver, ApprovalsPending, NothingToDecide
from domain.notices.values import FieldSaid, Option
from domain.queries.approvals import ApprovalFound, last_answered, open_on, pending_for


async def the_pending(turn: Turn) -> ApprovalFound:
    """The one that is meant; refused when nothing waits for the asker, or not about that one."""
    pending = await pending_for(turn.asker.standing)
    said = problem_numbers(turn.last("problem") or "")
    if said:
        turn.settle(FieldSaid("problem", "plain", said[0]))
        pending = tuple(one for one in pending if one.problem.id == said[0])
    picked = turn.pick("problem")
    if picked is not None:
        pending = tuple(one for one in pending if one.id == picked)
    if len(pending) == 1:
        turn.settle(FieldSaid("problem", "plain", pending[0].problem.id))
        return pending[0]
    if pending:
        options = tuple(Option("approval", one.id) for one in pending)
        ids = tuple(one.id for one in pending)
        notice = ApprovalsPending(approvals=ids, understood=turn.understood())
        # That there is a red flag is nothing for a group.
        alone = any(one.problem.red_flag for one in pending)
        raise Question(notice, "problem", options, private=alone)
    raise await _nothing(turn, said[0] if said else None)


async def _nothing(turn: Turn, number: int | None) -> Refusal:
    """Why there is nothing for the asker to decide, and who decides instead."""
    understood = turn.understood()
    if number is None:
        return Refusal(NothingToDecide(understood=understood))
    problem = await seen_problem(turn, number)
    people = tuple(dict.fromkeys(one.asked_of for one in await open_on(problem.id)))
    if people:
        notice = NotYourMove(problem=number, move="decide", people=people, understood=understood)
        return Refusal(notice)
    over = await last_answered(problem.id, turn.asker.standing)
    if over is None:
        return Refusal(NothingToDecide(problem=number, understood=understood))
    return Refusal(
        ApprovalOver(
            problem=number, kind=over.kind, by=over.by, yes=over.yes, understood=understood
        )
    )
