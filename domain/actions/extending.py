"""Asks for more days, before a problem is due, as far as the plan lets them be had."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actions.approvals import Asked, Request, ask
from domain.actions.moving import held
from domain.errors import Refusal
from domain.house import house
from domain.models import Problem
from domain.notices.problems_agreeing import ExtensionTooLate, ExtensionTooLong
from domain.records import now
from domain.rules.extending import left


@dataclass(frozen=True)
class MoreDays:
    """So many more days, and why, byte for byte; `of` is who agrees."""

    by: int
    of: int
    days: int
    reason: str


async def ask_for_days(number: int, wish: MoreDays) -> Asked:
    """Ask for them. Raises Refusal when it is due already, and for more than are left."""
    problem = await held(number)
    await _check(problem, wish.days)
    details = {"days": wish.days}
    return await ask(problem, Request("extend", wish.by, wish.of, wish.reason, details))


async def check_days(number: int, days: int | None) -> None:
    """The same refusals before anything is asked; None when it isn't said yet how many."""
    await _check(await Problem.get(id=number), days or 1)


async def _check(problem: Problem, days: int) -> None:
    if await now() > problem.due_at:
        raise Refusal(ExtensionTooLate(problem=problem.id, due=problem.due_at))
    room = left(problem.extensions, problem.extended_days, house().plan.clock)
    if not room.allows(days):
        raise Refusal(
            ExtensionTooLong(
                problem=problem.id, days=days, times_left=room.times, days_left=room.days
            )
        )
