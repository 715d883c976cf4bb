"""/issue 57: the story of a problem, what comes next, when, and to whom."""

from __future__ import annotations

from collections.abc import Sequence

from commands.pages import next_page, with_more
from commands.problem_numbers import the_problem
from commands.turn import Told, Turn
from domain.notices.problems_story import ProblemStory
from domain.queries.problem_story import steps_of

# The newest steps, as many as fit on a phone.
_STEPS = 6


async def answer(turn: Turn) -> Sequence[Told]:
    """The newest steps first; 更多 shows those before."""
    problem = await the_problem(turn)
    skipped = next_page(turn, _STEPS)
    steps = await steps_of(problem.id)
    story = ProblemStory(
        problem=problem.id,
        steps=steps[skipped : skipped + _STEPS],
        earlier=max(0, len(steps) - skipped - _STEPS),
        first=skipped == 0,
        understood=turn.understood(),
    )
    if story.earlier:
        raise with_more(story)
    return [Told(story)]
