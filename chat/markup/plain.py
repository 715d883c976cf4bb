"""A message as plain text, for platforms that show what they are given."""

from __future__ import annotations

from unicodedata import east_asian_width

from chat.harmless import inert
from chat.message import Choice, Message

# Choices stand beside each other as long as a phone shows them in about two lines.
_COLUMNS = 60
_BETWEEN = "\u3000"


def plain(message: Message) -> str:
    """The first line, the others, and the choices with what picks each."""
    return "\n".join((message.title, *message.lines, *_choices(message.choices)))


def _choices(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    shown = tuple(choice_text(choice) for choice in choices)
    beside = _BETWEEN.join(shown)
    return shown if _columns(beside) > _COLUMNS else (beside,) * bool(shown)


def choice_text(choice: Choice) -> str:
    """What picks it, and what it is; once when both are the same."""
    say = inert(choice.say)
    if say.startswith("/"):
        # A whole command stands last, where it can be copied without what it does.
        return f"{choice.label}{_BETWEEN}{say}"
    return choice.label if say == choice.label else f"{say} {choice.label}"


def _columns(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in text)
