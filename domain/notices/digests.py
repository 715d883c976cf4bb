"""What we tell each week: how things stand in a line, or in the whole school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Covered, Outcome

Why = Literal["approve", "overdue", "due", "claim"]


@dataclass(frozen=True, kw_only=True)
class WeekCounts:
    """What happened in a week: counts of problems, and of voices that said how it helped.

    `solved` were answered, on the spot or later. `due` are those whose day it was, `answered` of
    them have their answer, `on_time` by that day. `told` voices said something to their answer,
    `satisfied` of them that it helped; `repeated` were opened again.
    """

    new: int = 0
    claimed: int = 0
    solved: int = 0
    due: int = 0
    answered: int = 0
    on_time: int = 0
    told: int = 0
    satisfied: int = 0
    repeated: int = 0


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that waits for the reader: which problem, and what for."""

    problem: int
    why: Why


@dataclass(frozen=True, kw_only=True)
class MonthUsed:
    """What a platform's month has come to: calls of its interface, and messages in and out.

    The forecasts are what they come to by its end, if it goes on like this.
    """

    platform: str
    api: int
    messages: int
    api_forecast: int
    messages_forecast: int


@dataclass(frozen=True, kw_only=True)
class WeeklyDigest(Notice):
    """A week up to `until`, for who answers for `units`; for none it is the whole school.

    `overdue` and `due_next` (until the next digest) are the first of them by number, and how many
    there are; `hidden` are a number and nothing else to the reader: red flags and, for the office,
    what names the head. `coverage` are the
    grades with how many families had been seen a week ago; `voices` are ids.
    `right` of `suggested` categories were right, for the office, and so are the `months` of the
    platforms. `so_far`: the week isn't over. `of` is whose it is when another asked for it.
    """

    week: str
    since: datetime
    until: datetime
    units: tuple[int, ...] = ()
    needs: tuple[Need, ...] = ()
    needs_in_all: int = 0
    this: WeekCounts = WeekCounts()
    before: WeekCounts = WeekCounts()
    open: int = 0
    overdue: tuple[int, ...] = ()
    overdue_in_all: int = 0
    due_next: tuple[int, ...] = ()
    due_in_all: int = 0
    hidden: int = 0
    coverage: tuple[Covered, ...] = ()
    seen_before: tuple[int, ...] = ()
    talks: int = 0
    own_visits: int = 0
    own_talks: int = 0
    voices: tuple[int, ...] = ()
    right: int | None = None
    suggested: int = 0
    months: tuple[MonthUsed, ...] = ()
    so_far: bool = False
    of: int | None = None


@dataclass(frozen=True, kw_only=True)
class DigestUnknown(Refused):
    """No digest of that week for that person; `week` is None where none could be read."""

    outcome: ClassVar[Outcome] = "refuse"

    week: str | None = None
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class WeekImpossible(Refused):
    """No year has a week of that number or, where it is `ahead`, it comes after `this`."""

    outcome: ClassVar[Outcome] = "refuse"

    number: int
    this: str
    ahead: bool = False
