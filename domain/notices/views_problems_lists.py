"""Lists of problems as one reader may see them."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import UnitName, View
from domain.notices.views_problems import CategoryName, ProblemLine


@dataclass(frozen=True, kw_only=True)
class ProblemsListedSeen(View):
    """ProblemsListed: a line for each that the reader may still know of, and what was asked for.

    `places` are the numbers that pick the lines, `more_at` the one for the next page.
    """

    lines: tuple[ProblemLine, ...]
    places: tuple[int, ...]
    more_at: int | None
    total: int
    skipped: int
    hidden: int
    stage: str
    unit: UnitName | None
    category: CategoryName | None
    person: str | None
    older_than: int | None
    mine: bool
