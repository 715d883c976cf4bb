"""I6: of a ladder only the highest rung that was reached fires, none below it later, none twice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from domain.house import SCHOOL_TIME, house
from domain.models import OutboxEntry, ProblemEvent
from domain.rules.calendar import working_from, working_until
from domain.rules.plan_clock import RED_FLAG, Rung
from tests.stateful.life import Life


async def the_highest_rung_alone(life: Life) -> None:
    """By the plan's days alone, for the ladder that counts from when it is due."""
    ladder = house().plan.ladder("due")
    order = {rung.key: place for place, rung in enumerate(ladder)}
    highest: dict[int, int] = defaultdict(lambda: -1)
    given_up = await OutboxEntry.filter(done_at__isnull=False, delivery__id__isnull=True).exists()
    for event in await ProblemEvent.filter(kind="rung").order_by("id"):
        key, number = event.details["rung"], event.problem_id
        if key == RED_FLAG or key not in order:
            continue
        place = order[key]
        again = place == highest[number] and (bool(ladder[place].every) or given_up)
        assert place > highest[number] or again, f"#{number}: {key} fired again, or after a higher"
        highest[number] = place
        over = place + 1
        if over < len(ladder):
            due = datetime.fromisoformat(event.details["due"])
            reached = _day(ladder[over], due.date()) <= event.at.astimezone(SCHOOL_TIME).date()
            assert not reached, f"#{number}: {key} fired when {ladder[over].key} was reached"
    del life


def _day(rung: Rung, due: date) -> date:
    day = due + timedelta(days=rung.days)
    return working_until(day) if rung.days <= 0 else working_from(day)
