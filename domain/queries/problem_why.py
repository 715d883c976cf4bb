"""Why the days of a problem are the days they are, from what happened to it."""

from __future__ import annotations

from datetime import date

from domain.house import house
from domain.models import Approval, Problem
from domain.queries.problem_story import NextStep
from domain.queries.problem_times import times_of
from domain.rules.calendar import school_day
from domain.rules.why import Extension, Next, Seen, Why, why_days


async def why_of(row: Problem, coming: NextStep | None, today: date) -> tuple[Why, ...]:
    """What there is to explain of its days and of the next step, as they are seen today."""
    seen = Seen(
        (await times_of([row]))[row.id],
        row.heard_on,
        today,
        await _extensions(row.id),
        Next(coming.coming, school_day(coming.at)) if coming else None,
    )
    return why_days(seen, house().plan)


async def _extensions(problem: int) -> tuple[Extension, ...]:
    agreed = Approval.filter(problem_id=problem, kind="extend", yes=True)
    return tuple(
        Extension(int(one.details["days"]), one.decided_by_id, school_day(one.decided_at))
        for one in await agreed.order_by("decided_at", "id")
        if one.decided_at is not None
    )
