"""/split: what was merged is taken apart again, exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.turn import Told, Turn
from commands.whose_move import only_within
from domain.actions.merging import split

COMMAND = Command("split", (Action("split", (Field("problem", "problem", required=True),)),))


async def answer(turn: Turn) -> Sequence[Told]:
    """Who may merge may also take apart."""
    problem = await the_problem(turn)
    only_within(turn, problem, "split")
    receipt = await split(problem.id, turn.asker.person)
    return [Told(replace(receipt, understood=turn.understood()))]
