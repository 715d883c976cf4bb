"""What is said about newcomers and accounts, filled in for its reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.notices.views import OptionSeen, SeatSeen, UnitName, View


@dataclass(frozen=True, kw_only=True)
class NameAskedSeen(View):
    """NameAsked and NewcomerWaits: what the newcomer is told of its own asking."""

    group: bool = False
    again: bool = False
    late: bool = False
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class WelcomeSeen(View):
    """NewcomerWelcome: who confirmed it, and who one is now."""

    person: str
    by: str
    unit: UnitName | None
    kept: bool


@dataclass(frozen=True, kw_only=True)
class NotLetInSeen(View):
    """NotLetIn: when one may ask again."""

    again_on: date


@dataclass(frozen=True, kw_only=True)
class CandidateSeen:
    """Somebody on the roster who bears the newcomer's name, and where."""

    person: int
    name: str
    seats: tuple[SeatSeen, ...]


@dataclass(frozen=True, kw_only=True)
class NewcomerAsksSeen(View):
    """NewcomerAsks: `name` as it was typed, None for who may not confirm it and once it is settled.

    `unit` is where it knocked or where somebody new would sit.
    """

    newcomer: int
    name: str | None
    platform: str
    in_group: bool
    unit: UnitName | None
    people: tuple[CandidateSeen, ...]
    rebind: bool
    settled: bool


@dataclass(frozen=True, kw_only=True)
class NewcomerSeen(View):
    """NewcomerLetIn, NewcomerDeclined, NewcomerSettled and NewcomerGone; no name in a group."""

    newcomer: int
    person: str | None = None
    by: str | None = None
    unit: UnitName | None = None
    kept: bool = False
    rebound: bool = False
    let_in: bool = False
    seatless: bool = False


@dataclass(frozen=True, kw_only=True)
class OnlyBySeen(View):
    """OnlyBy: what it is about, and who may."""

    what: str
    who: tuple[str, ...]
    person: str | None
    unit: UnitName | None


@dataclass(frozen=True, kw_only=True)
class AccountSeen(View):
    """AccountBound, AccountBoundForYou, RebindAsked and PlatformUnknown."""

    person: str | None = None
    by: str | None = None
    holder: str | None = None
    platform: str = ""
    platforms: tuple[str, ...] = ()
    options: tuple[OptionSeen, ...] = ()
    already: bool = False
    kept: bool = False
    rebound: bool = False


@dataclass(frozen=True, kw_only=True)
class RoomSeen(View):
    """RoomBound, RoomBoundForYou, RoomShown and NotInGroup: whose group it is, and was."""

    unit: UnitName | None
    before: UnitName | None = None
    already: bool = False
    by: str | None = None
