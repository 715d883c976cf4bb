"""What was done about a problem: whoever recorded it is asked to tell the family."""

from __future__ import annotations

from collections.abc import Mapping

from domain.actions.claiming import take
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import receipt, tell, tell_of
from domain.notices.problems import ProblemMoved, ProblemNews
from domain.records import now

# By each who is to tell a family: the voices that are theirs to tell.
Tellers = Mapping[int, tuple[int, ...]]


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
    told: tuple[int, ...] = ()
    for person, voices in tellers.items():
        news = ProblemNews(
            problem=number, move="solve", event=event, by=by, to_do="tell", voices=voices
        )
        told += await tell_of(news, (person,))
    others = (problem.responsible_id, problem.handed_to_id, problem.recorded_by_id)
    told += await tell(problem, "solve", event, by, [one for one in others if one not in tellers])
    return receipt(problem, "solve", event, by, told)
