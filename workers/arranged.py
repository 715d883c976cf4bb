"""Reminds whoever is to go of a visit or a talk that is arranged, on the morning of its day."""

from __future__ import annotations

from datetime import datetime

from domain.actions.bundles import add_today
from domain.house import house
from domain.notices.arrangements import ArrangedToday
from domain.queries.arrangements import who_goes
from domain.records import by_itself, now
from domain.rules.calendar import school_day
from domain.rules.paces import is_over


async def remind(number: int, due: datetime) -> None:
    """Unless its day is over or another, or nobody is to go any more: who that is, is seen now."""
    del due
    moment = await now()
    day = school_day(moment)
    if is_over(moment, house().plan.pace):
        return
    async with by_itself():
        person = await who_goes(number, day)
        if person is not None:
            key = f"arrangement:{number}:{day.isoformat()}:{person}"
            await add_today(person, ArrangedToday(arrangement=number), key)
