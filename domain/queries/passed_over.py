"""Finds whom the coming week's reminders would pass over, before they do."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, time, timedelta

from domain.clock import now
from domain.house import house
from domain.models import Problem, Timer
from domain.notices.roster_looking import Finding
from domain.queries.problem_times import times_of
from domain.queries.problems import ProblemFound, found
from domain.queries.receiving import receiving
from domain.rules.around import Received
from domain.rules.calendar import at_hour, school_day
from domain.rules.plan_clock import Rung
from domain.rules.problem_states import ENDED
from domain.rules.rungs import next_step, rung_of
from domain.timing import PROBLEM

_WEEK = timedelta(days=7)
# Somebody waits for the answer, and the next ones are enough to act.
_MOST = 100
# What the roster mends; who is named in a problem, or part of it, is nobody's business.
_GAPS = frozenset({"away", "no_account"})
_OWN = frozenset({"teller", "approver", "next_up"})


async def passed_over(day: date) -> tuple[Finding, ...]:
    """Each person whom a reminder within the week would pass over, with the problems' numbers.

    Last those that would go to nobody at all. A red flag is none of it: its number is secret.
    """
    over: dict[int, list[int]] = {}
    to_nobody: list[int] = []
    known: dict[Hashable, Received] = {}
    coming = await _coming(day)
    looked = {one.id: one for one in await found([row for row, _, _ in coming])}
    for problem, rung, on in coming:
        alike = _alike(looked[problem.id], rung, on)
        if alike not in known:
            known[alike] = await receiving(looked[problem.id], rung, on)
        got = known[alike]
        if not got.people:
            to_nobody.append(problem.id)
        for one in got.passed_over:
            if one.person is not None and one.why in _GAPS:
                over.setdefault(one.person, []).append(problem.id)
    return (
        *(
            Finding(kind="passed_over", people=(person,), problems=tuple(dict.fromkeys(numbers)))
            for person, numbers in over.items()
        ),
        *((Finding(kind="to_nobody", problems=tuple(to_nobody)),) if to_nobody else ()),
    )


def _alike(problem: ProblemFound, rung: Rung, on: date) -> Hashable:
    """What is the same where the receivers are: many problems of a week have the same ones."""
    # Who tells the families, and who is asked to agree, is each problem's own affair.
    own = problem.id if _OWN.intersection(rung.to) or problem.sight.barred else None
    return (own, problem.unit, problem.department, problem.category, problem.responsible, rung, on)


async def _coming(day: date) -> list[tuple[Problem, Rung, date]]:
    """The open problems with the rung that comes next within the week, and its day, in order."""
    until = at_hour(day + _WEEK, time())
    timers = Timer.filter(duty=PROBLEM, due_at__lt=until).order_by("due_at", "id").limit(_MOST)
    numbers = [row.subject for row in await timers if row.subject is not None]
    those = Problem.filter(id__in=numbers, red_flag=False).exclude(state__in=sorted(ENDED))
    rows = await those.order_by("id")
    times, moment, plan = await times_of(rows), await now(), house().plan
    steps = [(row, next_step(times[row.id], plan, moment)) for row in rows]
    coming = [
        (step.at, row, step.rung) for row, step in steps if step is not None and step.at < until
    ]
    coming.sort(key=lambda one: (one[0], one[1].id))
    return [(row, rung_of(plan, rung), school_day(at)) for at, row, rung in coming]
