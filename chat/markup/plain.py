"""A message as plain text, for platforms that show what they are given."""

from __future__ import annotations

from unicodedata import east_asian_width

from chat.harmless import inert
from chat.message import Choice, Message

# Choices stand beside each other as long as a phone shows them in about two lines.
_COLUMNS = 60
# A line on a phone.
_LINE = 40
_BETWEEN = "\u3000"


def plain(message: Message) -> str:
    """The first line, the others, and the choices with what picks each."""
    return "\n".join((message.title, *message.lines, *_choices(message.choices)))


def _choices(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    shown = tuple(choice_text(choice) for choice in choices)
    beside = _BETWEEN.join(shown)
    if _columns(beside) <= _COLUMNS:
        return (beside,) * bool(shown)
    # Where each fits on a line, short ones stand together on one.
    fits = all(_columns(text) <= _LINE for text in shown)
    return _packed(shown) if fits else shown


def _packed(shown: tuple[str, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for text in shown:
        beside = f"{lines[-1]}{_BETWEEN}{text}" if lines else text
        if lines and _columns(beside) <= _LINE:
            lines[-1] = beside
        else:
            lines.append(text)
    return tuple(lines)


def choice_text(choice: Choice) -> str:
    """What picks it, and what it is; once when both are the same."""
    say = inert(choice.say)
    if say.startswith("/"):
        # A whole command stands last, where it can be copied without what it does.
        return f"{choice.label}{_BETWEEN}{say}"
    return choice.label if say == choice.label else f"{say} {choice.label}"


def _columns(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in text)
