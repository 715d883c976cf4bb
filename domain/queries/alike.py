"""Which open problems say the same as what was just said, and how many whom the asker can't see."""

from __future__ import annotations

from dataclasses import dataclass

from domain.models import Problem, Voice
from domain.queries.opening import opened
from domain.queries.problems import sights_of
from domain.rules.likeness import alike
from domain.rules.policy import Standing
from domain.rules.problem_sight import sees

_AT_WORK = ("listed", "claimed", "assigned")
# Each is opened and compared while somebody waits: the newest of the same place are enough.
_COMPARED = 150


@dataclass(frozen=True)
class Alike:
    """Problems that the asker may know of, the nearest first; of the others only how many."""

    known: tuple[int, ...] = ()
    others: int = 0


async def alike_to(problem: int, unit: int | None, words: str, standing: Standing) -> Alike:
    """Those of the same place that sound the same; red flags are never among them."""
    place = Problem.filter(unit_id=unit, state__in=_AT_WORK, red_flag=False)
    rows = await place.exclude(id=problem).order_by("-id").limit(_COMPARED)
    texts = await _first_words([row.id for row in rows])
    near = [number for number, _ in alike(words, texts)]
    if not near:
        return Alike()
    sights = await sights_of([row for row in rows if row.id in near])
    known = tuple(one for one in near if sees(standing, sights[one]))
    return Alike(known, len(near) - len(known))


async def _first_words(problems: list[int]) -> dict[int, str]:
    if not problems:
        return {}
    first = Voice.filter(problem_id__in=problems, place=1, undone_at__isnull=True)
    rows = await first.order_by("id").prefetch_related("key")
    texts = {row.problem_id: opened(row, "words", row.key) for row in rows}
    return {number: text for number, text in texts.items() if number is not None and text}
