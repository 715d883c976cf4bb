"""A problem goes back on the list, to the department whose it is instead; its clock goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actions.approval_outcomes import returned
from domain.actions.approvals import Request, ask
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import make_privy, receipt, tell
from domain.models import Problem
from domain.notices.problems import ProblemMoved


@dataclass(frozen=True)
class Return:
    """To which department (a unit's id) and why; `leader` is who answers for it there.

    `watching` are others who hear of it, `decides` whoever says whose it is once it was returned.
    """

    department: int
    grounds: str
    leader: int | None
    watching: tuple[int | None, ...] = ()
    decides: int | None = None


async def give_back(number: int, by: int, what: Return) -> ProblemMoved:
    """Back on the list, where it waits for the claim of whose it is instead.

    Of one that was returned before it is asked above whose it is, and it stays where it is so long.
    """
    problem = await held(number)
    if problem.returned and what.decides is not None:
        details = {"department": what.department}
        request = Request("return", by, what.decides, what.grounds, details)
        return (await ask(problem, request)).receipt
    return await _back_on_list(problem, by, what)


async def _back_on_list(problem: Problem, by: int, what: Return) -> ProblemMoved:
    had = (problem.responsible_id, problem.handed_to_id)
    event = await move(
        problem,
        Step("return", by, what.grounds),
        details={
            "department": what.department,
            "before": problem.department_id,
            "from": problem.responsible_id,
        },
        **returned(problem, what.department),
    )
    if what.leader is not None:
        await make_privy(problem, what.leader, "returned")
    told = await tell(problem, "return", event, by, (what.leader,), to_do="claim")
    told += await tell(problem, "return", event, by, _others(told, had), to_do="nothing")
    told += await tell(problem, "return", event, by, _others(told, what.watching))
    return receipt(problem, "return", event, by, told)


def _others(told: Iterable[int], people: Iterable[int | None]) -> tuple[int | None, ...]:
    return tuple(one for one in people if one not in set(told))
