"""What those who work on a problem do: note how far it is, keep it, give the work to another."""

from __future__ import annotations

from domain.actions.moving import Step, held, move
from domain.actions.problem_news import make_privy, receipt, tell
from domain.notices.problems import ProblemMoved


async def note_progress(number: int, by: int, text: str) -> ProblemMoved:
    """Note it; the other one of who answers for it and who works on it is told."""
    problem = await held(number)
    event = await move(problem, Step("note", by, text), details={})
    told = await tell(problem, "note", event, by, (problem.responsible_id, problem.handed_to_id))
    return receipt(problem, "note", event, by, told)


async def still_at_it(number: int, by: int) -> ProblemMoved:
    """Who answers for it says that it is still theirs: nobody need ask any more."""
    problem = await held(number)
    event = await move(problem, Step("still", by), details={}, asked_still_at=None)
    return receipt(problem, "still", event, by)


async def hand_on(number: int, by: int, to: int, text: str | None) -> ProblemMoved:
    """The work goes to a person who is told, who answers for it stays; to oneself: it comes back.

    Whoever had it before hears that they don't any more.
    """
    problem = await held(number)
    before, now_theirs = problem.handed_to_id, to if to != by else None
    details = {"to": now_theirs, "before": before}
    event = await move(problem, Step("hand", by, text), details=details, handed_to_id=now_theirs)
    if now_theirs is not None:
        await make_privy(problem, now_theirs, "working")
    told = await tell(problem, "hand", event, by, (now_theirs,), to_do="work")
    if before != now_theirs:
        told += await tell(problem, "hand", event, by, (before,), to_do="nothing")
    return receipt(problem, "hand", event, by, told)
