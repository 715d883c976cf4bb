"""Who is alerted of danger: whom the plan names, by the roster of the day, never whom it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.house import house
from domain.models import Problem
from domain.queries.around import around
from domain.queries.problems import ProblemFound
from domain.queries.units import units_called
from domain.rules.chain import alerted


async def who_is_alerted(problem: ProblemFound, day: date) -> tuple[int, ...]:
    """Those of the plan's red flags, `leader` being the line leader of the department it names."""
    plan = house().plan
    found = await units_called(plan.red_flags.department)
    looked = replace(problem, department=found[0].id if found else None)
    seated = await around(looked, day)
    received = alerted(plan.red_flags.first, seated, problem.sight.barred, plan.chain)
    return received.people


async def not_alerted_yet() -> tuple[int, ...]:
    """Red flags of which nobody knows yet but who recorded them."""
    rows = await Problem.filter(red_flag=True, privy__id__isnull=True).order_by("id")
    return tuple(row.id for row in rows)
