"""What was done about a problem: whoever recorded it is asked to tell the family."""

from __future__ import annotations

from domain.actions.claiming import take
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import receipt
from domain.actions.tellers import Tellers, tell_tellers
from domain.notices.problems import ProblemMoved
from domain.records import now


async def solve(
    number: int, by: int, done: str, tellers: Tellers, *, claiming: bool = False
) -> ProblemMoved:
    """Solved: `done` is kept byte for byte; the tellers get at once what to tell whom.

    `claiming`: the one who answers for it takes it and solves it in one go.
    """
    problem = await held(number)
    if claiming and problem.state == "listed":
        await take(problem, by)
    event = await move(problem, Step("solve", by, done), details={}, solved_at=await now())
    told = await tell_tellers(problem, "solve", event, by, tellers)
    return receipt(problem, "solve", event, by, told)
