"""A notice filled in for one reader, in one room, at one moment: what words are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from domain.notices.values import Count, FormField, Outcome, Reason


@dataclass(frozen=True)
class ClassName:
    """A class as it is called today: its grade (7 to 12, with the plan's name) and number."""

    grade: int
    grade_name: str
    number: int

    def __str__(self) -> str:
        """七年级3班, the way facts are read by other programs."""
        return f"{self.grade_name}{self.number}班"


@dataclass(frozen=True)
class UnitName:
    """A unit as it is called today; `name_en` is empty where the school has no English name."""

    kind: Literal["school", "department", "grade", "branch", "group", "class"]
    name: str
    grade: int | None = None
    class_name: ClassName | None = None
    name_en: str = ""

    def __str__(self) -> str:
        """The name as the roster writes it."""
        return str(self.class_name) if self.class_name else self.name


@dataclass(frozen=True)
class Child:
    """A child as this reader may see it: by name, or by seat number, or by a masked name."""

    class_name: ClassName
    seat: int | None
    name: str | None
    masked: str | None = None

    def __str__(self) -> str:
        """The name where it may be seen, else the seat number, else the masked name."""
        if self.name is not None:
            return self.name
        return f"{self.seat}号" if self.seat is not None else (self.masked or "*")


@dataclass(frozen=True)
class Namesake:
    """One of two colleagues of a name, and a seat by which this one is known."""

    name: str
    seat: SeatSeen | None


@dataclass(frozen=True)
class OptionSeen:
    """A numbered choice as this reader may see it; `say` is what picks it."""

    kind: str
    value: str | Child | UnitName | SeatSeen | Namesake
    say: str


@dataclass(frozen=True, kw_only=True)
class View:
    """What every view carries: the notice's name and its outcome, and what was understood.

    `private` is true one-to-one, false in a group. `understood` maps the declared names of
    fields to what this reader may see of them, beside `command` and `action`.
    """

    notice: str
    outcome: Outcome
    about: str | None = None
    reason: Reason | None = None
    private: bool = True
    understood: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class CoveredSeen:
    """A unit by name, and its coverage."""

    unit: UnitName
    count: Count


@dataclass(frozen=True, kw_only=True)
class CorrectionSeen:
    """A part of a visit that was put right: what it said and what it says; None for a text."""

    column: str
    before: str | date | Child | None
    after: str | date | Child | None


@dataclass(frozen=True, kw_only=True)
class VisitSeen(View):
    """VisitRecorded, VisitShared, VisitTwice, VisitUndone: the visit as this reader may see it.

    `text`, `words` and `answers` are None or empty in a group and for those who may not.
    `undone`: what this tells of was taken back since; `corrected`: something of it was put right.
    `changes` are those that this tells of, `told` those who hear of it too. `what` was undone.
    `voided`: it never happened, `grounds` says why.
    """

    visit: int
    class_: ClassName | None
    student: Child | None
    teacher: str | None
    day: date
    today: date
    kind: str
    method: str
    result: str
    answers: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    words: str | None = None
    has_words: bool = False
    problem: int | None = None
    further: tuple[int, ...] = ()
    late_by: int = 0
    asks: Any = None  # a CategoryName: the one to be agreed to
    because: tuple[str, ...] = ()
    similar: tuple[int, ...] = ()
    open_questions: tuple[str, ...] = ()
    coverage: tuple[CoveredSeen, ...] = ()
    added: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    by: str | None = None
    options: tuple[OptionSeen, ...] = ()
    undone: bool = False
    what: str = "visit"
    corrected: bool = False
    changes: tuple[CorrectionSeen, ...] = ()
    told: tuple[str, ...] = ()
    voided: bool = False
    grounds: str | None = None


@dataclass(frozen=True, kw_only=True)
class NameInGroupSeen(View):
    """NameInGroup: which records it made."""

    visit: int | None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskedSeen(View):
    """FieldsAsked: what is missing, the form, and a class for the example."""

    command: str
    action: str
    missing: tuple[str, ...]
    form: tuple[FormField, ...]
    example_class: ClassName | None
    unread: bool = False


@dataclass(frozen=True, kw_only=True)
class ChoiceSeen(View):
    """ChoiceAsked, StudentUnknown and DidYouMean: what was typed, and the choices.

    `typed` is None when it may not or can no longer be shown.
    """

    field: str | None
    typed: str | None
    options: tuple[OptionSeen, ...]
    class_: ClassName | None = None
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class PlainSeen(View):
    """Dropped, Pointer, AccountUnknown, NotRecorded, NotSure: nothing but the notice itself."""

    heard: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakenForSeen(View):
    """TakenFor: the command and the field of the question that was answered."""

    command: str | None
    field: str | None


@dataclass(frozen=True, kw_only=True)
class TooManySeen(View):
    """TooMany: how many commands were answered, and how many were not."""

    done: int
    left: int


@dataclass(frozen=True, kw_only=True)
class NotAllowedSeen(View):
    """NotAllowed and NotYours: what was asked for, and who may."""

    command: str | None = None
    who: tuple[str, ...] = ()
    unit: UnitName | None = None
    action: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoClassOfYoursSeen(View):
    """NoClassOfYours: the liaison who may help."""

    liaison: str | None


@dataclass(frozen=True, kw_only=True)
class DaySeen(View):
    """DayInFuture, DayPast and DayUnreadable: the day that was said, and today."""

    today: date
    day: date | None = None
    typed: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClassImpossibleSeen(View):
    """ClassImpossible: what was said, and the classes there are."""

    grade_name: str
    grade: int
    number: int
    classes: tuple[ClassName, ...]


@dataclass(frozen=True, kw_only=True)
class VisitUnknownSeen(View):
    """VisitUnknown: the number that was asked for."""

    number: int


@dataclass(frozen=True, kw_only=True)
class SeatSeen:
    """A role, where, and for whom one stands in."""

    role: str
    unit: UnitName
    for_person: str | None
