"""A message as plain text, for platforms that show what they are given."""

from __future__ import annotations

from chat.columns import PHONE, columns
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
    if columns(beside) <= _COLUMNS:
        return (beside,) * bool(shown)
    # Where each fits on a line, short ones stand together on one.
    fits = all(columns(text) <= PHONE for text in shown)
    return _packed(shown) if fits else shown


def _packed(shown: tuple[str, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for text in shown:
        beside = f"{lines[-1]}{_BETWEEN}{text}" if lines else text
        if lines and columns(beside) <= PHONE:
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
