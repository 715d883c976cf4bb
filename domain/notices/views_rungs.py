"""Reminders and escalations as one reader may see them, alone or many in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.notices.views import View
from domain.notices.views_problems import ProblemLine


@dataclass(frozen=True, kw_only=True)
class PassedOverSeen:
    """Somebody who would have been told, in that role, and why they weren't; None: nobody sits."""

    role: str
    person: str | None
    why: str


@dataclass(frozen=True, kw_only=True)
class RungFiredSeen(View):
    """RungFired: what waits and for whom; there is no `line` for who may know nothing of it.

    `rung` is a key of the plan's rungs and `ladder` its ladder. `due`, `day_of` and `days_left`
    (natural days until it is due, negative: overdue) are those of the day on which it fired.
    `mine`: the reader is who it goes to, and not told along; `responsible`: the reader answers for
    it. `to` is whom it went to, `passed_over` who wasn't.
    """

    problem: int
    line: ProblemLine | None = None
    rung: str = ""
    ladder: str = ""
    due: datetime | None = None
    day_of: int = 0
    days_left: int = 0
    mine: bool = False
    responsible: bool = False
    to: tuple[str, ...] = ()
    passed_over: tuple[PassedOverSeen, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReminderBundleSeen(View):
    """ReminderBundle: each thing of this morning as it would look alone."""

    items: tuple[View, ...] = ()
