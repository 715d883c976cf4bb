"""A problem that was just recorded, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notices.views import Child, UnitName, View
from domain.notices.views_problems import CategoryName, ProblemLine


@dataclass(frozen=True)
class Suggested:
    """A category that the words suggest: its key, whose it is, how sure we are (0 to 1)."""

    category: str
    level: str
    confidence: float
    name: CategoryName

    def __str__(self) -> str:
        """The plan's own name."""
        return str(self.name)


@dataclass(frozen=True, kw_only=True)
class ProblemRecordedSeen(View):
    """ProblemRecorded: the problem as the reader may see it.

    In a group there are no words, and nothing that tells of them: no reason, no names; and of a
    red flag nothing but its number.
    """

    problem: int
    unit: UnitName | None
    category_suggested: tuple[Suggested, ...] = ()
    because: tuple[str, ...] = ()
    words: str | None = None
    summary: str | None = None
    due: datetime | None = None
    days: int = 15
    late_by: int = 0
    red_flag: bool = False
    closed: bool = False
    undone: bool = False
    names: tuple[str, ...] = ()
    similar: tuple[int, ...] = ()
    alike: int = 0
    asks: bool = False


@dataclass(frozen=True, kw_only=True)
class CategoryAskedSeen(View):
    """CategoryAsked: the categories to pick from, the likeliest, and what of the words says so."""

    problem: int
    categories: tuple[CategoryName, ...]
    suggested: tuple[CategoryName, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ToClassifySeen(View):
    """ToClassify: what waits, a line each, and how often suggestions were right."""

    lines: tuple[ProblemLine, ...]
    more: int
    right: int
    suggested: int


@dataclass(frozen=True)
class DangerName:
    """A kind of danger as the plan calls it, and the phones that it names for it."""

    key: str
    name: str
    name_en: str
    phones: tuple[str, ...]

    def __str__(self) -> str:
        """The plan's own name."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class RedFlagSeen(View):
    """RedFlagRaised, RedFlagAdvice: what kind of danger, which words said so, who is told.

    `line` is None for who may not know of it: then there is nothing else either.
    """

    problem: int
    kinds: tuple[DangerName, ...]
    words: tuple[str, ...]
    said: str | None
    line: ProblemLine | None
    children: tuple[Child, ...] = ()
    by: str | None = None
    told: tuple[str, ...] = ()
    in_group: bool = False
    hours: int = 2


@dataclass(frozen=True, kw_only=True)
class NamedSeen(View):
    """NamedAsked, NamedSettled: whom the words name; nobody in a group."""

    problem: int
    person: str | None
    them: bool = True
