"""To whom a rung of a problem goes on a day: for those who do it, and who ask what comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from domain.house import house
from domain.models import Approval
from domain.queries.alerting import as_danger
from domain.queries.around import around, sitting_on, with_unreached
from domain.queries.problem_people import tellers_of
from domain.queries.problems import ProblemFound
from domain.rules.around import Around, Received
from domain.rules.chain import escalates, receivers
from domain.rules.plan_clock import RED_FLAG, Rung
from domain.rules.problem_sight import Sight


async def receiving(
    problem: ProblemFound, rung: Rung, day: date, past: frozenset[int] = frozenset()
) -> Received:
    """By the roster of that day; never whom the problem names, nor those whom it goes `past`.

    Of a red flag nobody hears by a reminder who doesn't know of it already, but the leading group
    when nobody has taken it up.
    """
    danger = rung.key == RED_FLAG
    looked = await as_danger(problem) if danger else problem
    secret = problem.red_flag and not danger
    who = await _seated(looked, day, agreeing=rung.ladder == "approve", secret=secret)
    who = replace(who, unreached=who.unreached | past)
    over = escalates(rung)
    return receivers(rung.to, who, problem.sight.barred, house().plan.chain, over=over)


async def _seated(problem: ProblemFound, day: date, *, agreeing: bool, secret: bool) -> Around:
    """Who sits round it on that day, with those who are to tell and to agree.

    Who knows of it is told apart where it is `secret`.
    """
    asked = Approval.filter(problem_id=problem.id, decided_at__isnull=True)
    open_one = await asked.order_by("asked_at", "id").first()
    people: dict[str, Iterable[int | None]] = {
        "teller": await tellers_of(problem, day),
        "approver": [open_one.asked_of_id] if open_one else [],
        "asker": [open_one.asked_by_id] if open_one else [],
    }
    if secret:
        people["recorder"] = sorted(_recorders(problem.sight))
        people["privy"] = sorted(_privy(problem.sight, agreeing=agreeing))
    known = await sitting_on(day, [one for held in people.values() for one in held])
    seated: dict[str, Any] = {
        place: tuple(known[one] for one in held if one is not None)
        for place, held in people.items()
    }
    return await with_unreached(replace(await around(problem, day), **seated))


def _recorders(sight: Sight) -> frozenset[int]:
    return sight.heard_by | {sight.recorded_by}


def _privy(sight: Sight, *, agreeing: bool) -> frozenset[int]:
    """Those who know beside who recorded it; who is asked to agree is asked about that alone."""
    asked = sight.asked if agreeing else frozenset()
    theirs = {sight.responsible, sight.handed_to} - {None}
    return sight.privy | asked | frozenset(one for one in theirs if one is not None)
