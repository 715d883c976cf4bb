"""The small values that notices and views are made of, in no language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Outcome = Literal["ok", "ask", "choose", "suggest", "refuse"]
Reason = Literal[
    "not_allowed",
    "future_date",
    "impossible_class",
    "no_such_problem",
    "no_such_visit",
    "same_problem",
    "wrong_state",
    "too_late",
    "unreadable",
]


@dataclass(frozen=True)
class Span:
    """A part of the message that was typed: characters from `start` up to, not with, `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class FieldSaid:
    """One part of an understood command: an id, a code or a day, or where it was typed.

    `recorded` is text that stands in the record the notice is about.
    """

    name: str
    kind: Literal["class", "student", "person", "unit", "plain", "typed", "recorded"]
    value: int | str | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Understood:
    """What a message was taken for: the canonical command, its action and its fields."""

    command: str
    action: str
    fields: tuple[FieldSaid, ...] = ()


@dataclass(frozen=True)
class FormField:
    """What chat needs to know of a field to show a form for it."""

    name: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forecast:
    """Where the present pace leads.

    `share` (0 to 1) is reached `by` that day at `per_week` families a week; `needed_per_week`
    more a week would pass the minimum, None when no minimum is set or it is passed already.
    `seen` families over `days` days is the pace it was worked out from.
    """

    share: float
    by: date
    seen: int
    days: int
    per_week: float
    needed_per_week: int | None = None


@dataclass(frozen=True)
class Count:
    """Coverage of one unit, in families: of all, those visited, and those heard otherwise.

    `minimum` is a share from 0 to 1 that must be passed, None when none is set.
    `never` have not been visited since they joined; `term_over` of these for more than the
    years in which every family is to be visited; `special_due` special families are past
    their interval.
    """

    families: int
    visited: int
    refused: int = 0
    by_phone: int = 0
    minimum: float | None = None
    forecast: Forecast | None = None
    special: int = 0
    special_due: int = 0
    never: int = 0
    term_over: int = 0


@dataclass(frozen=True)
class UnitRef:
    """A unit by its id, or a class by its own; neither is the whole school."""

    unit: int | None = None
    school_class: int | None = None


@dataclass(frozen=True)
class Covered:
    """A unit and its coverage."""

    unit: UnitRef
    count: Count


OptionKind = Literal[
    "student",
    "person",
    "unit",
    "school_class",
    "seat",
    "approval",
    "category",
    "problem",
    "voice",
    "command",
    "field",
    "choice",
    "day",
    "word",
]


@dataclass(frozen=True)
class Option:
    """One of the numbered choices; what it stands for is an id or a word's key.

    `student` a child, `person` one of the school's people, `unit` a unit, `school_class` a
    class, `seat` somebody's seat, `voice` a voice of a problem, `command` a command's name,
    `field` a field's, `choice` field.value, `word` a fixed answer such as keep_as_text or
    not_on_list.
    """

    kind: OptionKind
    value: int | str
    say: str | None = None
