"""What we tell of what somebody is asked to agree to, and why it can't be asked or answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Notice):
    """To who is asked to agree to something about a problem; `event` is the step that asks."""

    problem: int
    approval: int
    event: int
    by: int | None = None

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True


@dataclass(frozen=True, kw_only=True)
class ApprovalsPending(Notice):
    """Several things wait for the person's word: a number picks one."""

    outcome: ClassVar[Outcome] = "choose"

    approvals: tuple[int, ...]

    @property
    def about(self) -> str | None:
        """The field that the choice is for."""
        return "problem"


@dataclass(frozen=True, kw_only=True)
class BureauCategoryAsked(Notice):
    """As which of the bureau's categories it is to be referred: a number picks one.

    `categories` are keys of the plan's.
    """

    outcome: ClassVar[Outcome] = "choose"

    problem: int
    categories: tuple[str, ...]

    @property
    def about(self) -> str | None:
        """The field that the choice is for."""
        return "category"


@dataclass(frozen=True, kw_only=True)
class ApprovalWaits(Refused):
    """Somebody is being asked already: `of` has to answer first."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    kind: str
    of: int


@dataclass(frozen=True, kw_only=True)
class ApprovalOver(Refused):
    """It was answered, and by whom; or it needs no answer any more (`by` is empty)."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    kind: str
    by: int | None = None
    yes: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CannotBeAsked(Refused):
    """That person can't be asked about this problem; without one, there is nobody who could."""

    reason: ClassVar[Reason | None] = "not_allowed"

    problem: int
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class NothingToDecide(Refused):
    """Nobody asks this person to agree to anything, or not about that problem."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int | None = None


@dataclass(frozen=True, kw_only=True)
class ExtensionTooLong(Refused):
    """More days than are left: so many times and days were had, so many may still be."""

    reason: ClassVar[Reason | None] = "not_allowed"

    problem: int
    days: int
    times_left: int
    days_left: int


@dataclass(frozen=True, kw_only=True)
class ExtensionTooLate(Refused):
    """It is due already; more days are asked for before that."""

    reason: ClassVar[Reason | None] = "too_late"

    problem: int
    due: datetime
