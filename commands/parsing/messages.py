"""A message is one command or several, a command that we don't have, or talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from commands.parsing.actions import choose_action
from commands.parsing.classes import class_at
from commands.parsing.fields import read_fields
from commands.parsing.lexicon import Lexicon
from commands.parsing.near import near
from commands.parsing.plain import plain
from commands.parsing.said import CommandSaid, Said, Span, Talk, UnknownCommand

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
    start = _BEFORE.match(said).end()  # type: ignore[union-attr]
    prefix = _PREFIX.match(said, start)
    first = lexicon.name_here.match(said, prefix.end() if prefix else start)
    if not prefix and not (addressed and first and _stands_alone(said, first.end())):
        return (Talk(text),)
    if prefix and not first and said[start] == "、" and not _LETTER.match(said, prefix.end()):
        return (Talk(text),)
    return tuple(_commands(text, said, start, first, lexicon))


def _stands_alone(said: str, pos: int) -> bool:
    """帮助 and 家访七3 are commands; 问题不大 is talk."""
    return _SEPARATE.match(said, pos) is not None or class_at(said, pos) is not None


def _commands(
    text: str, said: str, start: int, first: re.Match[str] | None, lexicon: Lexicon
) -> Iterator[Said]:
    further = list(lexicon.line_ahead.finditer(said, first.end() if first else start))
    ends = [match.start("prefix") for match in further] + [len(said)]
    part = Span(start, ends[0])
    if first:
        yield _command(text, said, part, Span(*first.span()), lexicon)
    else:
        yield _unknown(text, said, part, lexicon)
    for match, end in zip(further, ends[1:], strict=True):
        part = Span(match.start("prefix"), end)
        yield _command(text, said, part, Span(*match.span("name")), lexicon)


def _command(text: str, said: str, part: Span, name: Span, lexicon: Lexicon) -> CommandSaid:
    command = lexicon.commands[lexicon.names[" ".join(name.of(said).split())]]
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
