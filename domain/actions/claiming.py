"""A leader takes a problem as the one responsible; of two at once one gets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.actions.approval_outcomes import claimed
from domain.actions.approvals import Request, ask
from domain.actions.moving import Step, held, move
from domain.actions.problem_news import knowing, receipt, tell
from domain.models import Problem
from domain.notices.problems import ProblemMoved


async def claim(number: int, by: int, watching: Iterable[int | None]) -> ProblemMoved:
    """Take it; the clock goes on as it was.

    `watching` hear of it: the liaison and the leaders of where it arose and of who answers for
    it. So do its recorder and who had it before; of a red flag those who were alerted, too.
    Raises Refusal when it can't be claimed any more: somebody was quicker.
    """
    problem = await held(number)
    had = (problem.responsible_id, problem.handed_to_id)
    event = await take(problem, by)
    alerted = sorted(await knowing(problem)) if problem.red_flag else []
    told = await tell(problem, "claim", event, by, had, to_do="nothing")
    others = (problem.recorded_by_id, *watching, *alerted)
    told += await tell(problem, "claim", event, by, [one for one in others if one not in told])
    return receipt(problem, "claim", event, by, told)


async def offer_claim(number: int, by: int, to: int) -> ProblemMoved:
    """Somebody else is asked to take it, who accepts by claiming it."""
    return (await ask(await held(number), Request("offer", by, to))).receipt


async def take(problem: Problem, by: int, **more: Any) -> int:
    """The move itself, on a problem that is held; the event's id."""
    details = {"before": problem.responsible_id} if problem.responsible_id else {}
    return await move(
        problem,
        Step("claim", by),
        details=details,
        **await claimed(problem, by),
        **more,
    )
