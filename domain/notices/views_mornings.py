"""What is told in the morning and is no problem's, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.notices.views import CoveredSeen, UnitName, View


@dataclass(frozen=True, kw_only=True)
class SpecialDueSeen(View):
    """SpecialDue: how many, and where."""

    unit: UnitName
    due: int


@dataclass(frozen=True, kw_only=True)
class BehindPaceSeen(View):
    """BehindPace: the grade with its numbers."""

    covered: CoveredSeen


@dataclass(frozen=True, kw_only=True)
class PhaseEndingSeen(View):
    """PhaseEnding: which phase, when, and what is missing."""

    phase: str
    end: date
    days: int
    below: tuple[UnitName, ...] = ()
    open: int = 0
    overdue: int = 0
