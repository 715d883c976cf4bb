"""Which open problems say the same as what was just said, so that one answer serves them all."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest
from math import sqrt

from domain.rules.hearing import heard
from domain.rules.squeezing import squeezed
from domain.rules.weighing import counted, nearness, weights

# Chosen on pairs of sentences, see docs/decisions/0015-suggesting-a-category.md.
ALIKE = 0.28
# A first look at all of them goes by so many pairs of signs; so many then get a closer look.
_PAIRS, _CLOSER = 40, 20
_ALMOST = 0.99  # only the very same words are wholly alike
_NEVER_SEEN = 9.0  # how rare a pair is that no example has


def alike(words: str, others: Mapping[int, str], most: int = 3) -> tuple[tuple[int, float], ...]:
    """At most so many that sound the same, the nearest first, each with how near, 0 to 1."""
    rareness, signs = weights().rareness, squeezed(words).signs
    mine = counted(heard(words), rareness)
    near = []
    for key in _at_first_sight(signs, others):
        same = squeezed(others[key]).signs == signs
        like = nearness(mine, counted(heard(others[key]), rareness))
        score = 1.0 if same else min(like, _ALMOST)
        if score >= ALIKE:
            near.append((key, round(score, 3)))
    return tuple(sorted(near, key=lambda one: (-one[1], one[0]))[:most])


def _at_first_sight(signs: str, others: Mapping[int, str]) -> list[int]:
    """The few that share most with it; 2,000 of 100 signs take some hundredths of a second."""
    rareness = weights().rareness
    pairs = {signs[at : at + 2] for at in range(len(signs) - 1)} | set(signs)
    rare = {pair: rareness.get(pair, _NEVER_SEEN) * len(pair) for pair in pairs}
    telling = nlargest(_PAIRS, rare.items(), key=lambda one: (one[1], one[0]))

    def shared(key: int) -> float:
        other = others[key]
        return sum(much for pair, much in telling if pair in other) / sqrt(len(other) + 10)

    return [key for key in nlargest(_CLOSER, others, key=shared) if shared(key)]
