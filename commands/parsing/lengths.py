"""How many days more, as one writes it: 5天, 五天, 延5天, 一周, 5 days."""

from __future__ import annotations

import re

from commands.parsing.numerals import number_of
from commands.parsing.plain import plain

_NUMERAL = r"\d{1,3}|[一二两三四五六七八九十廿]{1,3}"
_LENGTH = re.compile(
    rf"(?:再|多|延|延期|延长|约|for |another ){{0,2}}(?P<number>{_NUMERAL}) ?(?:more )?个?"
    r"(?P<unit>天|日|周|星期|礼拜|days?|weeks?)(?![a-z])(?=[\s,。;!?、)]|\Z)"
)
_WEEK = re.compile(r"周|星期|礼拜|weeks?")


def length_end(said: str, pos: int, end: int) -> int | None:
    """Where the length ends that stands at that place of a plain text."""
    match = _LENGTH.match(said, pos, end)
    return match.end() if match else None


def parse_length(text: str) -> int | None:
    """So many days, as the whole text says; a bare number is one, too. None when it says none.

    >>> parse_length("5天"), parse_length("延长两周"), parse_length("five"), parse_length("7")
    (5, 14, None, 7)
    """
    said = " ".join(plain(text).split())
    match = _LENGTH.fullmatch(said)
    if match is None:
        return number_of(said)
    number = number_of(match["number"])
    return None if number is None else number * (7 if _WEEK.fullmatch(match["unit"]) else 1)
