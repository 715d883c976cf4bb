"""Who arranges and reports for a unit, or stands in there today."""

from __future__ import annotations

from datetime import date

from tortoise.expressions import Q

from domain.queries.answering_for import present
from domain.queries.people import seats_on


async def liaison_there(unit: int | None, day: date) -> int | None:
    """The latest to take the seat, or who stands in; nobody for what is the whole school's."""
    if unit is None:
        return None
    seats = await seats_on(day, Q(role="liaison", unit_id=unit))
    return await present(seats[-1].person_id, day) if seats else None
