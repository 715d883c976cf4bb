"""/issue 57: the story of a problem, what comes next, when, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from commands.pages import next_page, with_more
from commands.problem_numbers import the_problem
from commands.turn import Told, Turn
from domain.notices.problems_story import ProblemStory
from domain.queries.problem_story import steps_of
from domain.queries.problems import voices_of

# As many steps as fit on a phone: beside all else, and on a page of their own.
_NEWEST, _STEPS = 2, 5


async def answer(turn: Turn) -> Sequence[Told]:
    """The newest steps first; 更多 shows those before, and what others said of it."""
    problem = await the_problem(turn)
    page = next_page(turn, 1)
    before, shown = (_NEWEST + (page - 1) * _STEPS, _STEPS) if page else (0, _NEWEST)
    steps = (await steps_of(problem.id))[before:]
    story = ProblemStory(
        problem=problem.id,
        steps=steps[:_STEPS],
        earlier=max(0, len(steps) - _STEPS),
        page=page + 1,
        shown=shown,
        understood=turn.understood(),
    )
    if len(steps) > shown or (not page and len(await voices_of(problem.id)) > 1):
        raise with_more(story)
    return [Told(story)]
