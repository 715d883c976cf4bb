"""What we show of the roster as a whole: what is amiss, and how it came to be what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice, Pace
from domain.notices.values import UnitRef

Amiss = Literal[
    "no_head",
    "no_admin",
    "no_leader",
    "no_liaison",
    "no_teacher",
    "two_holders",
    "twice",
    "away_alone",
    "deputy_away",
    "no_account",
    "passed_over",
    "to_nobody",
    "holidays",
]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something amiss, with all places and people of which it is so, the first first.

    `role`, `since` and `until` are the first one's, where the mend needs them. `problems` are the
    numbers of those whose next reminder is concerned.
    """

    kind: Amiss
    places: tuple[UnitRef, ...] = ()
    people: tuple[int, ...] = ()
    role: str | None = None
    since: date | None = None
    until: date | None = None
    problems: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RosterChecked(Notice):
    """What is amiss with the roster, each with the command that mends it; nothing is well."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class RosterPreflight(Notice):
    """To the admins, before a week's reminders go out: what is amiss with the roster."""

    pace: ClassVar[Pace] = "bundled"

    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class FirstSeat:
    """A seat that nobody changed: it stands so since the roster was first taken in."""

    person: int
    role: str
    place: UnitRef
    since: date
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class RosterHistory(Notice):
    """The last changes (their ids, newest first) of a place, a person, or all of the roster."""

    changes: tuple[int, ...]
    more: int = 0
    place: UnitRef | None = None
    person: int | None = None
    firsts: tuple[FirstSeat, ...] = ()
