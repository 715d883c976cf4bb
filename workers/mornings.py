"""What is said on a working morning beside problems: families to see, the pace, a phase's end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.actions.outbox import Address, put
from domain.house import house
from domain.queries.mornings import Telling, nudges_on, phase_ending_on
from domain.records import by_itself, now
from domain.rules.calendar import is_working, school_day, working_until
from domain.rules.paces import bundle_of, nudged_on, weekly_from
from domain.rules.plan_parts import PhaseKey
from domain.rules.plan_whole import PHASES, Plan

# So many days before a phase ends, what is missing is told.
_BEFORE_END = (7, 3, 1)


def after(instant: datetime, plan: Plan) -> datetime:
    """The next working morning."""
    found = bundle_of(instant, plan.pace)
    if found > instant:
        return found
    return bundle_of(found + timedelta(days=1), plan.pace)


async def run(due: datetime) -> None:
    """Add it to everybody's bundle of that morning; one that is long over is left out."""
    plan, day = house().plan, school_day(due)
    if day != school_day(await now()) or not is_working(day):
        return
    tellings: list[Telling] = []
    if weekly_from(day, plan.pace) == day and nudged_on(day, plan):
        tellings += await nudges_on(day)
    for phase, end in _ending(day, plan):
        tellings += await phase_ending_on(day, phase, end, due)
    async with by_itself():
        for telling in tellings:
            for person in telling.people:
                key = f"{telling.about}:{day.isoformat()}:{person}"
                await put(telling.notice, Address(person=person), key)


def _ending(day: date, plan: Plan) -> list[tuple[PhaseKey, date]]:
    """The phases of whose end it is time to speak; on the last working day before a free one."""
    found = []
    for key in PHASES:
        end = plan.phase(key).end
        if any(working_until(end - timedelta(days=days)) == day for days in _BEFORE_END):
            found.append((key, end))
    return found
