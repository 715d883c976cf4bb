"""Writes down how far the watch got, and plans anew what had been planned too late."""

from __future__ import annotations

from datetime import datetime

from domain.clock import instants
from domain.models import Timer
from domain.timing import WATCH


async def watched(cursor: int) -> None:
    """The watch went through, up to that problem; it says when, for those who watch it."""
    moment = await instants()
    row = Timer(
        key=WATCH, duty=WATCH, subject=cursor, last_at=moment.school, lease_until=moment.real
    )
    await Timer.bulk_create(
        [row], on_conflict=["key"], update_fields=["subject", "last_at", "lease_until"]
    )


async def plan_again(duty: str, at: datetime) -> None:
    """Have a recurring duty done at that instant, whatever stood there."""
    row = Timer(key=f"duty:{duty}", duty=duty, due_at=at)
    await Timer.bulk_create([row], on_conflict=["key"], update_fields=["due_at"])
