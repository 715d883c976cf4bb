"""What happened to a problem, and what will happen next if nobody does anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.house import SCHOOL_TIME, house
from domain.models import Approval, Problem, ProblemEvent
from domain.queries.around import around, sitting_on
from domain.queries.problem_people import tellers_of
from domain.queries.problem_times import times_of
from domain.queries.problems import ProblemFound
from domain.rules.around import Around, Seated
from domain.rules.chain import escalates, receivers
from domain.rules.rungs import next_step, rung_of


async def steps_of(problem: int) -> tuple[int, ...]:
    """The ids of the steps of its story, the newest first."""
    rows = await ProblemEvent.filter(problem_id=problem).order_by("-id").only("id")
    return tuple(row.id for row in rows)


@dataclass(frozen=True)
class NextStep:
    """The rung that comes next, when (school time), and whom it then goes to."""

    rung: str
    at: datetime
    to: tuple[int, ...]


async def next_of(row: Problem, found: ProblemFound, now: datetime) -> NextStep | None:
    """By the rules by which the workers act; None where nothing is left to come."""
    plan = house().plan
    times = (await times_of([row]))[row.id]
    coming = next_step(times, plan, now)
    if coming is None:
        return None
    rung = rung_of(plan, coming.rung)
    day = coming.at.astimezone(SCHOOL_TIME).date()
    who = await seated(found, day)
    to = receivers(rung.to, who, found.sight.barred, plan.chain, over=escalates(rung))
    people = tuple(one for one in to.people if _may_hear(one, found))
    at = coming.at.astimezone(SCHOOL_TIME)
    return NextStep(coming.rung, at, people) if people or not found.red_flag else None


def _may_hear(person: int, problem: ProblemFound) -> bool:
    """Of a red flag nobody is told by a reminder who doesn't know of it already."""
    sight = problem.sight
    return not problem.red_flag or person in sight.privy | {sight.recorded_by}


async def seated(problem: ProblemFound, day: date) -> Around:
    """Who sits round it on that day, with those who are to tell and to agree."""
    tellers = await tellers_of(problem, day)
    asked = Approval.filter(problem_id=problem.id, decided_at__isnull=True)
    open_one = await asked.order_by("asked_at", "id").first()
    approver = [open_one.asked_of_id] if open_one else []
    asker = [open_one.asked_by_id] if open_one and open_one.asked_by_id is not None else []
    return replace(
        await around(problem, day),
        teller=await _sitting(day, list(tellers)),
        approver=await _sitting(day, approver),
        asker=await _sitting(day, asker),
    )


async def _sitting(day: date, people: list[int]) -> Seated:
    known = await sitting_on(day, people)
    return tuple(known[one] for one in people)
