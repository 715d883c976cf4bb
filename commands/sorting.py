"""Sorts out of a note what stands there as a word of its own: whom it was for, how many, when."""

from __future__ import annotations

import re

from commands.parsing.classes import parse_class
from commands.parsing.counts import count_end
from commands.parsing.dates import parse_day
from commands.parsing.plain import plain
from commands.turn import Turn
from domain.queries.units import all_units

_PARTS = re.compile(r"([\s,，。;；、]+)")
_HAN = re.compile(r"[\u3400-\u9fff]")


async def sort_note(turn: Turn) -> None:
    """Whatever order it was typed in: 活动中心 家长 120人 has two fields, and a place.

    A word goes to the first field that it fits and that wasn't said; the rest stays as it was.
    """
    texts = turn.filling.texts.get("text", [])
    left = [one for text in texts if (one := await _sorted(turn, text))]
    if left != texts:
        turn.filling.put("text", *left)


async def _sorted(turn: Turn, text: str) -> str:
    kept: list[str] = []
    words = _PARTS.split(text)
    for word, gap in zip(words[::2], [*words[1::2], ""], strict=True):
        field = await _field_for(turn, word) if word else None
        if field is None:
            kept += [word, gap]
        else:
            turn.filling.put(field, word)
    left = "".join(kept)
    return left if left == text else left.strip(" \t\r\n,，。;；、")


async def _field_for(turn: Turn, word: str) -> str | None:
    """The field, not yet said, that this whole word is for."""
    for field in turn.action.fields:
        if turn.last(field.name) is None and await _fits(turn, field.name, field.type, word):
            return field.name
    return None


async def _fits(turn: Turn, name: str, type_: str, word: str) -> bool:
    if type_ == "choice":
        return turn.lexicon.choice(name, word) is not None
    if type_ == "count":
        return count_end(plain(word), 0) == len(word)
    if type_ == "date":
        return parse_day(word, turn.today) is not None
    return type_ == "unit" and await is_a_unit(word)


async def is_a_unit(word: str) -> bool:
    """Whether it is the very name of a department, a grade or a class: 党办, 七年级, 七3.

    Digits alone (703, 10) may be a room or anything.
    """
    if not _HAN.search(word):
        return False
    said = plain(word)
    units = [one for one in await all_units() if one.kind != "school"]
    names = {plain(name) for one in units for name in (one.name, *one.aliases)}
    return said in names or parse_class(word) is not None
