"""The number of a record as people say it: V12, #57, 57-2, or 12 alone."""

from __future__ import annotations

import re

from commands.parsing.numerals import number_of
from commands.parsing.plain import plain

VOICE = re.compile(r"(?:# ?)?(\d{1,9})(?:-(\d{1,4}))?(?![\da-z])")
RECORD = re.compile(r"(?:([a-z#]) ?)?(\d{1,9})(?![\da-z])")
_DIGITS = re.compile(r"\d+")


def number_behind(letter: str, text: str) -> int | None:
    """12 for V12, v 12 or 12 where the letter is V."""
    return number_of(plain(text).strip().removeprefix(letter.lower()))


def visit_number(text: str) -> int | None:
    """12 for V12, v 12 or 12."""
    return number_behind("V", text)


def problem_numbers(text: str) -> tuple[int, ...]:
    """57 and 58 for "#57、58", each once, in the order in which they were said."""
    return tuple(dict.fromkeys(int(found) for found in _DIGITS.findall(plain(text))))


def voice_number(text: str) -> tuple[int, int | None] | None:
    """The problem and the voice's number in it: #57-2 is (57, 2), 57 is (57, None)."""
    match = VOICE.fullmatch(plain(text).strip())
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def record_number(text: str) -> tuple[str, int] | None:
    """The letter and the number: V12 is ("v", 12), #57 is ("#", 57), a bare 12 is ("", 12)."""
    match = RECORD.fullmatch(plain(text).strip())
    return (match[1] or "", int(match[2])) if match else None
