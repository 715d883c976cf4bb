"""What waits for somebody's claim: what is listed, and theirs to answer for."""

from __future__ import annotations

from datetime import date

from domain.models import Approval, Problem
from domain.queries.answering_for import who_answers
from domain.queries.problems import found
from domain.rules.policy import Standing
from domain.rules.problem_sight import sees


async def awaiting_claim(standing: Standing, day: date) -> tuple[int, ...]:
    """The numbers of the problems that wait for that person, the longest waiting first.

    A red flag waits for all who were alerted.
    """
    rows = await Problem.filter(state="listed").order_by("started_on", "id")
    seen = [one for one in await found(rows) if sees(standing, one.sight)]
    # Most of them arose in the same few places, and the same few people answer for them.
    answers: dict[tuple[object, ...], int | None] = {}
    waiting = []
    for one in seen:
        alike = (one.category, one.department, one.unit, one.responsible, one.sight.barred)
        if alike not in answers:
            answers[alike] = (await who_answers(one, day)).person
        if standing.person in (answers[alike], *one.sight.privy):
            waiting.append(one.id)
    return tuple(waiting)


async def offered_to(number: int, person: int) -> int | None:
    """The id of the open offer of that problem to that person."""
    open_ones = Approval.filter(problem_id=number, kind="offer", decided_at__isnull=True)
    row = await open_ones.filter(asked_of_id=person).order_by("id").first()
    return row.id if row else None
