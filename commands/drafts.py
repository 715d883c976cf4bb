"""What is still being asked about, and how the next message answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commands.declarations import Command
from commands.parsing.lexicon import Lexicon
from commands.parsing.classes import parse_class
from commands.parsing.numerals import number_of
from commands.parsing.plain import plain
from commands.parsing.reply import fields_of, labelled_only, pick_of, yes_or_no
from commands.turn import Filling
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
class TypoDraft:
    """A message with a stretch that wasn't understood; a number picks what to read instead.

    None among `instead` means that it was meant as it stands.
    """

    text: str
    start: int
    end: int
    instead: tuple[str | None, ...]
    settled: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For the draft's row."""
        return {
            "kind": "typo",
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "instead": list(self.instead),
            "settled": list(self.settled),
        }


@dataclass(frozen=True)
class OpenDraft:
    """A visit with open questions: a message of labels alone adds to it."""

    visit: int

    def as_data(self) -> dict[str, Any]:
        """For the draft's row."""
        return {"kind": "open", "visit": self.visit}


Draft = FillingDraft | TypoDraft | OpenDraft


def draft_from(data: Mapping[str, Any]) -> Draft:
    """The draft that `as_data` wrote."""
    if data["kind"] == "open":
        return OpenDraft(data["visit"])
    if data["kind"] == "typo":
        return TypoDraft(
            data["text"], data["start"], data["end"], tuple(data["instead"]), tuple(data["settled"])
        )
    options = tuple(Option(kind, value) for kind, value in data["options"])
    return FillingDraft(Filling.from_data(data["filling"]), data["asked"], options)


@dataclass(frozen=True)
class Reread:
    """The message to read again, mended; `settled` stretches are no longer doubted."""

    text: str
    settled: tuple[str, ...] = field(default=())


def resumed(
    draft: Draft, reply: str, commands: Mapping[str, Command], lexicon: Lexicon
) -> Filling | Reread | None:
    """What the reply makes of the draft; None when it doesn't answer it."""
    if isinstance(draft, OpenDraft):
        return _added(draft, reply, commands["visit"], lexicon)
    if isinstance(draft, TypoDraft):
        return _mended(draft, reply, lexicon)
    picked = pick_of(reply, len(draft.options))
    if picked is not None and draft.asked is not None:
        draft.filling.picks[draft.asked] = draft.options[picked - 1].value
        return draft.filling
    if draft.asked is None or all(one.kind == "word" for one in draft.options) and draft.options:
        return None
    return _answered(draft.filling, draft.asked, reply, commands, lexicon)


def _added(draft: OpenDraft, reply: str, visit: Command, lexicon: Lexicon) -> Filling | None:
    parts = labelled_only(reply, visit, visit.action("add"), lexicon)
    if parts is None:
        return None
    filling = Filling("visit", "add", {"visit": [f"V{draft.visit}"]})
    filling.take(parts)
    return filling


def _mended(draft: TypoDraft, reply: str, lexicon: Lexicon) -> Reread | None:
    picked = pick_of(reply, len(draft.instead))
    if picked is None and yes_or_no(reply, lexicon) and draft.instead:
        picked = 1
    if picked is None:
        return None
    instead = draft.instead[picked - 1]
    if instead is None:
        return Reread(draft.text, (*draft.settled, draft.text[draft.start : draft.end]))
    return Reread(draft.text[: draft.start] + instead + draft.text[draft.end :], draft.settled)


def _answered(
    filling: Filling, asked: str, reply: str, commands: Mapping[str, Command], lexicon: Lexicon
) -> Filling:
    """The reply fills what was asked, and whatever else it says that was not said before."""
    name, _, said = asked.partition(":")
    if said:
        filling.texts[name] = [one.replace(said, reply.strip()) for one in filling.texts[name]]
        return filling
    if name == "class_" and (number := _number_in(filling, reply)) is not None:
        filling.texts[name] = [number]
        return filling
    command = commands[filling.command]
    parts, _doubts = fields_of(reply, command, command.action(filling.action), lexicon)
    if name in parts:
        filling.take({key: given for key, given in parts.items()
                      if key == name or key not in filling.texts})
    else:
        filling.texts[name] = [reply.strip()]
        filling.picks.pop(name, None)
    return filling


def _number_in(filling: Filling, reply: str) -> str | None:
    """A bare 3 or 3班 completes the grade that was said before."""
    before = parse_class((filling.texts.get("class_") or [""])[-1])
    number = number_of(plain(reply).strip().removesuffix("班"))
    return f"{before.grade}{number:02d}" if before and number and number < 100 else None
