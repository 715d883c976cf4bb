"""/note: how far one is with a problem, for all who follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from domain.actions.in_hand import note_progress
from domain.errors import Refusal
from domain.notices.problems import NotYourMove
from domain.notices.values import FieldSaid

COMMAND = Command(
    "note",
    (
        Action(
            "write",
            (Field("problem", "problem", required=True), Field("text", "text", required=True)),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Write down how far it is; whoever answers for it or works on it."""
    problem = await the_problem(turn)
    by = turn.asker.person
    who = tuple(one for one in (problem.responsible, problem.handed_to) if one is not None)
    if by not in who:
        raise Refusal(
            NotYourMove(
                problem=problem.id,
                move="note",
                people=who,
                roles=() if who else ("leader",),
                understood=turn.understood(),
            )
        )
    text = turn.text("text")
    if text is None:
        # What is being done about a child is not asked in a group.
        raise ask_for(turn, "text", private=True)
    turn.settle(FieldSaid("text", "recorded"))
    receipt = await note_progress(problem.id, by, text)
    return [Told(replace(receipt, understood=turn.understood()))]
