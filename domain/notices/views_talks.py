"""Talks and arrangements, filled in for one reader, in one room, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.notices.views import Child, OptionSeen, UnitName, View


@dataclass(frozen=True, kw_only=True)
class TalkCorrectionSeen:
    """A part of a talk that was put right: what it said and what it says."""

    column: str
    before: str | int | date | UnitName | None
    after: str | int | date | UnitName | None


@dataclass(frozen=True, kw_only=True)
class TalkSeen(View):
    """TalkRecorded, TalkShared, TalkTwice, and of those put right or taken back.

    `note` is None in a group and for who may not; `told` are told too, `whole` if all is undone,
    `fix` if it is a correction. `changes` are those that this tells of; `corrected`: there are
    such; `undone`: what this tells of was taken back since.
    """

    talk: int
    form: str
    audience: str | None
    people: int | None
    unit: UnitName | None
    day: date
    today: date
    note: str | None = None
    companions: tuple[str, ...] = ()
    by: str | None = None
    added: tuple[str, ...] = ()
    options: tuple[OptionSeen, ...] = ()
    told: tuple[str, ...] = ()
    whole: bool = True
    fix: bool = False
    undone: bool = False
    corrected: bool = False
    changes: tuple[TalkCorrectionSeen, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TalkBuiltOnSeen(View):
    """TalkBuiltOn: who has added to the talk."""

    talk: int
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ArrangedSeen:
    """A visit or talk that is arranged: for whom, by whom, when and where.

    `own` if the leader arranged it alone; `visit` or `talk` is the one that it became. `unit` is
    the class, the grade or the department; `note` is None in a group and for who may not read it.
    `away` if the leader is on leave that day, `deputy` is who stands in, `standing_in` if that is
    the reader.
    """

    arrangement: int
    leader: str
    by: str
    day: date
    matter: str
    unit: UnitName | None
    student: Child | None
    note: str | None = None
    own: bool = False
    visit: int | None = None
    talk: int | None = None
    called_off: bool = False
    away: bool = False
    deputy: str | None = None
    standing_in: bool = False


@dataclass(frozen=True, kw_only=True)
class ArrangementSeen(View):
    """All that is told of one arrangement: `told` are told, `reminded` is when they are again.

    `by` is who called it off or moved it; it was on the day `before`, or has been `moved` since.
    `no_account` is the leader's, who can't be told anything then.
    """

    arrangement: int
    arranged: ArrangedSeen
    today: date
    told: tuple[str, ...] = ()
    reminded: str | None = None
    by: str | None = None
    options: tuple[OptionSeen, ...] = ()
    before: date | None = None
    moved: bool = False
    no_account: bool = False


@dataclass(frozen=True, kw_only=True)
class ArrangementsSeen(View):
    """ArrangementsShown: what is arranged for the reader, and by the reader for others."""

    for_me: tuple[ArrangedSeen, ...]
    by_me: tuple[ArrangedSeen, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class NotYourLeaderSeen(View):
    """NotYourLeader: who it is, whether a leader at all, and whom to choose from."""

    person: str
    leads: bool
    options: tuple[OptionSeen, ...]


@dataclass(frozen=True, kw_only=True)
class RecordOfOthersSeen(View):
    """RecordOfOthers: whose it is, what the asker may do with it, and who may correct it."""

    letter: str
    number: int
    by: str | None
    command: str
    yours: tuple[str, ...]
    who: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, kw_only=True)
class NumberUnknownSeen(View):
    """NumberUnknown: what was asked for, T3 or A7."""

    number: str
