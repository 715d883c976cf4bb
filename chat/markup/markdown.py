"""A message in the few marks that chats share, each text in it as it was said."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.harmless import GAP
from chat.markup.cutting import Room, cut, joined
from chat.markup.plain import choice_text
from chat.message import Choice, Message

# Longer than a family ever says in a chat; the record holds all of it.
LONGEST_LINE = 500
LONGEST_CHOICE = 60
# Chats differ in what they take for a mark and in whether one can be escaped. What looks the same
# and is none, they all agree on.
_LOOK_ALIKE = str.maketrans("\\`*_[]<>&~|$", "＼｀＊＿［］＜＞＆～｜＄")
_AT_THE_HEAD = re.compile(r"[#>+=-]|\d+[.)]")


def escaped(text: str) -> str:
    """One line of text in which nothing is a mark, be it at the line's head.

    >>> escaped("**# x**"), escaped("# x").replace(GAP, "·")
    ('＊＊# x＊＊', '·# x')
    """
    text = text.strip().translate(_LOOK_ALIKE)
    return GAP + text if _AT_THE_HEAD.match(text) else text


def markdown(
    message: Message, *, room: Room, between: str, tap: Callable[[str], str] | None
) -> str:
    """The first line, the others and the choices, `between` them; as much as there is room for.

    `tap` makes the address that says a choice for the reader when it is tapped. The choices come
    first when room is short, since they answer.
    """
    choices = between.join(_choice(choice, tap) for choice in message.choices)
    choices = between + choices if choices else ""
    lines = [cut(escaped(line), LONGEST_LINE) for line in (message.title, *message.lines)]
    return joined(lines, between, room.without(choices)) + choices


def _choice(choice: Choice, tap: Callable[[str], str] | None) -> str:
    text = cut(escaped(choice_text(choice)), LONGEST_CHOICE)
    return text if tap is None else f"[{text}]({tap(choice.say)})"
