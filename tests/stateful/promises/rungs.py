"""I6: of a ladder only the highest rung that was reached fires, none below it later, none twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from domain.house import SCHOOL_TIME, house
from domain.models import OutboxEntry, ProblemEvent
from domain.notices.base import notice_from
from domain.notices.bundles import parts_of
from domain.rules.calendar import working_from, working_until
from domain.rules.plan_clock import RED_FLAG, Ladder, Rung
from domain.rules.rungs import rung_of
from tests.stateful.life import Life

# This ladder counts from a day that stands in the event; the others begin anew with whatever is
# done about the problem.
_DUE: Ladder = "due"
Places = dict[Ladder, int]


async def the_highest_rung_alone(life: Life) -> None:
    """By the plan's order of rungs; and for the ladder that counts from when it is due, its days."""
    del life
    past = await _passed_on()
    events = await ProblemEvent.all().order_by("problem_id", "id")
    for number, story in groupby(events, key=lambda event: event.problem_id):
        for rung, event, highest in _fired(story):
            ladder = house().plan.ladder(rung.ladder)
            place, before = ladder.index(rung), highest.get(rung.ladder, -1)
            again = place == before and (bool(rung.every) or number in past)
            said = f"#{number}: {rung.key}"
            assert place > before or again, f"{said} fired again, or after a higher"
            highest[rung.ladder] = place
            if rung.ladder == _DUE:
                _on_its_day(ladder, place, event, said)


def _fired(story: Iterable[ProblemEvent]) -> Iterator[tuple[Rung, ProblemEvent, Places]]:
    """Each rung that fired, with the highest of each ladder before it."""
    highest: Places = {}
    for event in story:
        if event.kind != "rung":
            highest = {_DUE: highest[_DUE]} if _DUE in highest else {}
        elif event.details["rung"] != RED_FLAG:
            yield rung_of(house().plan, event.details["rung"]), event, highest


async def _passed_on() -> set[object]:
    """The problems of which something was never taken: then its rung fires again, for another."""
    rows = await OutboxEntry.filter(done_at__isnull=False, delivery__id__isnull=True)
    parts = [part for row in rows for part in parts_of(notice_from(row.notice, row.facts))]
    return {getattr(part, "problem", None) for part in parts}


def _on_its_day(ladder: tuple[Rung, ...], place: int, event: ProblemEvent, said: str) -> None:
    due = datetime.fromisoformat(event.details["due"]).date()
    day = event.at.astimezone(SCHOOL_TIME).date()
    assert _day(ladder[place], due) <= day, f"{said} fired before its day, on {day}"
    for above in ladder[place + 1 : place + 2]:
        assert day < _day(above, due), f"{said} fired when {above.key} was reached"


def _day(rung: Rung, due: date) -> date:
    day = due + timedelta(days=rung.days)
    return working_until(day) if rung.days <= 0 else working_from(day)
