"""Who is alerted of danger: whom the plan names, by the roster of the day, never whom it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.house import house
from domain.models import Problem
from domain.queries.around import around, with_unreached
from domain.queries.problems import ProblemFound
from domain.queries.units import units_called
from domain.rules.chain import alerted


async def as_danger(problem: ProblemFound) -> ProblemFound:
    """The problem as one of the department that the plan's red flags name."""
    found = await units_called(house().plan.red_flags.department)
    return replace(problem, department=found[0].id if found else None)


async def who_is_alerted(problem: ProblemFound, day: date) -> tuple[int, ...]:
    """Those of the plan's red flags, `leader` being the line leader of the department it names.

    Where nothing can be told to any of them, for want of an account, who is next up, as well.
    """
    plan, barred = house().plan, problem.sight.barred
    who = await around(await as_danger(problem), day)
    first = alerted(plan.red_flags.first, who, barred, plan.chain)
    there = alerted(plan.red_flags.first, await with_unreached(who), barred, plan.chain)
    return tuple(dict.fromkeys((*first.people, *there.people)))


async def not_alerted_yet() -> tuple[int, ...]:
    """Red flags of which nobody knows yet but who recorded them."""
    rows = await Problem.filter(red_flag=True, privy__id__isnull=True).order_by("id")
    return tuple(row.id for row in rows)
