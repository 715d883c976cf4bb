"""A message is one command or several, a command that we don't have, or talk."""

from __future__ import annotations

import re

from commands.parsing.actions import choose_action
from commands.parsing.classes import class_at
from commands.parsing.fields import read_fields
from commands.parsing.lexicon import Lexicon
from commands.parsing.near import near
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Said, Span, Talk, UnknownCommand
from commands.parsing.spacing import cuts

# What stands before a message unseen, and the mention that calls us: @走访 /家访 …
_BEFORE = re.compile(
    r"(?:[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    r"|@[^\s@/、]+(?:\s|\Z|(?=[/、])))*"
)
_PREFIX = re.compile(r"[/、][ \t]*")
_SEPARATE = re.compile(r"\s|#?\d|[vta] ?\d|[。.!?~]*\s*\Z")
_WORD = re.compile(r"\S*")
_LETTER = re.compile(r"[^\W\d_]")
_SUGGESTED = 3


def read_message(text: str, *, addressed: bool, lexicon: Lexicon) -> tuple[Said, ...]:
    """All that a message says, in order; never empty, whatever was typed.

    `addressed`: one-to-one, @mentioned or a platform's own slash command, where a command's
    name needs no prefix.
    """
    said = plain(text)
    places = _places(said, addressed=addressed, lexicon=lexicon)
    if not places:
        return (Talk(text),)
    return tuple(
        _command(text, said, part, name, lexicon) if name else _unknown(text, said, part, lexicon)
        for name, part in places
    )


def spaced(text: str, *, addressed: bool, lexicon: Lexicon) -> str:
    """The message with the spaces that were left out between the parts of its commands.

    Nothing else of it changes, and of what is no command nothing at all.
    """
    said = plain(text)
    missing = [
        cut
        for name, part in _places(said, addressed=addressed, lexicon=lexicon)
        if name
        for cut in cuts(said, name.end, part.end, lexicon.parts[_canonical(said, name, lexicon)])
    ]
    for cut in reversed(missing):
        text = f"{text[:cut]} {text[cut:]}"
    return text


def _places(said: str, *, addressed: bool, lexicon: Lexicon) -> list[tuple[Span | None, Span]]:
    """Where each command stands: its name, if it is one of ours, and all that belongs to it.

    None at all when the message is no command.
    """
    start = _BEFORE.match(said).end()  # type: ignore[union-attr]
    prefix = _PREFIX.match(said, start)
    first = lexicon.name_here.match(said, prefix.end() if prefix else start)
    if not prefix and not (addressed and first and _stands_alone(said, first.end())):
        return []
    if prefix and not first and said[start] == "、" and not _LETTER.match(said, prefix.end()):
        return []
    further = list(lexicon.line_ahead.finditer(said, first.end() if first else start))
    names = [Span(*first.span()) if first else None, *(Span(*m.span("name")) for m in further)]
    starts = [start, *(match.start("prefix") for match in further)]
    parts = [Span(*one) for one in zip(starts, [*starts[1:], len(said)], strict=True)]
    return list(zip(names, parts, strict=True))


def _stands_alone(said: str, pos: int) -> bool:
    """帮助 and 家访七3 are commands; 问题不大 is talk."""
    return _SEPARATE.match(said, pos) is not None or class_at(said, pos) is not None


def _canonical(said: str, name: Span, lexicon: Lexicon) -> str:
    return lexicon.names[" ".join(name.of(said).split())]


def _command(text: str, said: str, part: Span, name: Span, lexicon: Lexicon) -> CommandSaid:
    command = lexicon.commands[_canonical(said, name, lexicon)]
    rest = Span(name.end, part.end)
    action = choose_action(text, said, rest, command, lexicon)
    given, doubts = read_fields(text, said, rest, command, action, lexicon)
    return CommandSaid(command.name, action.name, given, doubts, name, part)


def _unknown(text: str, said: str, part: Span, lexicon: Lexicon) -> UnknownCommand:
    start = _PREFIX.match(said, part.start).end()  # type: ignore[union-attr]
    word = _WORD.match(said, start, part.end)
    end = _name_end(said, start, word.end() if word else start)
    meant = near(said[start:end], lexicon.names, loose=True)
    names = tuple(dict.fromkeys(lexicon.names[name] for name in meant))[:_SUGGESTED]
    name = Span(start, end)
    return UnknownCommand(name.of(text), names, name, part)


def _name_end(said: str, start: int, end: int) -> int:
    """Without the class or number that is glued to it: 加访七3 is a mistyped 家访."""
    for pos in range(start + 1, min(end, start + 24)):
        if said[pos].isdecimal() or class_at(said, pos, end):
            return pos
    return end
