"""Watches the watch: from another process than its own where there is one, else from beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from domain.errors import log_fault
from domain.notices.running import PartStopped
from domain.queries.watching import SKEW_SECONDS, clocks_apart, last_watch, what_stopped
from workers.alarming import tell_admins

log = logging.getLogger(__name__)

# How often it looks, and how long those who start beside it have to get to work (seconds).
EVERY_SECONDS, GRACE_SECONDS = 60.0, 180.0


async def keep_guard(may_work: Callable[[], bool], wake: Callable[[], None]) -> None:
    """Look again and again, until cancelled; `wake` has what is told brought at once."""
    await asyncio.sleep(GRACE_SECONDS)
    while True:
        if may_work():
            try:
                await look()
            except Exception as error:  # noqa: BLE001  the database may be away for a while
                log_fault(log, "the guard could not look; it will look again", error)
            wake()
        await asyncio.sleep(EVERY_SECONDS)


async def look() -> None:
    """Have the admins told of what stands still, as long as what tells them doesn't.

    Notices that don't get through are none of it: of those an admin hears by the next answer.
    """
    stopped = [one for one in await what_stopped() if one.part != "notices"]
    if (await last_watch()).ago is None:
        stopped.append(PartStopped(part="watch"))
    apart = await clocks_apart()
    if apart > SKEW_SECONDS:
        stopped.append(PartStopped(part="clocks", count=round(apart)))
    await tell_admins(stopped)
