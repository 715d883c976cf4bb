"""/approve: yes to what somebody asks about a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.pending import the_pending
from commands.turn import Told, Turn
from domain.actions.approvals import Decision, decide
from domain.notices.values import FieldSaid
from domain.queries.answering_for import who_answers
from domain.queries.approvals import ApprovalFound
from domain.queries.people import holders_of

COMMAND = Command(
    "approve",
    (Action("agree", (Field("problem", "problem"), Field("why", "text"))),),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Agreed, with a word beside it if there is one; whom it concerns is told."""
    approval = await the_pending(turn)
    why = turn.text("why")
    if why is not None:
        turn.settle(FieldSaid("why", "recorded"))
    line = await _line(turn, approval)
    receipt = await decide(
        Decision(approval.id, turn.asker.person, yes=True, answer=why, line=line)
    )
    return [Told(replace(receipt, understood=turn.understood()))]


async def _line(turn: Turn, approval: ApprovalFound) -> tuple[int, ...]:
    """Who hears of it beside who asked and who recorded the problem."""
    problem, day = approval.problem, turn.today
    if approval.kind == "refer":
        return await holders_of("office", day)
    if approval.kind == "return":
        problem = replace(problem, department=approval.details["department"])
    answers = await who_answers(problem, day)
    # A red flag comes to the one who is to claim it, and to nobody beside them.
    people = (answers.person, *(() if problem.red_flag else answers.along))
    return tuple(person for person in people if person is not None)
