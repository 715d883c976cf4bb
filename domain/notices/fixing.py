"""What we tell about what was put right, and what can't be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Covered, Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class VisitFixed(Notice):
    """A visit is put right; the `deed` says what, `told` hear of it too."""

    visit: int
    deed: int
    told: tuple[int, ...] = ()
    coverage: tuple[Covered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitFixedShared(Notice):
    """To whoever recorded it or went along: somebody else has put the visit right."""

    visit: int
    by: int
    deed: int


@dataclass(frozen=True, kw_only=True)
class VisitVoided(Notice):
    """A visit that never happened counts no more; the `deed` says why, `told` hear of it too."""

    visit: int
    deed: int
    told: tuple[int, ...] = ()
    coverage: tuple[Covered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitVoidedShared(Notice):
    """To whoever recorded it or went along: somebody else has marked the visit void."""

    visit: int
    by: int
    deed: int


@dataclass(frozen=True, kw_only=True)
class FixAsked(Notice):
    """Which part is to be put right? The visit as it stands is shown."""

    outcome: ClassVar[Outcome] = "ask"

    visit: int

    @property
    def about(self) -> str:
        """What is missing is what to say instead: any part would do."""
        return "text"


@dataclass(frozen=True, kw_only=True)
class FixChangesNothing(Refused):
    """The visit says all that already."""

    reason: ClassVar[Reason | None] = "wrong_state"

    visit: int


@dataclass(frozen=True, kw_only=True)
class WordsStay(Refused):
    """What somebody said is never edited: more can be added."""

    reason: ClassVar[Reason | None] = "not_allowed"

    visit: int


@dataclass(frozen=True, kw_only=True)
class NotInThisVisit(Refused):
    """A talk with a teacher has no child, a visit to a family no teacher: these fields."""

    reason: ClassVar[Reason | None] = "unreadable"

    visit: int
    fields: tuple[str, ...]
