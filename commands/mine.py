"""/mine: who answers for a problem says that it is still theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.turn import Told, Turn
from commands.whose_move import only_for
from domain.actions.in_hand import still_at_it

COMMAND = Command("mine", (Action("still", (Field("problem", "problem", required=True),)),))


async def answer(turn: Turn) -> Sequence[Told]:
    """Nobody need ask again for a while."""
    problem = await the_problem(turn)
    only_for(turn, problem, "still", problem.responsible)
    receipt = await still_at_it(problem.id, turn.asker.person)
    return [Told(replace(receipt, understood=turn.understood()))]
