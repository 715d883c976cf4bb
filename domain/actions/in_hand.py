"""What those who work on a problem do with it: note how far it is."""

from __future__ import annotations

from domain.actions.moving import Step, held, move
from domain.actions.problem_news import tell
from domain.notices.problems import ProblemMoved


async def note_progress(number: int, by: int, text: str) -> ProblemMoved:
    """Note it; the other one of who answers for it and who works on it is told."""
    problem = await held(number)
    event = await move(problem, Step("note", by, text), details={})
    told = await tell(problem, "note", event, by, (problem.responsible_id, problem.handed_to_id))
    return ProblemMoved(problem=number, move="note", event=event, by=by, told=told)
