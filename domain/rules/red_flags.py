"""Words of danger in what someone said, so that a person is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.rules.plan_clock import RedFlagKind, RedFlags
from domain.rules.squeezing import Squeezed, squeezed

# A word in Latin letters is a word only where no other letter touches it: not "on fire" in
# "lesson fire drill".
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True)
class Flag:
    """A hit: the kind's key, the plan's word, and where it stands, as `words[start:end]`."""

    kind: str
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class _Watched:
    """A kind with its words and exceptions as they are compared."""

    key: str
    words: tuple[tuple[str, str], ...]
    exceptions: tuple[str, ...]


def red_flags(words: str, plan: RedFlags) -> tuple[Flag, ...]:
    """Every hit that stands in no exception of its kind, in the order of the words.

    Rather one alert too many: "没有自杀的念头" is a hit, for a person should look at it. Of hits
    within one another the longest counts.
    """
    said = squeezed(words)
    found = [flag for kind in plan.kinds for flag in _flags(said, _watched(kind))]
    return tuple(sorted(found, key=lambda flag: (flag.start, flag.end, flag.kind)))


@lru_cache(maxsize=64)
def _watched(kind: RedFlagKind) -> _Watched:
    return _Watched(
        kind.key,
        tuple((word, squeezed(word).signs) for word in kind.words),
        tuple(squeezed(word).signs for word in kind.exceptions),
    )


def _flags(said: Squeezed, kind: _Watched) -> Iterator[Flag]:
    hits = {
        spot: word
        for word, signs in kind.words
        for spot in said.spots(signs)
        if said.is_one_word(*spot) and _stands_alone(said, *spot)
    }
    if not hits:
        return
    spared = [spot for signs in kind.exceptions for spot in said.spots(signs)]
    for spot in _outermost([spot for spot in hits if not _within_any(spot, spared)]):
        yield Flag(kind.key, hits[spot], *said.place(*spot))


def _stands_alone(said: Squeezed, start: int, end: int) -> bool:
    """Whether no Latin letter touches a Latin word where it begins and ends."""
    first, last = said.place(start, end)
    before, after = said.words[max(first - 1, 0) : first], said.words[last : last + 1]
    return not (_joins(before, said.signs[start]) or _joins(said.signs[end - 1], after))


def _joins(left: str, right: str) -> bool:
    return bool(_LATIN.match(left.casefold()) and _LATIN.match(right.casefold()))


def _within_any(spot: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= spot[0] and spot[1] <= end for start, end in others)


def _outermost(spots: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that lie in no other, from left to right."""
    kept: list[tuple[int, int]] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[1] > kept[-1][1]:
            kept.append(spot)
    return kept
