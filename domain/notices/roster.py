"""What we tell about changes of the roster: who got a seat, who lost one, who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Option, Outcome, Reason, Span, UnitRef


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Notice):
    """The receipt: these changes (their ids) were made, and who was told of them."""

    changes: tuple[int, ...]
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Notice):
    """To the one who gets a seat."""

    changes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SeatTaken(Notice):
    """To the one who loses a seat."""

    changes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SeatTold(Notice):
    """To the leader and the liaison of the unit: who sits there now."""

    changes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SeatOccupied(Notice):
    """Somebody sits there: both, or the new one instead? A number picks."""

    outcome: ClassVar[Outcome] = "choose"

    role: str
    place: UnitRef
    holders: tuple[int, ...]
    options: tuple[Option, ...]

    @property
    def about(self) -> str:
        """The seat is what isn't settled."""
        return "role"


WhyNoSeat = Literal["same", "not_held", "last_admin", "mute_admin", "only_head", "elsewhere"]


@dataclass(frozen=True, kw_only=True)
class SeatRefused(Refused):
    """A change of seats that can't be made, and what would work.

    `same`: the person holds it already. `not_held`: nobody, or somebody else, holds it.
    `last_admin` and `only_head`: first another one. `mute_admin`: the person, who would be the only
    admin, has no account. `elsewhere`: that role doesn't sit there.
    """

    reason: ClassVar[Reason | None] = "wrong_state"

    why: WhyNoSeat
    role: str | None = None
    place: UnitRef | None = None
    person: int | None = None
    holders: tuple[int, ...] = ()
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class DaysUnreadable(Refused):
    """What stands for a day to come, or for days, can't be read as such."""

    reason: ClassVar[Reason | None] = "unreadable"

    field: str
    typed: Span
    today: date

    @property
    def about(self) -> str:
        """The field that a bare reply fills."""
        return self.field


@dataclass(frozen=True, kw_only=True)
class DayGone(Refused):
    """The roster is changed from today on, and never for days gone by."""

    reason: ClassVar[Reason | None] = "too_late"

    field: str
    day: date
    today: date

    @property
    def about(self) -> str:
        """The field that a bare reply fills."""
        return self.field


@dataclass(frozen=True, kw_only=True)
class RosterUndone(Notice):
    """The receipt: these changes are taken back, and the roster is as it was before them."""

    changes: tuple[int, ...]
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RosterUndoneTold(Notice):
    """To those who had been told of the changes."""

    changes: tuple[int, ...]
    by: int


@dataclass(frozen=True, kw_only=True)
class RosterMovedOn(Refused):
    """What these changes were about has been changed again since: they can't be taken back."""

    reason: ClassVar[Reason | None] = "wrong_state"

    changes: tuple[int, ...]
