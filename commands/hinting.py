"""Whether what stands in a group tells of a child or a home, carried out or not."""

from __future__ import annotations

from commands import visit
from commands.drafts import Reread
from commands.parsing.lexicon import Lexicon
from commands.parsing.messages import read_message
from commands.parsing.said import CommandSaid, UnknownCommand
from commands.turn import Turn


def tells_of_a_home(turn: Turn) -> bool:
    """Whether a child's name or what was said and seen stands there, and not in a class list."""
    if turn.command.open_texts:
        return False
    texts = any(turn.text(one.name) for one in turn.action.fields if one.type == "text")
    return texts or visit.names_a_child(turn)


def as_meant(said: UnknownCommand, message: Reread, lexicon: Lexicon) -> CommandSaid | None:
    """A mistyped command read as the nearest one that we have; None when none is near."""
    if not said.near:
        return None
    rest = message.text[said.name.end : said.span.end]
    read = read_message(f"/{said.near[0]} {rest}", addressed=True, lexicon=lexicon)
    return read[0] if isinstance(read[0], CommandSaid) else None
