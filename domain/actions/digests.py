"""Keeps a weekly digest and has it told, once for each person and week."""

from __future__ import annotations

from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.actions.outbox import Address, put
from domain.models import Digest
from domain.notices.base import notice_facts
from domain.notices.digests import WeeklyDigest


async def keep_digest(person: int, digest: WeeklyDigest, at: datetime | None) -> bool:
    """Keep it, and have it told at that instant (None: not at all); whether it wasn't there yet.

    Within a transaction.
    """
    row = Digest(
        person_id=person,
        week=digest.week,
        since=digest.since,
        until=digest.until,
        facts=notice_facts(digest),
    )
    try:
        # A savepoint: of two who keep it at once one finds it kept, and PostgreSQL goes on.
        async with in_transaction():
            await row.save(force_create=True)
    except IntegrityError:
        return False
    if at is not None:
        await put(digest, Address(person=person), f"digest:{digest.week}:{person}", at=at)
    return True
