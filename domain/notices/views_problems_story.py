"""The story of a problem as one reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.notices.views import UnitName, View
from domain.notices.views_problems import CategoryName, ProblemLine


@dataclass(frozen=True, kw_only=True)
class StepSeen:
    """One step: which move, when, by whom (None: by itself), what was said with it.

    `about` are codes and counts of it: satisfaction, undone, into, days, rung, what; `left` is
    how many days were left, of a reminder before due.
    """

    move: str
    at: datetime
    by: str | None
    text: str | None
    given_to: str | None = None
    department: UnitName | None = None
    category: CategoryName | None = None
    about: Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class WordsSeen:
    """What one voice said, by its number, and what it said to what was done.

    `whose` is who spoke, for who may know that.
    """

    place: int
    words: str | None
    satisfaction: str | None
    whose: str | None = None


@dataclass(frozen=True, kw_only=True)
class SuggestedSeen:
    """A category that was suggested, as long as none is settled, from 0 to 1."""

    category: CategoryName
    confidence: float


@dataclass(frozen=True, kw_only=True)
class WhySeen:
    """A reason for one of its days, by the codes of rules/why.py.

    It is about `day`. `rest` is a holiday's code or "weekend", `meant` the day on which nobody
    works, from which a reminder was moved, `by` who agreed to so many `days` more.
    """

    code: str
    day: date
    days: int = 0
    by: str | None = None
    rest: str | None = None
    meant: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemStorySeen(View):
    """ProblemStory: all that the reader may know; there is no `line` for who may know nothing.

    `next_at` is when something happens if nobody does anything (`next_rung`, a key of the
    plan's rungs), and `next_to` whom it then goes to; `next_left` is how many days are left then,
    of a reminder before due. `why` explains the days. `merged` were merged into it. Of the events
    as many as are `shown` stand on the page before 更多.
    """

    problem: int
    line: ProblemLine | None
    state: str | None = None
    category: CategoryName | None = None
    suggested: tuple[SuggestedSeen, ...] = ()
    responsible: str | None = None
    handed_to: str | None = None
    summary: str | None = None
    words: tuple[WordsSeen, ...] = ()
    day_of: int | None = None
    due: datetime | None = None
    next_at: datetime | None = None
    next_to: tuple[str, ...] = ()
    next_rung: str | None = None
    next_left: int | None = None
    why: tuple[WhySeen, ...] = ()
    events: tuple[StepSeen, ...] = ()
    earlier: int = 0
    page: int = 1
    shown: int = 2
    merged: tuple[int, ...] = ()
    dissatisfied: int = 0

    @property
    def first(self) -> bool:
        """Whether it is the page with the newest steps."""
        return self.page == 1
