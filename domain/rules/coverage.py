"""Which share of the families has been seen, and where the pace leads.

Counted from visits, so that an edit never counts twice. Unique families: a visit counts for
the class of each sibling, and once for the grade and the school.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from domain.notices.values import Count, Forecast

# Seen face to face. Phone and WeChat are heard too, and are shown apart (as refusals are).
SEEN_METHODS = ("home", "school", "video")

Heard = Literal["visited", "by_phone", "refused"]


@dataclass(frozen=True)
class FamilyRecord:
    """A family and what its visits come to.

    `heard` and `first` (the first day it was seen) are of this campaign; `last` is the last
    day it was ever seen, None if never.
    """

    family: int
    joined_on: date
    special: bool
    heard: Heard | None
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Measure:
    """The plan's numbers: the day it is, the campaign's first day and the last for visits.

    `minimum` is a share from 0 to 1 that must be passed; `special_days` and `term_years` are
    how often a special family, and any family, is to be seen; `window` the days over which
    the pace is taken.
    """

    today: date
    start: date
    end: date
    minimum: float | None
    special_days: int
    term_years: int
    window: int


def count_of(families: Iterable[FamilyRecord], measure: Measure) -> Count:
    """What the families of a unit come to."""
    records = tuple(families)
    visited = [family for family in records if family.heard == "visited"]
    return Count(
        families=len(records),
        visited=len(visited),
        refused=sum(family.heard == "refused" for family in records),
        by_phone=sum(family.heard == "by_phone" for family in records),
        minimum=measure.minimum,
        forecast=_forecast(len(records), visited, measure),
        special=sum(family.special for family in records),
        special_due=sum(
            special_due(family, measure) < measure.today for family in records if family.special
        ),
        never=sum(family.last is None for family in records),
        term_over=sum(term_end(family, measure) < measure.today for family in records),
    )


def special_due(family: FamilyRecord, measure: Measure) -> date:
    """The day by which a special family is to be seen again (the plan: more often).

    One that was never seen is not late from before the campaign began to ask for it.
    """
    since = family.last or max(family.joined_on, measure.start)
    return since + timedelta(days=measure.special_days)


def term_end(family: FamilyRecord, measure: Measure) -> date:
    """The day by which any family is to be seen: its own three years (the plan, 家访)."""
    since = family.last or family.joined_on
    try:
        return since.replace(year=since.year + measure.term_years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + measure.term_years, day=28)


def passes(visited: int, families: int, minimum: float | None) -> bool:
    """Whether the share is strictly above the minimum; never when none is set."""
    return minimum is not None and families > 0 and visited > _exact(minimum) * families


def _exact(share: float) -> Fraction:
    """The share as the plan writes it: 0.29 of 100 is 29, not a hair less."""
    return Fraction(str(share))


def _forecast(total: int, visited: list[FamilyRecord], measure: Measure) -> Forecast | None:
    """Where the pace of the last `window` days leads by the last day for visits.

    None before the campaign has begun, after that day, and for a unit without families.
    """
    days_left = (measure.end - measure.today).days
    days_gone = (measure.today - measure.start).days + 1
    if total == 0 or days_gone < 1 or days_left < 1:
        return None
    days = min(measure.window, days_gone)
    since = measure.today - timedelta(days=days - 1)
    seen = sum(family.first is not None and family.first >= since for family in visited)
    pace = seen / days
    return Forecast(
        share=min(1.0, (len(visited) + pace * days_left) / total),
        by=measure.end,
        seen=seen,
        days=days,
        per_week=pace * 7,
        needed_per_week=_needed(total, len(visited), pace, days_left, measure.minimum),
    )


def _needed(
    total: int, visited: int, pace: float, days_left: int, minimum: float | None
) -> int | None:
    """How many more families a week than now would pass the minimum in time."""
    if minimum is None or passes(visited, total, minimum):
        return None
    # The least number of families that is strictly above the minimum.
    wanted = math.floor(_exact(minimum) * total) + 1
    more = ((wanted - visited) / days_left - pace) * 7
    return math.ceil(more - 1e-9) if more > 1e-9 else None
