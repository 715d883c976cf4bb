"""What we tell about who is away, and who stands in; why somebody is away is never asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Reason


@dataclass(frozen=True, kw_only=True)
class LeaveNoted(Notice):
    """The receipt: the change (its id), who was told, what else to think of.

    `passed_to` is who is turned to while nobody stands in; `covers` are those for whom the
    absent one was to stand in meanwhile.
    """

    change: int
    told: tuple[int, ...] = ()
    passed_to: int | None = None
    covers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeaveTold(Notice):
    """To the absent one, when somebody else noted it, and to the unit's leader and liaison."""

    change: int
    passed_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(Notice):
    """To the one who stands in."""

    change: int


@dataclass(frozen=True, kw_only=True)
class LeaveEnded(Notice):
    """The receipt: a leave is called off, or ends early."""

    change: int
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeaveOver(Notice):
    """The same, to those who were told of the leave."""

    change: int


WhyNoLeave = Literal["overlap", "deputy_away", "self", "same", "none", "too_long"]


@dataclass(frozen=True, kw_only=True)
class LeaveRefused(Refused):
    """A leave that can't be noted so, and what would work.

    `since` and `until` are the days of the leave that is in the way, both included.
    """

    reason: ClassVar[Reason | None] = "wrong_state"

    why: WhyNoLeave
    person: int
    deputy: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveNotYours(Refused):
    """Somebody's leave is for themselves and a few others to note."""

    reason: ClassVar[Reason | None] = "not_allowed"

    person: int
