"""A platform's month, as an admin may see it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class BudgetLowSeen(View):
    """BudgetLow: the same; counts are nobody's secret."""

    platform: str
    kind: str
    used: int
    quota: int
    forecast: int
    spent: bool
