"""Puts the spaces back that somebody left out: /宣讲影片家长120人 is /宣讲 影片 家长 120人.

Only from the command's name on, as far as part after part is beyond doubt; a text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commands.parsing.classes import class_at, seat_at
from commands.parsing.dates import WRITTEN
from commands.parsing.part_words import PartWords

_SEPARATORS = " \t\r\n\u3000,，。.;；!！?？、:：=()（）"
_DAY = re.compile(rf"自?(?:{WRITTEN})(?:[日号]?起(?:\d{{1,3}}天)?)?")
_TO = re.compile(r"[到至~]")
_COUNT = re.compile(r"约?\d{2,6}[多余]?(?:人次|人(?![工口民才家数])|名|位)")
_RECORD = re.compile(r"[vtan]\d{1,9}(?![\da-z])")
# What a number, a class or a day begins with.
_FIRSTS = frozenset(
    "0123456789vtan约自gys初高上下本这周星礼今昨前大明后即廿卅一二两三四五六七八九十"
)
_SOMEBODY = re.compile(r"[\u3400-\u9fff]{2}")
# A name or a unit is as long as this before what follows it.
_SHORTEST, _LONGEST = 2, 12


def cuts(said: str, pos: int, end: int, words: PartWords) -> list[int]:
    """Where a space is missing in a command's part of a plain text, from behind its name."""
    return list(_Chain(said, pos, end, words).cuts())


class _Chain:
    """Part after part, as long as each is one that we know."""

    def __init__(self, said: str, start: int, end: int, words: PartWords) -> None:
        self.said = said
        self.start = start
        self.end = end
        self.words = words

    def cuts(self) -> Iterator[int]:
        pos = self.start
        while (pos := self.skipped(pos)) < self.end:
            part = self.part(pos)
            if part is None:
                part = self.before_a_part(pos)
                if part is None:
                    yield from self.cut(pos)
                    return
            yield from self.cut(pos)
            if self.said[pos:part] in self.words.texts:
                yield from self.cut(part)
                return
            pos = part

    def cut(self, pos: int) -> Iterator[int]:
        if self.start <= pos < self.end and not self.parted(pos - 1) and not self.parted(pos):
            yield pos

    def parted(self, pos: int) -> bool:
        return pos >= self.end or self.said[pos] in _SEPARATORS

    def skipped(self, pos: int) -> int:
        while pos < self.end and self.said[pos] in _SEPARATORS:
            pos += 1
        return pos

    def before_a_part(self, pos: int) -> int | None:
        """A name or a unit reaches up to the next part that we know."""
        for stop in range(pos + 1, min(pos + _LONGEST, self.end)):
            if self.parted(stop):
                return None
            if stop >= pos + _SHORTEST and self.part(stop) is not None:
                return stop
        return None

    def part(self, pos: int) -> int | None:
        """Where the part ends that begins there; None when none does beyond doubt."""
        if self.said[pos] not in _FIRSTS and self.said[pos] not in self.words.firsts:
            return None
        return self.days(pos) or self.number(pos) or self.word(pos) or self.day(pos)

    def days(self, pos: int) -> int | None:
        """9-10到9-12, which begins like a class."""
        since = _DAY.match(self.said, pos, self.end)
        if since is None or not _TO.match(self.said, since.end(), self.end):
            return None
        until = _DAY.match(self.said, since.end() + 1, self.end)
        return until.end() if until else None

    def number(self, pos: int) -> int | None:
        """V12, 120人, 七3, 12号: whatever follows."""
        for pattern in (_RECORD, _COUNT):
            if match := pattern.match(self.said, pos, self.end):
                return match.end()
        found = class_at(self.said, pos, self.end)
        if found is not None and found[0].number is not None:
            return found[1]
        if found is not None and found[1] > pos + 1 and self.ends(found[1]):
            return found[1]
        seat = seat_at(self.said, pos, self.end)
        return seat[1] if seat else None

    def word(self, pos: int) -> int | None:
        first = pos == self.skipped(self.start)
        for word in self.words.openers if first else ():
            stop = pos + len(word)
            if self.said.startswith(word, pos, self.end):
                return stop if self.ends(stop) or _SOMEBODY.match(self.said, stop) else None
        for word in self.words.followed:
            stop = pos + len(word)
            if not first and self.said.startswith(word, pos, self.end):
                return stop if _SOMEBODY.match(self.said, stop, self.end) else None
        for word in self.words.choices:
            stop = pos + len(word)
            if self.said.startswith(word, pos, self.end):
                return stop if self.ends(stop) else None
        return self.label(pos)

    def label(self, pos: int) -> int | None:
        """性格内向, right behind what we know."""
        for word in self.words.labels:
            stop = pos + len(word)
            if self.said.startswith(word, pos, self.end):
                return stop if not self.parted(stop) else None
        return None

    def day(self, pos: int) -> int | None:
        match = _DAY.match(self.said, pos, self.end)
        return match.end() if match and self.ends(match.end()) else None

    def ends(self, pos: int) -> bool:
        """Whether what ends there is followed by nothing, or by another part that we know."""
        return self.parted(pos) or self.part(pos) is not None
