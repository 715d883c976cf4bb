"""What somebody is asked to agree to, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notices.views import View
from domain.notices.views_problems import CategoryName, ProblemLine, RulingSeen


@dataclass(frozen=True, kw_only=True)
class ApprovalAskedSeen(View):
    """ApprovalAsked: what is asked and why, with the problem as it is now.

    `new_due` is until when it would have to be solved. `over`: it needs no answer any more.
    """

    problem: int
    line: ProblemLine | None
    ruling: RulingSeen
    reason_given: str | None
    new_due: datetime | None = None
    over: bool = False


@dataclass(frozen=True, kw_only=True)
class PendingSeen:
    """One of the things that wait for a word: about which problem, what, of whom."""

    problem: int
    line: ProblemLine | None
    ruling: RulingSeen


@dataclass(frozen=True, kw_only=True)
class ApprovalsPendingSeen(View):
    """ApprovalsPending: what can be picked, in order."""

    pending: tuple[PendingSeen, ...]


@dataclass(frozen=True, kw_only=True)
class BureauCategoryAskedSeen(View):
    """BureauCategoryAsked: the categories by name, in the plan's order."""

    problem: int
    categories: tuple[CategoryName, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovalRefusedSeen(View):
    """ApprovalWaits, ApprovalOver, CannotBeAsked, NothingToDecide: with whom, or by whom."""

    problem: int | None
    kind: str | None = None
    person: str | None = None
    yes: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ExtensionRefusedSeen(View):
    """ExtensionTooLong, ExtensionTooLate: what is left, or since when it is due."""

    problem: int
    days: int = 0
    times_left: int = 0
    days_left: int = 0
    due: datetime | None = None
