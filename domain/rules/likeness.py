"""Which open problems say the same as what was just said, so that one answer serves them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import sqrt

from domain.rules.squeezing import squeezed

# Chosen on pairs of sentences; see docs/decisions/0015-suggesting-a-category.md.
ALIKE = 0.3


def alike(words: str, others: Mapping[int, str], most: int = 3) -> tuple[tuple[int, float], ...]:
    """At most so many that sound the same, the nearest first, each with how near, 0 to 1."""
    mine = _pairs(words)
    scored = [(key, _nearness(mine, _pairs(other))) for key, other in others.items()]
    near = [(key, round(score, 3)) for key, score in scored if score >= ALIKE]
    return tuple(sorted(near, key=lambda one: (-one[1], one[0]))[:most])


def _pairs(words: str) -> Counter[str]:
    signs = squeezed(words).signs
    return Counter(signs[at : at + 2] for at in range(len(signs) - 1))


def _nearness(one: Counter[str], other: Counter[str]) -> float:
    common = sum(one[pair] * other[pair] for pair in one.keys() & other.keys())
    lengths = sum(n * n for n in one.values()) * sum(n * n for n in other.values())
    return common / sqrt(lengths) if lengths else 0.0
