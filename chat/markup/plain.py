"""A message as plain text, for platforms that show what they are given."""

from __future__ import annotations

from unicodedata import east_asian_width

from chat.message import Choice, Message

# Choices stand beside each other as long as a phone shows them in about two lines.
_COLUMNS = 60
_BETWEEN = "\u3000"


def plain(message: Message) -> str:
    """The first line, the others, and the choices with what picks each."""
    return "\n".join((message.title, *message.lines, *_choices(message.choices)))


def _choices(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    shown = tuple(_choice(choice) for choice in choices)
    beside = _BETWEEN.join(shown)
    return shown if _columns(beside) > _COLUMNS else (beside,) * bool(shown)


def _choice(choice: Choice) -> str:
    return choice.label if choice.say == choice.label else f"{choice.say} {choice.label}"


def _columns(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in text)
