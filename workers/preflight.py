"""Looks through the roster before each week's reminders, and tells the admins of its gaps."""

from __future__ import annotations

from datetime import datetime

from domain.actions.outbox import Address, put_once
from domain.notices.roster_looking import RosterPreflight
from domain.queries.people import holders_of
from domain.queries.roster_check import roster_findings
from domain.records import today
from domain.rules.calendar import school_day


async def preflight(due: datetime) -> None:
    """Tell each admin what is amiss, with all else of their morning; nothing when all is well."""
    day = await today()
    findings = await roster_findings(day)
    if not findings:
        return
    for admin in await holders_of("admin", day):
        key = f"preflight:{school_day(due)}:{admin}"
        await put_once(RosterPreflight(findings=findings), Address(person=admin), key)
