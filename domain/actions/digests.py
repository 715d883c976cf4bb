"""Keeps a weekly digest and has it told, once for each person and week."""

from __future__ import annotations

from datetime import datetime

from domain.actions.outbox import Address, put
from domain.models import Digest
from domain.notices.base import notice_facts
from domain.notices.digests import WeeklyDigest


async def keep_digest(person: int, digest: WeeklyDigest, at: datetime) -> bool:
    """Keep it, and have it told at that instant; whether it wasn't there already.

    Within a transaction. The row is unique: of two who keep it at once one has an IntegrityError.
    """
    if await Digest.filter(person_id=person, week=digest.week).exists():
        return False
    await Digest.create(
        person_id=person,
        week=digest.week,
        since=digest.since,
        until=digest.until,
        facts=notice_facts(digest),
    )
    await put(digest, Address(person=person), f"digest:{digest.week}:{person}", at=at)
    return True
