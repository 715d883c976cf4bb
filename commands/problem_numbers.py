"""Problems that were said by their numbers, when the asker may know of them."""

from __future__ import annotations

from commands.parsing.record_numbers import problem_numbers
from commands.settling import ask_for
from commands.turn import Turn
from domain.errors import Refusal
from domain.notices.problems import ProblemUnknown
from domain.notices.values import FieldSaid
from domain.queries.problems import ProblemFound, problem_of
from domain.rules.problem_sight import sees


async def the_problem(turn: Turn, field: str = "problem") -> ProblemFound:
    """The problem; for who may not know of it there is no such number."""
    numbers = problem_numbers(turn.last(field) or "")
    if len(numbers) != 1:
        raise ask_for(turn, field)
    turn.settle(FieldSaid(field, "plain", numbers[0]))
    return await seen_problem(turn, numbers[0])


async def seen_problem(turn: Turn, number: int) -> ProblemFound:
    """The problem of that number, if the asker may know of it."""
    problem = await problem_of(number)
    if problem is None or not sees(turn.asker.standing, problem.sight):
        raise Refusal(unknown(turn, number))
    return problem


def unknown(turn: Turn, number: int) -> ProblemUnknown:
    """No such number for this person."""
    return ProblemUnknown(number=number, understood=turn.understood())
