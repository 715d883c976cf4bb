"""What someone said, once it is understood, with the place in the message where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original message, so that text == message[start:end]."""

    start: int
    end: int

    def of(self, message: str) -> str:
        """What stands there."""
        return message[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Given:
    """One part of a command as it was typed, byte for byte, without the space around it."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was typed and not understood, and what may have been meant.

    label: looks like a label that we know, and stays in the text; near holds the names of
      fields. With a `field` it is the label of one that another action of the command takes.
    choice: the label is known, the word isn't one of its choices; near holds choices.
    value: can't be read as what the field wants (日期=9-31); it is given all the same.
    leftover: more than the command takes.
    """

    kind: Literal["label", "choice", "value", "leftover"]
    span: Span
    field: str | None = None
    near: tuple[str, ...] = ()


Parts = Mapping[str, tuple[Given, ...]]


@dataclass(frozen=True, slots=True)
class CommandSaid:
    """A command by its canonical name, the action meant, and its parts by field name.

    A part that was said twice has two entries, in order. `name` is the name as typed,
    `span` all of this command in the message, its prefix included.
    """

    command: str
    action: str
    given: Parts
    doubts: tuple[Doubt, ...]
    name: Span
    span: Span


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A command that we don't have, and the canonical names of those it may be, nearest first.

    `typed` is empty for a bare prefix; `name` is where it stands, `span` all that belongs to it.
    """

    typed: str
    near: tuple[str, ...]
    name: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Talk:
    """Anything else: small talk, or the answer to a question."""

    text: str


Said = CommandSaid | UnknownCommand | Talk
