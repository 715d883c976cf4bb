"""What we say, in the reader's language, before any platform gives it a shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One of the things to pick: what is shown, and what to say in order to pick it."""

    label: str
    say: str


@dataclass(frozen=True)
class FormChoice:
    """One of a field's values: what is shown, and the value's own name in no language."""

    label: str
    value: str


@dataclass(frozen=True)
class FormLine:
    """One field of a form; `name` and `type` are those of its declaration."""

    name: str
    label: str
    type: str
    required: bool
    choices: tuple[FormChoice, ...] = ()


@dataclass(frozen=True)
class Form:
    """All that a command's action takes, for platforms that can show it as a form."""

    command: str
    action: str
    fields: tuple[FormLine, ...]


@dataclass(frozen=True)
class Message:
    """A first line that tells what happened, the lines after it, and what can be answered.

    `choices` are not in `lines`: a platform shows them as buttons, or numbers them.
    `private` is true one-to-one.
    """

    title: str
    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    form: Form | None = None
    private: bool = True
