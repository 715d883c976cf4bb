"""Makes what is too long fit: at the end of a line where that is possible, never within a sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import category

from chat.harmless import GAP, inert

MORE = "…"
_JOINERS = "\u200c\u200d"
# Two vowels, of Thai and Lao, are letters and hang on the one before all the same; so does what
# keeps that one from working.
_JOINING = _JOINERS + "\u0e33\u0eb3" + GAP


@dataclass(frozen=True)
class Room:
    """How much a platform takes in one message, in characters and in bytes of UTF-8."""

    characters: int
    bytes: int

    def holds(self, text: str) -> bool:
        """Whether the text fits."""
        return len(text) <= self.characters and len(text.encode()) <= self.bytes

    def without(self, text: str) -> Room:
        """What is left of it beside the text."""
        return Room(self.characters - len(text), self.bytes - len(text.encode()))


def cut(text: str, characters: int) -> str:
    """The text, or as much of it as fits with a sign that there was more.

    >>> cut("希望有晚托", 4), cut("👍🏽👍🏽👍🏽", 4)
    ('希望有…', '👍🏽…')
    """
    if len(text) <= characters:
        return text
    # Two signs that were apart may stand side by side now: they are kept apart again.
    return inert(text[: boundary(text, max(0, characters - len(MORE)))] + MORE)


def boundary(text: str, end: int) -> int:
    """The last place up to `end` where nothing that is seen as one sign is torn apart."""
    while 0 < end < len(text) and _is_one(text, end):
        end -= 1
    return end


def _is_one(text: str, at: int) -> bool:
    """Whether what stands before and what stands behind are one sign (UAX 29, in short)."""
    before, behind = text[at - 1], text[at]
    if category(behind).startswith("M") or behind in _JOINING or before in _JOINERS:
        return True
    if "\U0001f3fb" <= behind <= "\U0001f3ff":
        return True
    if _is_flag(before) and _is_flag(behind):
        return _flags_before(text, at) % 2 == 1
    # A Korean syllable spelled out in its letters.
    return "\u1100" <= before <= "\u11ff" and "\u1160" <= behind <= "\u11ff"


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    start = at
    while start and _is_flag(text[start - 1]):
        start -= 1
    return at - start


def joined(lines: Sequence[str], between: str, room: Room) -> str:
    """The lines in one text; those at the end that don't fit are left out, and a sign says so."""
    whole = between.join(lines)
    if room.holds(whole):
        return whole
    kept = list(lines)
    while kept and not room.holds(between.join((*kept, MORE))):
        kept.pop()
    return between.join((*kept, MORE))
