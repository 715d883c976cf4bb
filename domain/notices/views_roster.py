"""The roster and its changes, filled in for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.notices.views import OptionSeen, UnitName, View


@dataclass(frozen=True, kw_only=True)
class LineSeen:
    """A leader's name and the units beside it."""

    leader: str
    units: tuple[UnitName, ...]


@dataclass(frozen=True, kw_only=True)
class RosterSeen(View):
    """RosterShown: the people of one unit, or the lines of the school."""

    unit: UnitName | None
    leader: str | None
    liaison: str | None
    deputy: str | None
    teachers: tuple[str, ...]
    lines: tuple[LineSeen, ...]
    head: str | None
    deputy_head: str | None
    working: tuple[str, ...]
    members: tuple[str, ...]
    working_head: str | None = None
    working_deputy: str | None = None
    office: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeSeen:
    """One change: what was done on which day, of whom, since when, until when, and by whom.

    `undone`: it was taken back since.
    """

    action: str
    day: date
    person: str | None
    role: str | None
    unit: UnitName | None
    before: str | None
    deputy: str | None
    since: date | None
    until: date | None
    by: str | None
    undone: bool = False


@dataclass(frozen=True, kw_only=True)
class SeatChangedSeen(View):
    """SeatChanged, SeatGiven, SeatTaken, SeatTold: the changes, the most important first.

    `unreached` have no account, so that nothing can reach them.
    """

    changes: tuple[ChangeSeen, ...]
    today: date
    told: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SeatAskedSeen(View):
    """SeatOccupied and SeatRefused: the seat, and who holds it."""

    role: str | None
    unit: UnitName
    holders: tuple[str, ...]
    why: str = ""
    person: str | None = None
    options: tuple[OptionSeen, ...] = ()
    since: date | None = None
    today: date | None = None


@dataclass(frozen=True, kw_only=True)
class DaysSeen(View):
    """DaysUnreadable and DayGone: what was said, and today."""

    field: str
    today: date
    day: date | None = None
    typed: str | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveSeen(View):
    """LeaveNoted, LeaveTold, DeputyNamed, LeaveEnded, LeaveOver: who is away, who stands in."""

    change: ChangeSeen
    today: date
    told: tuple[str, ...] = ()
    passed_to: str | None = None
    covers: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeaveRefusedSeen(View):
    """LeaveRefused and LeaveNotYours: whose leave, and what is in the way."""

    why: str
    person: str | None
    deputy: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class FindingSeen:
    """Something amiss, and where and with whom, the first first."""

    kind: str
    units: tuple[UnitName, ...]
    people: tuple[str, ...]
    role: str | None
    since: date | None
    until: date | None
    problems: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RosterCheckedSeen(View):
    """RosterChecked, RosterPreflight: what is amiss; nothing is well."""

    findings: tuple[FindingSeen, ...]


@dataclass(frozen=True, kw_only=True)
class FirstSeatSeen:
    """A seat that nobody changed since the roster was taken in."""

    person: str | None
    role: str
    unit: UnitName
    since: date
    until: date | None


@dataclass(frozen=True, kw_only=True)
class RosterHistorySeen(View):
    """RosterHistory: the last changes of a unit, of a person or of all, newest first."""

    changes: tuple[ChangeSeen, ...]
    more: int
    today: date
    unit: UnitName | None
    person: str | None
    firsts: tuple[FirstSeatSeen, ...]


@dataclass(frozen=True, kw_only=True)
class RosterUndoneSeen(View):
    """RosterUndone, RosterUndoneTold, RosterMovedOn: the changes, and who was told."""

    changes: tuple[ChangeSeen, ...]
    today: date
    told: tuple[str, ...] = ()
    by: str | None = None
