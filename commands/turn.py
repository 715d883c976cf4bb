"""One command as one person says it: what has been said so far, and what was understood of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from commands.declarations import Action, Command
from commands.parsing.lexicon import Lexicon
from commands.parsing.reply import says_nothing
from commands.parsing.said import Parts
from domain.errors import Refusal
from domain.notices.base import Notice
from domain.notices.values import FieldSaid, FormField, Option, Span, Understood
from domain.queries.people import Asker


@dataclass(frozen=True)
class Told:
    """Something to tell the speaker: in the chat where it was asked, or one-to-one.

    `offer` is what a number in reply to it does. It is no question: it may be left alone.
    `admits`: a newcomer who was let in by it, and whose message is to be carried out now.
    """

    notice: Notice
    private: bool = False
    admits: int | None = None
    offer: Offer | None = None


@dataclass(frozen=True)
class Place:
    """The chat where something is said, as its platform names it in one of its apps."""

    platform: str
    app: str
    chat: str


# What is picked of an offer is no field: what isn't one of its numbers is no answer to it.
OFFER = "offer"


@dataclass(frozen=True)
class Offer:
    """A command that a number in reply carries out, with what each number stands for."""

    filling: Filling
    options: tuple[Option, ...]


class Question(Refusal):
    """Something must be settled first: the notice asks, and the next message answers.

    `private`: what it asks about is not for a group.
    """

    def __init__(
        self,
        notice: Notice,
        asked: str | None = None,
        options: tuple[Option, ...] = (),
        *,
        private: bool = False,
    ) -> None:
        super().__init__(notice)
        self.asked = asked
        self.options = options
        self.private = private


@dataclass
class Echo:
    """Typed text that an answer must show again; it is sealed with the message."""

    text: str = ""

    def keep(self, typed: str) -> Span:
        """Keep it, and tell where it will stand."""
        start = len(self.text)
        self.text += typed
        return Span(start, len(self.text))


@dataclass
class Filling:
    """A command as far as it has been said; `picks` are choices settled by a number.

    It is plain data, so that it can wait as a draft and be taken up again. `hinted`: the
    speaker has been asked to recall what of it stands in a group. `gap` stood between a
    child's name and the text behind it, should the name turn out to have text glued to it.
    """

    command: str
    action: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    picks: dict[str, int | str] = field(default_factory=dict)
    hinted: bool = False
    gap: str = "\n"

    def take(self, parts: Parts) -> None:
        """Add what a message or a reply gave; what is given again replaces."""
        for name, given in parts.items():
            self.put(name, *(one.text for one in given))

    def put(self, name: str, *said: str) -> None:
        """Say a field anew; what was picked for it before counts no more."""
        self.texts[name] = list(said)
        self.picks.pop(name, None)

    def as_data(self) -> dict[str, Any]:
        """For the draft."""
        return {
            "command": self.command,
            "action": self.action,
            "texts": self.texts,
            "picks": self.picks,
            "hinted": self.hinted,
            "gap": self.gap,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Filling:
        """From the draft."""
        return cls(**data)


@dataclass
class Turn:
    """A command being carried out: who asks, where, with which words, and what is settled.

    `looked_up` is what was asked of the records for it already.
    """

    asker: Asker
    filling: Filling
    command: Command
    lexicon: Lexicon
    room: Literal["group", "direct"]
    room_unit: int | None = None
    place: Place | None = None
    echo: Echo = field(default_factory=Echo)
    settled: list[FieldSaid] = field(default_factory=list)
    looked_up: dict[str, Any] = field(default_factory=dict)

    @property
    def action(self) -> Action:
        """The action that is carried out."""
        return self.command.action(self.filling.action)

    @property
    def today(self) -> date:
        """The school's date."""
        return self.asker.today

    def texts(self, name: str) -> tuple[str, ...]:
        """Each thing said for a field, byte for byte, without 无 and the like."""
        said = self.filling.texts.get(name, [])
        return tuple(one for one in said if one and not says_nothing(one, self.lexicon))

    def text(self, name: str) -> str | None:
        """What was said for a field, byte for byte; None for nothing, and for 无 and the like."""
        said = [one for one in self.filling.texts.get(name, []) if one]
        if not said or all(says_nothing(one, self.lexicon) for one in said):
            return None
        return "\n".join(said)

    def last(self, name: str) -> str | None:
        """What was said last for a field: people correct themselves."""
        said = self.filling.texts.get(name)
        return said[-1] if said else None

    def pick(self, name: str) -> int | str | None:
        """What was picked for a field by its number."""
        return self.filling.picks.get(name)

    def choice(self, name: str, default: str) -> str:
        """The choice that was made for a field."""
        said, picked = self.last(name), self.pick(name)
        chosen = (self.lexicon.choice(name, said) if said else None) or default
        if isinstance(picked, str):
            # An option says which field it is of, too: result.refused.
            chosen = picked.rpartition(".")[2]
        self.settle(FieldSaid(name, "plain", chosen))
        return chosen

    def settle(self, said: FieldSaid) -> None:
        """Note what a field was understood as."""
        self.settled = [one for one in self.settled if one.name != said.name] + [said]

    def understood(self, *, recorded: bool = True) -> Understood:
        """What the command was taken for, as far as it is settled.

        `recorded` is false as long as the record that would tell the words isn't this one's.
        """
        fields = tuple(one for one in self.settled if recorded or one.kind != "recorded")
        return Understood(self.command.name, self.filling.action, fields)

    def form(self) -> tuple[FormField, ...]:
        """The action's fields, for platforms that can show a form."""
        return form_of(self.action)

    @property
    def example_class(self) -> int | None:
        """A class of the asker's own, for examples."""
        return self.asker.classes[0] if self.asker.classes else None


def form_of(action: Action) -> tuple[FormField, ...]:
    """What chat needs of an action's fields."""
    return tuple(FormField(one.name, one.type, one.required, one.choices) for one in action.fields)
