"""How we say no: every refusal says why, and what would work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.values import (
    Outcome,
    Reason,
    Span,
    UnitRef,
)


@dataclass(frozen=True, kw_only=True)
class Refused(Notice):
    """A refusal; every kind of it says why and what would work."""

    outcome: ClassVar[Outcome] = "refuse"


@dataclass(frozen=True, kw_only=True)
class NotAllowed(Refused):
    """The policy doesn't give this command to this person; `who` may.

    `action` where it gives the person something else of the command.
    """

    reason: ClassVar[Reason | None] = "not_allowed"

    command: str
    who: tuple[str, ...] = ()
    action: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotYours(Refused):
    """The unit that was asked about is outside what this person may see."""

    reason: ClassVar[Reason | None] = "not_allowed"

    unit: UnitRef


@dataclass(frozen=True, kw_only=True)
class NoClassOfYours(Refused):
    """Nothing was said and the asker has no families to see; `liaison` of the grade may help."""

    reason: ClassVar[Reason | None] = "not_allowed"

    liaison: int | None = None


@dataclass(frozen=True, kw_only=True)
class AccountUnknown(Refused):
    """The account belongs to nobody on the roster."""

    reason: ClassVar[Reason | None] = "not_allowed"


@dataclass(frozen=True, kw_only=True)
class DayInFuture(Refused):
    """What has happened can't lie in the future."""

    reason: ClassVar[Reason | None] = "future_date"

    day: date
    today: date


@dataclass(frozen=True, kw_only=True)
class DayUnreadable(Refused):
    """What stands for the day can't be read as one."""

    reason: ClassVar[Reason | None] = "unreadable"

    typed: Span
    today: date


@dataclass(frozen=True, kw_only=True)
class ClassImpossible(Refused):
    """There is no such class: these numbers the grade has."""

    reason: ClassVar[Reason | None] = "impossible_class"

    grade: int
    number: int
    classes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OneAtATime(Refused):
    """Several children stand in one visit: each family is a line of its own."""

    reason: ClassVar[Reason | None] = "unreadable"


@dataclass(frozen=True, kw_only=True)
class VisitUnknown(Refused):
    """No visit of that number for this person (there may be one for others)."""

    reason: ClassVar[Reason | None] = "no_such_visit"

    number: int


@dataclass(frozen=True, kw_only=True)
class NumberUnknown(Refused):
    """No talk (T) or arrangement (A) of that number for this person."""

    # The list of reasons is closed, and this is the nearest one.
    reason: ClassVar[Reason | None] = "no_such_visit"

    letter: str
    number: int


# What somebody may do with what another recorded.
Yours = Literal["fix", "add", "call_off"]


@dataclass(frozen=True, kw_only=True)
class RecordOfOthers(Refused):
    """The visit, talk or arrangement is `by` somebody else, and `command` isn't for the asker.

    The asker may do what `yours` names; who else may correct it are `by` and the roles of `who`.
    """

    reason: ClassVar[Reason | None] = "not_allowed"

    letter: str
    number: int
    by: int
    command: str
    yours: tuple[Yours, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotRecorded(Refused):
    """It went wrong and nothing was kept: please send it again."""


@dataclass(frozen=True, kw_only=True)
class NotSure(Refused):
    """It may or may not have been kept: send it again, it counts once."""


@dataclass(frozen=True, kw_only=True)
class QuotaUsedUp(Refused):
    """The platform kept back what was said: the school's quota of this month is used up."""
