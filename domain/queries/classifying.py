"""Which problems wait for a category, and the words by which one is found."""

from __future__ import annotations

from domain.house import house
from domain.models import Problem
from domain.queries.opening import opened
from domain.queries.problems import ProblemFound, found
from domain.queries.scope_problems import voices_with
from domain.rules.policy import Standing, row
from domain.rules.problem_sight import acts_for, reaches_any, sees

# From here on (0 to 1) a suggestion needs no reason.
_LIKELY = 0.5
_AT_WORK = ("listed", "claimed", "assigned")


def may_classify(standing: Standing, problem: ProblemFound) -> bool:
    """Whoever the policy names for where it arose; its recorder as long as nobody has."""
    if not sees(standing, problem.sight):
        return False
    people, sight = acts_for(standing), problem.sight
    if problem.responsible in people or not sight.privy.isdisjoint(people):
        return True
    if reaches_any(standing, row("classify", "set").scopes, sight.places):
        return True
    return problem.recorded_by in people and problem.category is None


async def to_classify(standing: Standing) -> tuple[int, ...]:
    """Those without a category that the person may give one, the oldest first."""
    rows = await Problem.filter(category__isnull=True, state__in=_AT_WORK).order_by("due_at", "id")
    return tuple(one.id for one in await found(list(rows)) if may_classify(standing, one))


async def words_of(problem: int) -> str | None:
    """All that was said, a line for each voice, opened in memory for the deed that needs it."""
    words = [opened(one, "words", one.key) for one in await voices_with(problem)]
    return "\n".join(filter(None, words)) or None


async def suggested_for(problem: int) -> tuple[str, ...]:
    """The categories that its words suggest and the plan still has, the likeliest first.

    What no piece of the words speaks for, and is hardly likelier than not, is suggested to nobody.
    """
    row = await Problem.get(id=problem)
    if row.because is None and (not row.suggested or row.suggested[0][1] < _LIKELY):
        return ()
    known = {one.key for one in house().plan.categories}
    return tuple(key for key, _ in row.suggested if key in known)
