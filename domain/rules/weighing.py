"""How much each thing heard speaks for each category, as learned from examples."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from domain.rules.hearing import Heard

# Made by `python -m benchmarks.training`; a test compares the two.
FILE = Path(__file__).with_name("categories.csv")
# A subject beside the pieces, which are together of length 1; chosen by cross-validation.
_SUBJECT_COUNTS = 0.4
_EACH_MORE_WORD = 0.5
_WORDS_AT_MOST = 5
# Few words say little: what is shorter than this counts as if it were so long.
_SHORTEST = 12.0


@dataclass(frozen=True)
class Weights:
    """The categories; how rare each piece or subject is; what it adds to each category."""

    categories: tuple[str, ...]
    rareness: dict[str, float]
    adds: dict[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """What was learned, read once, when first asked."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        categories = tuple(next(rows)[2:])
        rareness, adds = {}, {}
        for thing, rare, *speaks in rows:
            rareness[thing] = int(rare) / 100
            adds[thing] = tuple(int(hundredths) / 100 for hundredths in speaks)
    return Weights(categories, rareness, adds)


def counted(heard: Heard, rareness: dict[str, float]) -> dict[str, float]:
    """How much of each known thing was heard: rare pieces more, subjects by their words."""
    pieces = {piece: rareness[piece] for piece in heard.pieces if piece in rareness}
    length = max(_SHORTEST, sqrt(sum(rare * rare for rare in pieces.values())))
    much = {piece: rare / length for piece, rare in pieces.items()}
    for subject in heard.subjects:
        more = min(heard.different(subject), _WORDS_AT_MOST) - 1
        much[subject] = _SUBJECT_COUNTS * (1 + _EACH_MORE_WORD * more)
    return much


def shares(much: dict[str, float]) -> dict[str, float]:
    """How likely each category is, all together 1."""
    learned = weights()
    scores = list(learned.adds[""])
    for thing, amount in much.items():
        for place, adds in enumerate(learned.adds.get(thing, ())):
            scores[place] += amount * adds
    top = max(scores)
    odds = [exp(score - top) for score in scores]
    whole = sum(odds)
    return {key: odd / whole for key, odd in zip(learned.categories, odds, strict=True)}


def nearness(one: dict[str, float], other: dict[str, float]) -> float:
    """How alike two things heard are, 0 to 1: the cosine of what was counted."""
    if len(other) < len(one):
        one, other = other, one
    common = sum(amount * other[thing] for thing, amount in one.items() if thing in other)
    return min(1.0, common / (_length(one) * _length(other))) if common else 0.0


def _length(much: dict[str, float]) -> float:
    return sqrt(sum(amount * amount for amount in much.values()))
