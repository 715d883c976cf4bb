"""What we ask back, and what we say when there is nothing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.values import (
    FormField,
    Option,
    Outcome,
    Reason,
    Span,
)


@dataclass(frozen=True, kw_only=True)
class FieldsAsked(Notice):
    """Something is missing: these fields, and a form for the whole command.

    `unread`: they were said, and can't be read.
    """

    outcome: ClassVar[Outcome] = "ask"

    command: str
    action: str
    missing: tuple[str, ...]
    form: tuple[FormField, ...] = ()
    example_class: int | None = None
    unread: bool = False

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
class TakenFor(Notice):
    """Of several open questions a reply was taken for the newest: that of this command and field.

    Without a command it was the one about what was mistyped.
    """

    command: str | None = None
    field: str | None = None


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
