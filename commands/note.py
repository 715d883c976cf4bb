"""/note: how far one is with a problem, for all who follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from commands.whose_move import only_for
from domain.actions.in_hand import note_progress
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
    only_for(turn, problem, "note", problem.responsible, problem.handed_to)
    text = turn.text("text")
    if text is None:
        # What is being done about a child is not asked in a group.
        raise ask_for(turn, "text", private=True)
    turn.settle(FieldSaid("text", "recorded"))
    receipt = await note_progress(problem.id, turn.asker.person, text)
    return [Told(replace(receipt, understood=turn.understood()))]
