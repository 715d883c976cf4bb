"""What is still being asked about, kept until the person says more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from commands.turn import Filling
from domain.notices.asking import TakenFor
from domain.notices.values import Option


@dataclass(frozen=True)
class FillingDraft:
    """A command that waits for one of its fields; a number picks one of the options."""

    filling: Filling
    asked: str | None
    options: tuple[Option, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For the draft's row."""
        options = [[one.kind, one.value] for one in self.options]
        return {
            "kind": "filling",
            "filling": self.filling.as_data(),
            "asked": self.asked,
            "options": options,
        }


@dataclass(frozen=True)
class Reread:
    """A command to read again, mended; `settled` stretches are no longer doubted.

    `in_group`: it was typed in a group, wherever the question about it is answered.
    """

    text: str
    settled: tuple[str, ...] = ()
    in_group: bool = False


@dataclass(frozen=True)
class TypoDraft:
    """A command with a stretch that wasn't understood; a number picks what to read instead.

    None among `instead` means that it was meant as it stands. `choice` is the field that the
    stretch was to be a choice of.
    """

    message: Reread
    start: int
    end: int
    instead: tuple[str | None, ...]
    choice: str | None = None

    @property
    def typed(self) -> str:
        """The stretch as it was typed."""
        return self.message.text[self.start : self.end]

    def as_data(self) -> dict[str, Any]:
        """For the draft's row."""
        return {
            "kind": "typo",
            "text": self.message.text,
            "settled": list(self.message.settled),
            "in_group": self.message.in_group,
            "start": self.start,
            "end": self.end,
            "instead": list(self.instead),
            "choice": self.choice,
        }


Draft = FillingDraft | TypoDraft


def hinted(draft: Draft) -> Draft:
    """The same question, whose message its speaker has been asked to recall."""
    if isinstance(draft, TypoDraft):
        return replace(draft, message=replace(draft.message, in_group=False))
    draft.filling.hinted = True
    return draft


def taken_for(draft: Draft) -> TakenFor:
    """The command and the field of a question; a mistyped command has none of them yet."""
    if isinstance(draft, TypoDraft):
        return TakenFor()
    field = (draft.asked or "").partition(":")[0]
    return TakenFor(command=draft.filling.command, field=field or None)


@dataclass(frozen=True)
class Waiting:
    """All that waits for a person: questions in the order asked, the newest to be answered first.

    `visits` have open questions: a message of labels alone adds to them.
    """

    questions: tuple[Draft, ...] = ()
    visits: tuple[int, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.questions or self.visits)

    def as_data(self) -> dict[str, Any]:
        """For the draft's row."""
        questions = [one.as_data() for one in self.questions]
        return {"questions": questions, "visits": list(self.visits)}


def waiting_from(data: Mapping[str, Any] | None) -> Waiting:
    """What `as_data` wrote; nothing waits when there is nothing."""
    if data is None:
        return Waiting()
    return Waiting(tuple(_draft(one) for one in data["questions"]), tuple(data["visits"]))


def _draft(data: Mapping[str, Any]) -> Draft:
    if data["kind"] == "typo":
        message = Reread(data["text"], tuple(data["settled"]), data["in_group"])
        instead = tuple(data["instead"])
        return TypoDraft(message, data["start"], data["end"], instead, data["choice"])
    options = tuple(Option(kind, value) for kind, value in data["options"])
    return FillingDraft(Filling.from_data(data["filling"]), data["asked"], options)
