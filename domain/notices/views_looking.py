"""What one looks up, as one reader may see it: coverage, whom to visit, oneself, help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.notices.values import Count, FormField
from domain.notices.views import Child, ClassName, CoveredSeen, SeatSeen, UnitName, View


@dataclass(frozen=True, kw_only=True)
class CoverageSeen(View):
    """CoverageShown: the unit's count and those of its parts."""

    unit: UnitName
    count: Count
    parts: tuple[CoveredSeen, ...]
    day: date
    asked: UnitName | None = None


@dataclass(frozen=True, kw_only=True)
class TodoItemSeen:
    """A family to see, by the child it is known by; what is arranged, by its place else."""

    student: Child | None
    why: str
    last: date | None
    due: date | None
    special: bool = False
    arrangement: int | None = None
    unit: UnitName | None = None


@dataclass(frozen=True, kw_only=True)
class TodoSeen(View):
    """TodoShown: whom to visit next."""

    unit: UnitName
    items: tuple[TodoItemSeen, ...]
    more: int
    heard_only: int = 0


@dataclass(frozen=True, kw_only=True)
class WhoamiSeen(View):
    """WhoamiShown: name and seats."""

    person: str
    seats: tuple[SeatSeen, ...]


@dataclass(frozen=True, kw_only=True)
class HelpSeen(View):
    """HelpShown: commands by canonical name; words and examples are the language's."""

    commands: tuple[str, ...]
    command: str | None
    actions: tuple[str, ...]
    form: tuple[FormField, ...]
    phase: str | None
    phase_end: date | None
    example_class: ClassName | None
