"""Helps for checking a list in the plan: each entry with its place, and none of them twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from domain.rules.plan_error import PlanError
from domain.rules.plan_whole import plain

T = TypeVar("T")


def numbered(place: str, entries: Iterable[T]) -> list[tuple[str, T]]:
    """Each entry with the key of its place, as in `rungs[2]`."""
    return [(f"{place}[{number}]", entry) for number, entry in enumerate(entries)]


def twice(words: Iterable[tuple[str, str]]) -> Iterator[PlanError]:
    """A mistake for each word, given with its place, that already stands at an earlier one."""
    seen: dict[str, str] = {}
    for place, word in words:
        if (first := seen.setdefault(plain(word), place)) != place:
            yield PlanError(
                place,
                f"“{word}”在 {first} 已经写过，请改掉或删去一处",
                f"“{word}” stands at {first} already; change or delete one of the two",
            )
