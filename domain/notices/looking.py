"""What we show to who asks how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.notices.base import Notice
from domain.notices.values import (
    Covered,
    FormField,
    UnitRef,
)


@dataclass(frozen=True, kw_only=True)
class CoverageShown(Notice):
    """Coverage of a unit, and of the parts it is made of.

    `asked` is the unit that was asked about where `whole` is another: a department has no families.
    """

    whole: Covered
    parts: tuple[Covered, ...] = ()
    day: date
    asked: UnitRef | None = None


TodoReason = Literal[
    "arranged", "special_due", "term_over", "never", "longest", "by_phone", "refused"
]


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """A family to see: which child it is known by, and why now.

    What is arranged has its number and its day (`due`), and perhaps no child.
    """

    student: int | None
    why: TodoReason
    last: date | None = None
    due: date | None = None
    special: bool = False
    arrangement: int | None = None


@dataclass(frozen=True, kw_only=True)
class TodoShown(Notice):
    """Whom to visit next, and how many more there are.

    `heard_only` were heard in this campaign, by phone or as they declined, and not seen: the
    last of the items, and whoever there was no more room for.
    """

    unit: UnitRef
    items: tuple[TodoItem, ...]
    more: int = 0
    heard_only: int = 0


@dataclass(frozen=True, kw_only=True)
class SeatHeld:
    """A role in a unit or a class; `for_person` when one stands in for somebody on leave."""

    role: str
    unit: UnitRef
    for_person: int | None = None


@dataclass(frozen=True, kw_only=True)
class WhoamiShown(Notice):
    """Who the bot takes you for."""

    person: int
    seats: tuple[SeatHeld, ...]


@dataclass(frozen=True, kw_only=True)
class HelpShown(Notice):
    """What you may ask: all your commands, or one of them with its form.

    `phase` is the campaign's phase today, which lasts until `phase_end`, that day included.
    """

    commands: tuple[str, ...]
    command: str | None = None
    actions: tuple[str, ...] = ()
    form: tuple[FormField, ...] = ()
    phase: str | None = None
    phase_end: date | None = None
    example_class: int | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the roster: a leader and the units beside the name."""

    leader: int
    units: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RosterShown(Notice):
    """Who answers for a unit; or, for the whole school, the lines as the annex prints them.

    `working` is the whole working group; `working_head` and `working_deputy` are two of them.
    `office` are those who keep the leading group's office in the unit.
    """

    unit: int | None = None
    school_class: int | None = None
    leader: int | None = None
    liaison: int | None = None
    deputy: int | None = None
    teachers: tuple[int, ...] = ()
    lines: tuple[Line, ...] = ()
    head: int | None = None
    deputy_head: int | None = None
    working: tuple[int, ...] = ()
    working_head: int | None = None
    working_deputy: int | None = None
    members: tuple[int, ...] = ()
    office: tuple[int, ...] = ()
