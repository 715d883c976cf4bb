"""Tells the admins what stands still: by the outbox, and never more than a few times a day."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from domain.actions.outbox import Address, put_once
from domain.notices.running import PartStopped
from domain.queries.people import holders_of
from domain.records import now, today

log = logging.getLogger(__name__)

# What goes on standing still is told again after that long (seconds).
_AGAIN = 4 * 3600


async def tell_admins(stopped: Iterable[PartStopped]) -> None:
    """Have each of them told to each admin, once in some hours whoever finds it."""
    bucket = int((await now()).timestamp()) // _AGAIN
    for one in stopped:
        log.error("ALARM: %s stands still since %s (%s)", one.part, one.since, one.count)
        for admin in await holders_of("admin", await today()):
            await put_once(one, Address(person=admin), f"stopped:{one.part}:{bucket}:{admin}")
