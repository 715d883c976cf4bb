"""A class, and a child's number in it, as people write them: 七3, 七(3)班, 703, 初一3班, 12号."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.parsing.numerals import number_of
from commands.parsing.plain import plain


@dataclass(frozen=True, slots=True)
class ClassSaid:
    """A class by its grade (7 to 12) and number; without a number, the whole grade."""

    grade: int
    number: int | None


_NUMBER = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})"


# A class, and not its 班主任.
_OF = r"班(?!主任)"


def _inside(group: str) -> str:
    return rf"[(\[【〔] ?(?P<{group}>{_NUMBER}) ?[)\]】〕](?: ?{_OF})?"


_GRADE = r"7|8|9|10|11|12"
_WRITTEN = (
    # 七年级3班, 7年级(3)班, 高一12, 高1-12, 初中一年级三班, 七3, 七三班, and 七年级 alone.
    r"(?:(?:(?P<grade>[七八九]|十[一二]?|" + _GRADE + r")年(?:级|(?=\d))"
    r"|(?P<short>[七八九])"
    r"|(?P<stage>初中?|高中?)(?P<year>[一二三]|[123](?!\d))(?P<full>年(?:级|(?=\d)))?)"
    r"(?: ?" + _inside("a") + rf"| ?第?(?P<b>{_NUMBER}) ?{_OF}"
    rf"|[-.–—·](?P<c>\d{{1,2}})(?!\d)(?:{_OF})?"
    r"|(?P<d>\d{1,2})(?!\d| ?号)"
    r"|(?P<e>十[一二]?|[一二三四五六七九]|(?<!八)八)(?=[\s,。;]|\Z)|(?P<alone>)))",
    # 703, 703班, 1012: the last two digits are the class.
    r"(?:(?P<grade>[789]|1[012])(?P<a>\d\d)(?!\d)(?:"
    + _OF
    + r"|(?!\s*[号人户元个次天岁页室]|[-./]\d)))",
    # 7-3, 7.3, 7(3)班
    r"(?:(?P<grade>" + _GRADE + r")(?:[-.–—](?P<a>\d{1,2})(?!\d|[-./]\d|[号月日])(?:" + _OF + r")?"
    r"|" + _inside("b") + r"))",
    # G7-3, Grade 7 Class 3, Junior 1 (3)
    r"(?:(?:g|grade ?|year ?)(?P<grade>" + _GRADE + r")|(?P<stage>junior|senior) ?(?P<year>[123]))"
    r"(?!\d)(?:-(?P<a>\d{1,2})(?!\d)|,? ?(?:class|c) ?(?P<b>\d{1,2})(?!\d)"
    r"| ?" + _inside("c") + r"|(?P<alone>))(?![a-z])",
    # Class 3 of Grade 7
    r"class ?(?P<a>\d{1,2}),? ?(?:of |in )?"
    r"(?:(?:g|grade |year )(?P<grade>" + _GRADE + r")|(?P<stage>junior|senior) (?P<year>[123]))"
    r"(?![\da-z])",
)
_CLASS = tuple(re.compile(written) for written in _WRITTEN)
_FIRST = re.compile(r"[七八九十初高789gyjsc1]")
_FIRST_GRADES = {"初": 7, "j": 7, "高": 10, "s": 10}
_HAN = re.compile(r"[\u3400-\u9fff]")
_SEAT = re.compile(
    r"(?:(\d{1,3}|[一二三四五六七八九十]{1,3})\s*号|(?:no\.? ?|seat )(\d{1,3})(?!\d))"
)


def parse_class(text: str) -> ClassSaid | None:
    """The class that the whole text names, or None.

    >>> parse_class("七（3）班"), parse_class("初一")
    (ClassSaid(grade=7, number=3), ClassSaid(grade=7, number=None))
    """
    said = plain(text).strip()
    found = class_at(said, 0)
    return found[0] if found and found[1] == len(said) else None


def class_at(text: str, pos: int, end: int | None = None) -> tuple[ClassSaid, int] | None:
    """The class that stands at that place of a plain text, and where it ends (七3王小明)."""
    end = len(text) if end is None else end
    if not _FIRST.match(text, pos, end):
        return None
    for pattern in _CLASS:
        match = pattern.match(text, pos, end)
        said = match and _said(match)
        if match and said and not _is_a_name(match, end):
            return said, match.end()
    return None


def seat_at(text: str, pos: int, end: int | None = None) -> tuple[int, int] | None:
    """The number in class (12号, no. 12) at that place of a plain text, and where it ends."""
    match = _SEAT.match(text, pos, len(text) if end is None else end)
    number = match and number_of(match[1] or match[2])
    return (number, match.end()) if match and number else None


def parse_seat(text: str) -> int | None:
    """The number in class that the whole text is, with or without 号; None for a name."""
    said = plain(text).strip()
    found = seat_at(said, 0)
    if found:
        return found[0] if found[1] == len(said) else None
    return number_of(said) if said.isdecimal() else None


def _said(match: re.Match[str]) -> ClassSaid | None:
    parts = match.groupdict()
    grade = _grade(parts)
    written = next((parts[key] for key in "abcde" if parts.get(key)), None)
    number = number_of(written) if written else None
    if not 7 <= grade <= 12 or number == 0 or (written and number is None):
        return None
    if written is None and parts.get("short") and not match.string[match.end() :][:1].isspace():
        # 七 alone is a number; before a space it is the class's grade, as in 七 3号.
        return None
    return ClassSaid(grade, number)


def _grade(parts: dict[str, str | None]) -> int:
    if stage := parts.get("stage"):
        return _FIRST_GRADES[stage[0]] - 1 + (number_of(parts["year"] or "") or 0)
    return number_of(parts.get("grade") or parts.get("short") or "") or 0


def _is_a_name(match: re.Match[str], end: int) -> bool:
    """高一鸣 is a child: 高一 alone is a grade only where no more letters follow."""
    parts = match.groupdict()
    bare = parts.get("alone") is not None and parts.get("stage") and not parts.get("full")
    return bool(bare and _HAN.match(match.string, match.end(), end))
