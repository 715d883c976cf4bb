"""What is looked after now and then, whoever is at work: what has waited in vain is forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from domain.actions.newcomers import expire_newcomers
from domain.errors import log_fault
from workers.schedule import plan_duties

log = logging.getLogger(__name__)

# How often it is looked at (seconds); what it does may be done twice, and by several at once.
EVERY_SECONDS = 60.0

_DUTIES: tuple[Callable[[], Awaitable[object]], ...] = (plan_duties, expire_newcomers)


async def keep_up(may_work: Callable[[], bool]) -> None:
    """Look again and again, until cancelled."""
    while True:
        if may_work():
            await once()
        await asyncio.sleep(EVERY_SECONDS)


async def once() -> None:
    """Look once; a duty that fails keeps no other from being done."""
    for duty in _DUTIES:
        try:
            await duty()
        except Exception as error:  # noqa: BLE001  the database may be away for a while
            log_fault(log, "upkeep could not be done; it will be tried again", error)
