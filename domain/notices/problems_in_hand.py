"""Why a problem's move can't be made or taken back, where its state isn't the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class MoveStays(Refused):
    """Somebody has moved the problem since (`built_on`), or another command undoes it (`final`)."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    move: str
    why: Literal["built_on", "final"]


@dataclass(frozen=True, kw_only=True)
class NamedInIt(Refused):
    """The words name that person, so that they are given nothing of it."""

    reason: ClassVar[Reason | None] = "not_allowed"

    problem: int
    person: int


@dataclass(frozen=True, kw_only=True)
class SameDepartment(Refused):
    """It can't go back to the department that answers for it now."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    department: int


@dataclass(frozen=True, kw_only=True)
class VoiceUnknown(Refused):
    """The problem has no voice of that number that is theirs to tell; these are."""

    reason: ClassVar[Reason | None] = "no_such_problem"

    problem: int
    place: int
    places: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class VoicesAsked(Notice):
    """Several voices are the asker's to tell: which of them is meant; the number picks."""

    outcome: ClassVar[Outcome] = "choose"

    problem: int
    voices: tuple[int, ...]

    @property
    def about(self) -> str:
        """What is asked for."""
        return "voice"
