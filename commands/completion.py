"""What a person may type, with an example of each, for a list that completes it."""

from __future__ import annotations

from dataclasses import dataclass

from chat.wording.forms import example
from chat.words import words
from commands.table import COMMANDS
from domain.queries.classes import class_of
from domain.queries.people import Asker
from domain.rules.policy import usable


@dataclass(frozen=True)
class Completion:
    """A command by its names in a language, what it does, and an example for this person."""

    name: str
    names: tuple[str, ...]
    summary: str
    example: str


async def completions(asker: Asker, language: str) -> list[Completion]:
    """The commands that the person may use, in help's order."""
    spoken = words(language)
    own = (await class_of(asker.classes[0], asker.today)).name if asker.classes else None
    return [
        Completion(
            name=name,
            names=spoken.names(f"command.{name}.names"),
            summary=spoken.text(f"command.{name}.summary"),
            example=example(spoken, name, COMMANDS[name].actions[0].name, own, private=True),
        )
        for name in usable(asker.standing, COMMANDS)
    ]
