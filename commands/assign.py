"""/assign: who answers for a problem gives the work to a person, and goes on answering for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for, the_person
from commands.turn import Told, Turn
from commands.whose_move import only_for
from domain.actions.in_hand import hand_on
from domain.errors import Refusal
from domain.notices.problems_in_hand import NamedInIt
from domain.notices.values import FieldSaid

COMMAND = Command(
    "assign",
    (
        Action(
            "hand",
            (
                Field("problem", "problem", required=True),
                Field("to", "person", required=True),
                Field("text", "text"),
            ),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """The person is told; whom the words name is given nothing of it."""
    problem = await the_problem(turn)
    only_for(turn, problem, "hand", problem.responsible)
    said = turn.last("to")
    if said is None:
        raise ask_for(turn, "to")
    person = await the_person(turn, "to", said)
    turn.settle(FieldSaid("to", "person", person))
    if person in problem.sight.barred:
        notice = NamedInIt(problem=problem.id, person=person, understood=turn.understood())
        raise Refusal(notice)
    text = turn.text("text")
    if text is not None:
        turn.settle(FieldSaid("text", "recorded"))
    receipt = await hand_on(problem.id, turn.asker.person, person, text)
    return [Told(replace(receipt, understood=turn.understood()))]
