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


# What is written for a gap within a word, and how many signs may stand in one.
GAP = "…"
_WIDEST = 8

Spot = tuple[int, int]


@dataclass(frozen=True)
class _Watched:
    """A kind with its words and exceptions as they are compared, each in its pieces."""

    key: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    exceptions: tuple[tuple[str, ...], ...]


def red_flags(words: str, plan: RedFlags) -> tuple[Flag, ...]:
    """Every hit that stands in no exception of its kind, in the order of the words.

    A word with a gap, 割…手, is heard in "割自己的手": a few signs of one sentence stand between.
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
        tuple((word, _pieces(word)) for word in kind.words),
        tuple(_pieces(word) for word in kind.exceptions),
    )


def _pieces(word: str) -> tuple[str, ...]:
    return tuple(squeezed(piece).signs for piece in word.split(GAP))


def _flags(said: Squeezed, kind: _Watched) -> Iterator[Flag]:
    there = [(word, pieces) for word, pieces in kind.words if pieces[0] in said.signs]
    hits = {spot: word for word, pieces in there for spot in _spots(said, pieces)}
    if not hits:
        return
    spared = [spot for pieces in kind.exceptions for spot in _loose_spots(said, pieces)]
    for spot in _outermost([spot for spot in hits if not _within_any(spot, spared)]):
        yield Flag(kind.key, hits[spot], *said.place(*spot))


def _spots(said: Squeezed, pieces: tuple[str, ...]) -> Iterator[Spot]:
    """Where the word stands as one word, or its pieces within a part of a sentence."""
    apart = len(pieces) > 1
    for spot in _loose_spots(said, pieces):
        one = said.is_unbroken(*spot) if apart else said.is_one_word(*spot)
        if one and _stands_alone(said, *spot):
            yield spot


def _loose_spots(said: Squeezed, pieces: tuple[str, ...]) -> Iterator[Spot]:
    """Where the pieces stand in their order, each next one as near as it is."""
    first, *others = pieces
    for start, end in said.spots(first):
        reached = _reached(said, others, end)
        if reached is not None:
            yield start, reached


def _reached(said: Squeezed, pieces: list[str], end: int) -> int | None:
    """Where the last of the pieces ends; None when one is missing, or stands too far off."""
    for piece in pieces:
        found = said.signs.find(piece, end, end + _WIDEST + len(piece))
        if found < 0:
            return None
        end = found + len(piece)
    return end


def _stands_alone(said: Squeezed, start: int, end: int) -> bool:
    """Whether no Latin letter touches a Latin word where it begins and ends."""
    first, last = said.place(start, end)
    before, after = said.words[max(first - 1, 0) : first], said.words[last : last + 1]
    return not (_joins(before, said.signs[start]) or _joins(said.signs[end - 1], after))


def _joins(left: str, right: str) -> bool:
    return bool(_LATIN.match(left.casefold()) and _LATIN.match(right.casefold()))


def _within_any(spot: Spot, others: list[Spot]) -> bool:
    return any(start <= spot[0] and spot[1] <= end for start, end in others)


def _outermost(spots: list[Spot]) -> list[Spot]:
    """Those that lie in no other, from left to right."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (spot[0], -spot[1])):
        if not kept or spot[1] > kept[-1][1]:
            kept.append(spot)
    return kept
