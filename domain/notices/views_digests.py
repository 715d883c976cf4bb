"""The weekly digest as one reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.notices.digests import MonthUsed, WeekCounts
from domain.notices.views import CoveredSeen, UnitName, View
from domain.notices.views_problems import ProblemLine


@dataclass(frozen=True, kw_only=True)
class NeedSeen:
    """Something that waits for the reader; the line is None for who may not know of it now."""

    problem: int
    why: str
    line: ProblemLine | None = None


@dataclass(frozen=True, kw_only=True)
class WeeklyDigestSeen(View):
    """WeeklyDigest: with names of units and, one-to-one, gists of problems and a few voices.

    `new`, `claimed`, `solved` and `satisfaction` are those of this week; `before` is last week.
    `person` is whose it is when that isn't the reader.
    """

    week: str
    until: date
    units: tuple[UnitName, ...] = ()
    needs: tuple[NeedSeen, ...] = ()
    needs_in_all: int = 0
    new: int = 0
    claimed: int = 0
    solved: int = 0
    due: int = 0
    answered: int = 0
    on_time: int = 0
    repeated: int = 0
    satisfaction: Mapping[str, int]
    before: WeekCounts
    open: int = 0
    overdue: tuple[int, ...] = ()
    overdue_in_all: int = 0
    due_next: tuple[int, ...] = ()
    due_in_all: int = 0
    hidden: int = 0
    coverage: tuple[CoveredSeen, ...] = ()
    seen_before: tuple[int, ...] = ()
    special_due: int = 0
    talks: int = 0
    own_visits: int = 0
    own_talks: int = 0
    voices: tuple[str, ...] = ()
    right: int | None = None
    suggested: int = 0
    months: tuple[MonthUsed, ...] = ()
    so_far: bool = False
    person: str | None = None


@dataclass(frozen=True, kw_only=True)
class DigestUnknownSeen(View):
    """DigestUnknown: which week was asked for, and of whom."""

    week: str | None = None
    person: str | None = None


@dataclass(frozen=True, kw_only=True)
class WeekImpossibleSeen(View):
    """WeekImpossible: the number that was said, and which week this one is."""

    number: int
    this: str
    ahead: bool = False
