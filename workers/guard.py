"""Watches the watch: from another process than its own where there is one, else from beside it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from domain.errors import log_fault
from domain.notices.running import PartStopped
from domain.queries.watching import SKEW_SECONDS, clocks_apart, last_watch, what_stopped
from workers.alarming import tell_admins, write_to_admins
from workers.delivery import Delivering

log = logging.getLogger(__name__)

# How often it looks, and how long those who start beside it have to get to work (seconds).
EVERY_SECONDS, GRACE_SECONDS = 60.0, 180.0


async def keep_guard(
    may_work: Callable[[], bool], wake: Callable[[], None], letters: Delivering | None = None
) -> None:
    """Look again and again, until cancelled; `wake` has what is told brought at once.

    `letters` brings what goes by mail, where there is any.
    """
    await asyncio.sleep(GRACE_SECONDS)
    while True:
        if may_work():
            try:
                await look(letters)
            except Exception as error:  # noqa: BLE001  the database may be away for a while
                log_fault(log, "the guard could not look; it will look again", error)
            wake()
        await asyncio.sleep(EVERY_SECONDS)


async def look(letters: Delivering | None = None) -> None:
    """Have the admins told of what stands still: by mail, and in the chat while it gets through.

    Of notices that don't get through an admin hears in the chat by the next answer.
    """
    stopped = list(await what_stopped())
    if (await last_watch()).ago is None:
        stopped.append(PartStopped(part="watch"))
    apart = await clocks_apart()
    if apart > SKEW_SECONDS:
        stopped.append(PartStopped(part="clocks", count=round(apart)))
    await tell_admins(one for one in stopped if one.part != "notices")
    if letters is not None:
        await write_to_admins(stopped, letters)
