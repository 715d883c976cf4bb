"""Tells each evening, where that is wanted, what reached us, so that what got lost is noticed."""

from __future__ import annotations

from datetime import datetime

from domain.actions.outbox import Address, put_once
from domain.house import house
from domain.notices.running import EveningReceipt
from domain.queries.recorded import recorded_on
from domain.records import now
from domain.rules.calendar import school_day
from domain.rules.evenings import still_evening


async def receipts(due: datetime) -> None:
    """Tell each who recorded something that day how much it was; nothing when it is too late."""
    if not still_evening(due, await now(), house().plan.pace):
        return
    day = school_day(due)
    for person, one in (await recorded_on(day)).items():
        notice = EveningReceipt(day=day, visits=one.visits, talks=one.talks, problems=one.problems)
        await put_once(notice, Address(person=person), f"receipt:{day}:{person}")
