"""Which open problems say the same as what was just said, and how many whom the asker can't see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from domain.models import Problem, Voice
from domain.queries.opening import opened_value
from domain.queries.problems import sights_of
from domain.rules.likeness import alike
from domain.rules.policy import Standing
from domain.rules.problem_sight import sees
from domain.sealing import Place

_AT_WORK = ("listed", "claimed", "assigned")
# Each is opened and compared while somebody waits: the newest of the same place are enough.
_COMPARED = 150
_VOICE = Voice._meta.db_table


@dataclass(frozen=True)
class Alike:
    """Problems that the asker may know of, the nearest first; of the others only how many."""

    known: tuple[int, ...] = ()
    others: int = 0


async def alike_to(problem: int, unit: int | None, words: str, standing: Standing) -> Alike:
    """Those of the same place that sound the same; red flags are never among them."""
    place = Problem.filter(unit_id=unit, state__in=_AT_WORK, red_flag=False).exclude(id=problem)
    texts = await _first_words(place.order_by("-id").limit(_COMPARED))
    near = [number for number, _ in alike(words, texts)]
    if not near:
        return Alike()
    sights = await sights_of(await Problem.filter(id__in=near))
    known = tuple(one for one in near if sees(standing, sights[one]))
    return Alike(known, len(near) - len(known))


async def _first_words(problems: QuerySet[Problem]) -> dict[int, str]:
    """What was said first to each, as values: so many rows would take longer than to compare."""
    first = Voice.filter(
        problem_id__in=Subquery(problems.values("id")), place=1, undone_at__isnull=True
    )
    rows = first.order_by("id").values_list("problem_id", "seal", "words", "key__wrapped")
    texts = {
        number: opened_value(words, Place(_VOICE, "words", seal), wrapped)
        for number, seal, words, wrapped in cast("list[tuple[int, str, Any, Any]]", await rows)
    }
    return {number: text for number, text in texts.items() if text}
