"""What we tell in the morning that is no problem's: families to see, the pace, a phase's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.notices.base import Notice, Pace
from domain.notices.values import Covered, UnitRef


@dataclass(frozen=True, kw_only=True)
class SpecialDue(Notice):
    """So many special families of a class or a grade are to be seen again (the plan)."""

    pace: ClassVar[Pace] = "bundled"

    unit: UnitRef
    due: int


@dataclass(frozen=True, kw_only=True)
class BehindPace(Notice):
    """A grade won't reach its minimum as it goes on; with what that rests on."""

    pace: ClassVar[Pace] = "bundled"

    covered: Covered


@dataclass(frozen=True, kw_only=True)
class PhaseEnding(Notice):
    """A phase of the campaign ends in so many days; what is missing in the reader's units.

    `below` are grades that haven't reached their minimum; none are named outside of the visiting.
    """

    pace: ClassVar[Pace] = "bundled"

    phase: str
    end: date
    days: int
    below: tuple[UnitRef, ...] = ()
    open: int = 0
    overdue: int = 0
