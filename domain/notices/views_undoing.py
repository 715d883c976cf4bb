"""What was taken back, and what can't be, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class DeedSeen(View):
    """UndoTooLate, UndoneAlready and the like: what was done, to which record, and when.

    `at` is of the school's time zone; `minutes` is how long something may be taken back;
    `person` was let in as somebody new.
    """

    today: date
    minutes: int
    kind: str | None = None
    record: int | None = None
    at: datetime | None = None
    person: str | None = None


@dataclass(frozen=True, kw_only=True)
class BuiltOnSeen(View):
    """UndoBuiltOn: who has added to the visit, or which problem its words became."""

    visit: int | None
    by: tuple[str, ...] = ()
    problem: int | None = None


@dataclass(frozen=True, kw_only=True)
class VisitTakenBackSeen(View):
    """VisitTakenBack: which visit, and when, in the school's time zone; `void`: it never was."""

    visit: int
    void: bool = False
    at: datetime | None
    today: date
