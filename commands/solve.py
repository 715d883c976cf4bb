"""/solve: what was done about a problem, in the words of who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from commands.whose_move import only_for
from domain.actions.solving import solve
from domain.notices.values import FieldSaid
from domain.queries.answering_for import who_answers
from domain.queries.problem_people import tellers_of
from domain.queries.problems import ProblemFound
from domain.rules.policy import may

COMMAND = Command(
    "solve",
    (
        Action(
            "solve",
            (Field("problem", "problem", required=True), Field("done", "text", required=True)),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Who answers for it or works on it; the line leader takes a listed one in the same breath."""
    problem = await the_problem(turn)
    claiming = await _theirs_to_claim(turn, problem)
    if not claiming:
        only_for(turn, problem, "solve", problem.responsible, problem.handed_to)
    done = turn.text("done")
    if done is None:
        raise ask_for(turn, "done", private=True)
    turn.settle(FieldSaid("done", "recorded"))
    tellers = await tellers_of(problem, turn.today)
    receipt = await solve(problem.id, turn.asker.person, done, tellers, claiming=claiming)
    return [Told(replace(receipt, understood=turn.understood()))]


async def _theirs_to_claim(turn: Turn, problem: ProblemFound) -> bool:
    """Whether it waits for the asker's claim, who is a leader."""
    leads = may(turn.asker.standing, "claim", "take")
    if problem.state != "listed" or problem.red_flag or not leads:
        return False
    return (await who_answers(problem, turn.today)).person == turn.asker.person
