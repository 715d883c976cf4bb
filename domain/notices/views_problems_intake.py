"""A problem that was just recorded, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notices.views import UnitName, View
from domain.notices.views_problems import CategoryName


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
