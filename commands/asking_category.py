"""Asks what a problem is about: what its words suggest first, then all else to pick from."""

from __future__ import annotations

from commands.turn import Filling, Offer, Told
from domain.house import house
from domain.notices.problems_intake import CategoryAsked
from domain.notices.values import Option, Understood
from domain.queries.classifying import suggested_for


async def category_asked(
    problem: int, understood: Understood | None = None
) -> tuple[CategoryAsked, tuple[Option, ...]]:
    """The question, and what each number picks: those of the plan, in its order."""
    keys = tuple(one.key for one in house().plan.categories)
    notice = CategoryAsked(
        problem=problem,
        categories=keys,
        suggested=await suggested_for(problem),
        understood=understood,
    )
    return notice, tuple(Option("category", key) for key in keys)


async def category_offered(problem: int) -> Told:
    """The same as something that may be left alone, one-to-one."""
    notice, options = await category_asked(problem)
    filling = Filling("classify", "set", texts={"problem": [str(problem)]})
    return Told(notice, private=True, offer=Offer(filling, options))
