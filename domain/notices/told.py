"""Everything we can tell anyone, one frozen value each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.values import (
    Covered,
    FormField,
    Option,
    Outcome,
    Reason,
    Span,
    UnitRef,
)

# --- visits -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(Notice):
    """A visit is recorded, or (`added` names what) something was added to one.

    `voice` is the family's own words that came with it; `problem` the number they got.
    """

    visit: int
    added: tuple[str, ...] = ()
    voice: int | None = None
    problem: int | None = None
    open_questions: tuple[str, ...] = ()
    coverage: tuple[Covered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitShared(Notice):
    """To somebody who went along: a visit of yours was recorded by somebody else."""

    visit: int
    by: int


@dataclass(frozen=True, kw_only=True)
class VisitTwice(Notice):
    """The same teacher has recorded the same family on the same day: add, or once more."""

    outcome: ClassVar[Outcome] = "choose"

    visit: int
    day: date
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """The choice is about the visit."""
        return "visit"


@dataclass(frozen=True, kw_only=True)
class NameInGroup(Notice):
    """To the speaker alone: a child's name or private words stand in a group; recall them."""

    visit: int | None = None


# --- asking back --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class FieldsAsked(Notice):
    """Something is missing: these fields, and a form for the whole command."""

    outcome: ClassVar[Outcome] = "ask"

    command: str
    action: str
    missing: tuple[str, ...]
    form: tuple[FormField, ...] = ()
    example_class: int | None = None

    @property
    def about(self) -> str | None:
        """The first of what is missing."""
        return self.missing[0] if self.missing else None


@dataclass(frozen=True, kw_only=True)
class ChoiceAsked(Notice):
    """What was typed fits several: which one? A number picks."""

    outcome: ClassVar[Outcome] = "choose"

    field: str
    options: tuple[Option, ...]
    typed: Span | None = None

    @property
    def about(self) -> str:
        """The field that is not yet settled."""
        return self.field


@dataclass(frozen=True, kw_only=True)
class StudentUnknown(Notice):
    """No such child in the class: the nearest names, or record as not on the list."""

    outcome: ClassVar[Outcome] = "suggest"

    school_class: int
    typed: Span
    options: tuple[Option, ...]

    @property
    def about(self) -> str:
        """It is about the student."""
        return "student"


@dataclass(frozen=True, kw_only=True)
class DidYouMean(Notice):
    """A command, a label or a value that we don't know, and those that are near it."""

    outcome: ClassVar[Outcome] = "suggest"

    what: Literal["command", "label", "value", "unit", "person"]
    typed: Span
    options: tuple[Option, ...] = ()
    field: str | None = None

    @property
    def about(self) -> str | None:
        """The nearest command, or the field it is about."""
        if self.what == "command" and self.options:
            return str(self.options[0].value)
        return self.field


@dataclass(frozen=True, kw_only=True)
class Dropped(Notice):
    """What was being asked about is given up, as the person wished."""


@dataclass(frozen=True, kw_only=True)
class ToldPrivately(Notice):
    """To a group: the answer went to the one who asked, one-to-one."""


@dataclass(frozen=True, kw_only=True)
class TooMany(Notice):
    """More commands in one message than are taken at once: the first `done` are answered."""

    outcome: ClassVar[Outcome] = "refuse"
    reason: ClassVar[Reason | None] = "unreadable"

    done: int
    left: int


@dataclass(frozen=True, kw_only=True)
class Pointer(Notice):
    """Nothing to do in this message: a short pointer to help."""

    outcome: ClassVar[Outcome] = "suggest"

    heard: Literal["empty", "talk", "not_text", "nothing_open"]

    @property
    def about(self) -> str:
        """Help is what we suggest."""
        return "help"


# --- refusals -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Refused(Notice):
    """A refusal; every kind of it says why and what would work."""

    outcome: ClassVar[Outcome] = "refuse"


@dataclass(frozen=True, kw_only=True)
class NotAllowed(Refused):
    """The policy doesn't give this command to this person; `who` may."""

    reason: ClassVar[Reason | None] = "not_allowed"

    command: str
    who: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotYours(Refused):
    """The unit that was asked about is outside what this person may see."""

    reason: ClassVar[Reason | None] = "not_allowed"

    unit: UnitRef


@dataclass(frozen=True, kw_only=True)
class NoClassOfYours(Refused):
    """Nothing was said and the asker has no families to see; `liaison` of the grade may help."""

    reason: ClassVar[Reason | None] = "not_allowed"

    liaison: int | None = None


@dataclass(frozen=True, kw_only=True)
class AccountUnknown(Refused):
    """The account belongs to nobody on the roster."""

    reason: ClassVar[Reason | None] = "not_allowed"


@dataclass(frozen=True, kw_only=True)
class DayInFuture(Refused):
    """What has happened can't lie in the future."""

    reason: ClassVar[Reason | None] = "future_date"

    day: date
    today: date


@dataclass(frozen=True, kw_only=True)
class DayUnreadable(Refused):
    """What stands for the day can't be read as one."""

    reason: ClassVar[Reason | None] = "unreadable"

    typed: Span
    today: date


@dataclass(frozen=True, kw_only=True)
class ClassImpossible(Refused):
    """There is no such class: these numbers the grade has."""

    reason: ClassVar[Reason | None] = "impossible_class"

    grade: int
    number: int
    classes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OneAtATime(Refused):
    """Several children stand in one visit: each family is a line of its own."""

    reason: ClassVar[Reason | None] = "unreadable"


@dataclass(frozen=True, kw_only=True)
class VisitUnknown(Refused):
    """No visit of that number for this person (there may be one for others)."""

    reason: ClassVar[Reason | None] = "no_such_visit"

    number: int


@dataclass(frozen=True, kw_only=True)
class NotRecorded(Refused):
    """It went wrong and nothing was kept: please send it again."""


@dataclass(frozen=True, kw_only=True)
class NotSure(Refused):
    """It may or may not have been kept: send it again, it counts once."""


# --- looking ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CoverageShown(Notice):
    """Coverage of a unit, and of the parts it is made of.

    `asked` is the unit that was asked about where `whole` is another: a department has no families.
    """

    whole: Covered
    parts: tuple[Covered, ...] = ()
    day: date
    asked: UnitRef | None = None


TodoReason = Literal["special_due", "term_over", "never", "longest"]


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """A family to see: which child it is known by, and why now."""

    student: int
    why: TodoReason
    last: date | None = None
    due: date | None = None
    special: bool = False


@dataclass(frozen=True, kw_only=True)
class TodoShown(Notice):
    """Whom to visit next, and how many more there are."""

    unit: UnitRef
    items: tuple[TodoItem, ...]
    more: int = 0


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
