"""Which problems are heard together because they were merged, and how their voices are numbered."""

from __future__ import annotations

from domain.models import Merge


async def heard_with(problem: int) -> dict[int, int]:
    """The problem and all that were merged into it, each with the number of its first voice there.

    A problem that took others in may be merged itself: theirs come along, numbered as they were.
    """
    places = {problem: 1}
    waiting = [problem]
    while waiting:
        into = await Merge.filter(into_id__in=waiting, undone_at__isnull=True).order_by("id")
        new = {one.problem_id: one for one in into if one.problem_id not in places}
        places |= {number: places[one.into_id] + one.first_place - 1 for number, one in new.items()}
        waiting = list(new)
    return places
