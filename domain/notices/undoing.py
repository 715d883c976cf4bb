"""What we tell about what was taken back, and why something can't be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Reason

# The whole visit, that the reader went along, a correction, or that it is void.
Undone = Literal["visit", "along", "fix", "void"]


@dataclass(frozen=True, kw_only=True)
class VisitUndone(Notice):
    """A visit is taken back or, when `parts` are named, only these that had been added to it.

    `fix`: these parts had been corrected, and say again what they said. `void`: it had been
    marked so, and counts again. `told` are those who had been told of it, and are told of this.
    """

    visit: int
    parts: tuple[str, ...] = ()
    fix: bool = False
    void: bool = False
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitUndoneShared(Notice):
    """To somebody who knows of the visit: all of it was taken back, or a part of it."""

    visit: int
    by: int
    what: Undone = "visit"


@dataclass(frozen=True, kw_only=True)
class UndoTooLate(Refused):
    """It was done too long ago (`at`); None when there is no saying when."""

    reason: ClassVar[Reason | None] = "too_late"

    kind: str
    record: int | None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UndoneAlready(Refused):
    """It has been taken back before."""

    reason: ClassVar[Reason | None] = "wrong_state"

    kind: str
    record: int | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class UndoBuiltOn(Refused):
    """Others (`by`) have added to the visit, or work on what its words became.

    Without a visit it is a problem that was recorded by itself.
    """

    reason: ClassVar[Reason | None] = "wrong_state"

    visit: int | None
    by: tuple[int, ...] = ()
    problem: int | None = None


@dataclass(frozen=True, kw_only=True)
class UndoImpossible(Refused):
    """A deed of this kind can't be taken back at all; nothing older is taken back instead.

    `person`: who was let in as somebody new.
    """

    reason: ClassVar[Reason | None] = "wrong_state"

    kind: str
    record: int | None
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class NothingToUndo(Refused):
    """The person has done nothing that could be taken back."""

    reason: ClassVar[Reason | None] = "wrong_state"


@dataclass(frozen=True, kw_only=True)
class VisitTakenBack(Refused):
    """The visit was taken back, or is void: nothing can be added to it or corrected."""

    reason: ClassVar[Reason | None] = "wrong_state"

    visit: int
    at: datetime
