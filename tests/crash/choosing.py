"""Chooses at which points to die, where there isn't the time for all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.crash.points import Kind, Point

_KINDS: tuple[Kind, ...] = ("asked", "await", "answered")


def chosen(points: Sequence[Point], most: int | None) -> list[int]:
    """The numbers of so many points at the most (None: all).

    As long as nothing changes outside it comes to the same where one dies. So first one point of
    each such stretch is taken, and then some more, evenly spread; all kinds by turns.
    """
    everything = range(len(points))
    if most is None or most >= len(points):
        return list(everything)
    stretches = [list(them) for _, them in groupby(everything, lambda n: points[n].state)]
    some = [stretches[place] for place in _spread(range(len(stretches)), most)]
    picked = {_of_kind(points, stretch, _KINDS[place % 3]) for place, stretch in enumerate(some)}
    rest = [number for number in everything if number not in picked]
    return sorted(picked | set(_spread(rest, most - len(picked))))


def _of_kind(points: Sequence[Point], numbers: Sequence[int], kind: Kind) -> int:
    """The last of these that is of that kind, else the last: what changes next is on its way then."""
    fitting = [number for number in numbers if points[number].kind == kind]
    return (fitting or numbers)[-1]


def _spread(numbers: Sequence[int], most: int) -> list[int]:
    """So many of them, evenly, from the first to the last."""
    if most >= len(numbers):
        return list(numbers)
    step = (len(numbers) - 1) / max(most - 1, 1)
    return [numbers[round(place * step)] for place in range(most)]
