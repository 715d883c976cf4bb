"""To whom a rung of a problem goes on a day: for those who do it, and who ask what comes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from domain.house import house
from domain.models import Approval
from domain.queries.around import around, sitting_on
from domain.queries.people import reached
from domain.queries.problem_people import tellers_of
from domain.queries.problems import ProblemFound
from domain.rules.around import Around, Received, Seated
from domain.rules.chain import escalates, receivers
from domain.rules.plan_clock import Rung
from domain.rules.rungs import RED_FLAG


async def receiving(problem: ProblemFound, rung: Rung, day: date) -> Received:
    """By the roster of that day; never whom the problem names.

    Of a red flag nobody hears by a reminder who doesn't know of it already, but the leading group
    when nobody has taken it up.
    """
    who = await _seated(problem, day)
    if problem.red_flag and rung.key != RED_FLAG:
        sight = problem.sight
        known = (sight.concerned - sight.asked) | sight.privy
        who = replace(who, privy=await _sitting(day, sorted(known)))
    over = escalates(rung)
    return receivers(rung.to, who, problem.sight.barred, house().plan.chain, over=over)


async def _seated(problem: ProblemFound, day: date) -> Around:
    """Who sits round it on that day, with those who are to tell and to agree."""
    tellers = await tellers_of(problem, day)
    asked = Approval.filter(problem_id=problem.id, decided_at__isnull=True)
    open_one = await asked.order_by("asked_at", "id").first()
    approver = [open_one.asked_of_id] if open_one else []
    asker = [open_one.asked_by_id] if open_one and open_one.asked_by_id is not None else []
    who = replace(
        await around(problem, day),
        teller=await _sitting(day, list(tellers)),
        approver=await _sitting(day, approver),
        asker=await _sitting(day, asker),
    )
    people = _people(who)
    return replace(who, unreached=frozenset(people) - set(await reached(people)))


async def _sitting(day: date, people: list[int]) -> Seated:
    known = await sitting_on(day, people)
    return tuple(known[one] for one in people)


def _people(who: Around) -> tuple[int, ...]:
    """All who act in any of the seats."""
    places = [one.name for one in fields(who) if one.name not in ("privy", "unreached")]
    present = [sitting.present for place in places for sitting in getattr(who, place)]
    return tuple(dict.fromkeys(one for one in present if one is not None))
