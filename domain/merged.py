"""Which problems are heard together because they were merged, and how their voices are numbered."""

from __future__ import annotations

from collections.abc import Iterator

from domain.models import Merge, Voice


async def heard_with(problem: int) -> dict[int, int]:
    """The problem and all that were merged into it, each with the number of its first voice there.

    A problem that took others in may be merged itself: theirs come along, numbered as they were.
    """
    return (await all_heard_with([problem]))[problem]


async def all_heard_with(problems: list[int]) -> dict[int, dict[int, int]]:
    """The same for several, in as many statements as the longest chain of merges has steps."""
    into: dict[int, list[Merge]] = {}
    waiting = list(problems)
    while waiting:
        rows = await Merge.filter(into_id__in=waiting, undone_at__isnull=True).order_by("id")
        new = {row.into_id for row in rows if row.into_id not in into}
        for row in rows:
            if row.into_id in new:
                into.setdefault(row.into_id, []).append(row)
        waiting = [row.problem_id for row in rows if row.problem_id not in into]
    return {one: dict(_places(one, 1, into)) for one in problems}


def _places(problem: int, first: int, into: dict[int, list[Merge]]) -> Iterator[tuple[int, int]]:
    yield problem, first
    for row in into.get(problem, []):
        yield from _places(row.problem_id, first + row.first_place - 1, into)


async def next_place(problem: int) -> int:
    """The number of the next voice that is heard with it; what was taken back keeps its own."""
    places = await heard_with(problem)
    voices = await Voice.filter(problem_id__in=list(places)).only("id", "problem_id", "place")
    given = [places[one.problem_id or problem] + (one.place or 1) - 1 for one in voices]
    return max(given, default=0) + 1
