"""What we tell about the visits and talks that are arranged for a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.notices.base import Notice, Pace
from domain.notices.refusals import Refused
from domain.notices.values import Option, Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class ArrangementMade(Notice):
    """To whoever arranged it: it stands; `told` if the leader was told, `reminded` if later."""

    arrangement: int
    told: bool
    reminded: bool


@dataclass(frozen=True, kw_only=True)
class VisitArranged(Notice):
    """To the leader: somebody arranged a visit or a talk for you."""

    arrangement: int

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True


@dataclass(frozen=True, kw_only=True)
class ArrangedToday(Notice):
    """To whoever goes, that morning: what is arranged for today."""

    pace: ClassVar[Pace] = "bundled"

    arrangement: int


@dataclass(frozen=True, kw_only=True)
class ArrangementTwice(Notice):
    """That leader is to see that family on that day already, so that it is asked about."""

    outcome: ClassVar[Outcome] = "choose"

    arrangement: int
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """The choice is about what is arranged."""
        return "arrangement"


@dataclass(frozen=True, kw_only=True)
class LeaderAway(Notice):
    """To whoever arranged it: the leader is away that day, or is there after all."""

    arrangement: int


@dataclass(frozen=True, kw_only=True)
class ArrangementCalledOff(Notice):
    """To whoever called it off: it is off, and `told` were told."""

    arrangement: int
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitCalledOff(Notice):
    """To the other side: what was arranged is off, and who called it off."""

    arrangement: int
    by: int


@dataclass(frozen=True, kw_only=True)
class ArrangementsShown(Notice):
    """What is arranged for the one who asks, what they arranged for others, and how many more."""

    for_me: tuple[int, ...] = ()
    by_me: tuple[int, ...] = ()
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class ArrangementShown(Notice):
    """One of them, by its number."""

    arrangement: int


@dataclass(frozen=True, kw_only=True)
class ArrangementClosed(Refused):
    """It has been called off, or has taken place, already; `moved`: to yet another day."""

    reason: ClassVar[Reason | None] = "wrong_state"

    arrangement: int
    moved: bool = False


@dataclass(frozen=True, kw_only=True)
class ArrangementMoved(Notice):
    """To whoever moved it: it was on the day `before`; who was told, and whether it is again."""

    arrangement: int
    before: date
    told: tuple[int, ...] = ()
    reminded: bool = False


@dataclass(frozen=True, kw_only=True)
class VisitMoved(Notice):
    """To the other side: it is on another day than `before`, and who said so."""

    arrangement: int
    by: int
    before: date


@dataclass(frozen=True, kw_only=True)
class NotYourLeader(Refused):
    """Nobody for whom the asker may arrange: no leader at all, or one of another line.

    `options` are those for whom the asker may.
    """

    reason: ClassVar[Reason | None] = "not_allowed"

    person: int
    leads: bool
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """It is about the leader."""
        return "leader"


@dataclass(frozen=True, kw_only=True)
class DayPast(Refused):
    """What is to come can't lie in the past."""

    reason: ClassVar[Reason | None] = "too_late"

    day: date
    today: date


@dataclass(frozen=True, kw_only=True)
class ArrangementRestored(Notice):
    """To whoever took the calling off back: it stands again, and `told` were told."""

    arrangement: int
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitOnAgain(Notice):
    """To the other side: it is not off after all, and who said so."""

    arrangement: int
    by: int
