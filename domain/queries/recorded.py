"""What each person recorded on a day, counted, so that they see whether something is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from domain.models import Problem, Talk, Visit
from domain.rules.calendar import at_hour


@dataclass(frozen=True)
class Recorded:
    """How many of each: visits, talks, and problems that came by another way than a visit."""

    visits: int = 0
    talks: int = 0
    problems: int = 0


async def recorded_on(day: date) -> Mapping[int, Recorded]:
    """By person, in three statements; nobody who recorded nothing."""
    since, until = at_hour(day, time()), at_hour(day + timedelta(days=1), time())
    on = {"recorded_at__gte": since, "recorded_at__lt": until}
    visits = await _counted(Visit.filter(**on))
    talks = await _counted(Talk.filter(**on))
    # A visit's are in the visit's own receipt, and would be counted twice.
    problems = await _counted(Problem.filter(**on).exclude(source="visit"))
    people = sorted({*visits, *talks, *problems})
    return {one: Recorded(visits[one], talks[one], problems[one]) for one in people}


async def _counted(rows: Any) -> Counter[int]:
    return Counter([int(row) for row in await rows.values_list("recorded_by_id", flat=True)])
