"""/withdraw: a problem that was entered by mistake is taken off the list, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.declarations import Action, Command, Field
from commands.problem_numbers import the_problem
from commands.settling import ask_for
from commands.turn import Told, Turn
from commands.whose_move import only_roles
from domain.actions.setting_aside import withdraw
from domain.errors import Refusal
from domain.notices.values import FieldSaid
from domain.queries.answering_for import liaison_of, who_answers
from domain.queries.problems import ProblemFound
from domain.rules.policy import row
from domain.rules.problem_sight import acts_for, reaches_any

COMMAND = Command(
    "withdraw",
    (
        Action(
            "withdraw",
            (Field("problem", "problem", required=True), Field("why", "text", required=True)),
        ),
    ),
    # Why something is done, and no family's words.
    open_texts=True,
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Whoever recorded it, the liaison there, or the office; never a red flag's recorder alone."""
    problem = await the_problem(turn)
    _check(turn, problem)
    why = turn.text("why")
    if why is None:
        raise ask_for(turn, "why", private=True)
    turn.settle(FieldSaid("why", "recorded"))
    line = await _line(turn, problem)
    receipt = await withdraw(problem.id, turn.asker.person, why, line)
    return [Told(replace(receipt, understood=turn.understood()))]


def _check(turn: Turn, problem: ProblemFound) -> None:
    standing = turn.asker.standing
    mine = acts_for(standing)
    if problem.red_flag:
        # Whoever reported a danger may be pressed to unsay it: that takes somebody who looked.
        if problem.responsible not in mine and "head" not in standing.roles:
            raise Refusal(only_roles(turn, problem, "withdraw", "head"))
        return
    scopes = row("withdraw", "withdraw").scopes
    if problem.recorded_by not in mine and not reaches_any(standing, scopes, problem.sight.places):
        raise Refusal(
            only_roles(turn, replace(problem, responsible=None), "withdraw", "liaison", "office")
        )


async def _line(turn: Turn, problem: ProblemFound) -> tuple[int, ...]:
    """Those who wait for it: who would have to claim it, and the liaison; a red flag's alerted."""
    if problem.red_flag:
        return tuple(sorted(problem.sight.privy))
    answers = await who_answers(problem, turn.today)
    people = (answers.person, *answers.along, await liaison_of(problem, turn.today))
    return tuple(person for person in people if person is not None)
