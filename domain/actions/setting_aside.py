"""Sets a problem aside until a day on which it is looked at again, or withdraws a mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.actions.merging import none_merged_into
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import receipt, recorded_by, tell
from domain.notices.problems import ProblemMoved
from domain.records import now


@dataclass(frozen=True)
class Parking:
    """Until which of the school's days, and why, byte for byte."""

    by: int
    review_on: date
    reason: str


async def park(number: int, parking: Parking, heads: Iterable[int]) -> ProblemMoved:
    """It can't be solved now: nothing is due until that day, and the heads hear of it."""
    problem = await held(number)
    step = Step("park", parking.by, parking.reason)
    details = {"review": parking.review_on.isoformat()}
    event = await move(problem, step, details=details, review_on=parking.review_on)
    recorders = await recorded_by(problem)
    people = (*heads, problem.responsible_id, problem.handed_to_id, *recorders)
    told = await tell(problem, "park", event, parking.by, people)
    return receipt(problem, "park", event, parking.by, told)


async def withdraw(number: int, by: int, reason: str, line: Iterable[int]) -> ProblemMoved:
    """It was entered by mistake; it stays in the records, and nobody waits for it any more.

    Raises Refusal as long as others are heard with it, who would be lost.
    """
    problem = await held(number)
    await none_merged_into(number)
    people = (problem.responsible_id, problem.handed_to_id, problem.recorded_by_id, *line)
    event = await move(problem, Step("withdraw", by, reason), details={}, ended_at=await now())
    told = await tell(problem, "withdraw", event, by, people)
    return receipt(problem, "withdraw", event, by, told)
