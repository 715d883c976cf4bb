"""/bureau: what the bureau answered to what was referred to it, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from domain.actions.referring import record_answer
from domain.notices.values import FieldSaid
from domain.queries.problem_people import tellers_of

COMMAND = Command(
    "bureau",
    (
        Action(
            "answer",
            (
                Field("problem", "problem", required=True),
                Field("bureau_said", "text", required=True),
            ),
        ),
    ),
    # An official answer, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """The office writes it down as it came; whoever recorded the words tells the families."""
    problem = await the_problem(turn)
    said = turn.text("bureau_said")
    if said is None:
        raise ask_for(turn, "bureau_said", private=True)
    turn.settle(FieldSaid("bureau_said", "recorded"))
    tellers = await tellers_of(problem, turn.today)
    receipt = await record_answer(problem.id, turn.asker.person, said, tellers)
    return [Told(replace(receipt, understood=turn.understood()))]
