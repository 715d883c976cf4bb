"""What happened to a problem, and what will happen next if nobody does anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.house import SCHOOL_TIME, house
from domain.models import Problem, ProblemEvent
from domain.queries.people import standing_of
from domain.queries.problem_times import times_of
from domain.queries.problems import ProblemFound
from domain.queries.receiving import receiving
from domain.rules.paces import bundle_of
from domain.rules.plan_clock import RED_FLAG
from domain.rules.rung_times import Coming
from domain.rules.rungs import next_step, rung_of

# What a rung does beside telling: a step of its own, which says the same as the rung before it.
_DONE_BY_A_RUNG = frozenset({"assign", "supervise"})


async def steps_of(problem: int) -> tuple[int, ...]:
    """The ids of the steps of its story, the newest first; no rung beside what it did."""
    rows = await ProblemEvent.filter(problem_id=problem).order_by("-id").only("id", "kind")
    after = ["", *(row.kind for row in rows)]
    return tuple(
        row.id
        for row, then in zip(rows, after, strict=False)
        if not (row.kind == "rung" and then in _DONE_BY_A_RUNG)
    )


@dataclass(frozen=True)
class NextStep:
    """The step that comes next, whom it goes to, and when they hear it (school time)."""

    coming: Coming
    at: datetime
    to: tuple[int, ...]

    @property
    def rung(self) -> str:
        """Its rung."""
        return self.coming.rung


async def next_of(row: Problem, found: ProblemFound, now: datetime) -> NextStep | None:
    """By the rules by which the workers act; None where nothing is left to come."""
    plan = house().plan
    coming = next_step((await times_of([row]))[row.id], plan, now)
    if coming is None:
        return None
    # What should have come by now comes at once.
    at = max(coming.at, now).astimezone(SCHOOL_TIME)
    people = (await receiving(found, rung_of(plan, coming.rung), at.date())).people
    if coming.rung != RED_FLAG and people and await _teaches_alone(people[0], at.date()):
        at = bundle_of(at, plan.pace, teacher=True)
    return NextStep(coming, at, people)


async def _teaches_alone(person: int, day: date) -> bool:
    """Whether they get their reminders on the mornings of teachers."""
    return (await standing_of(person, day)).roles <= {"teacher"}
