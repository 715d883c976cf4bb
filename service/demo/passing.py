"""Lets time pass while the demo's first weeks are filled in: what falls due by itself happens."""

from __future__ import annotations

from datetime import datetime

from chat.console.names import PLATFORM
from domain.actions.outbox import lease_due, mark_delivered
from domain.actions.timers import lease_timers
from domain.queries.timers import next_timer
from domain.records import now, set_now
from workers.firing import Firing
from workers.schedule import DUTIES


async def pass_until(instant: datetime) -> None:
    """Move the school's clock on to that instant; a clock that is further already stays.

    All that is due by then is done and told when it is due, so that the demo doesn't begin with a
    flood.
    """
    if instant <= await now():
        return
    await _happen()
    while (due := await next_timer(instant)) is not None:
        await set_now(due)
        await _happen()
    await set_now(instant)
    await _happen()


async def _happen() -> None:
    firing = Firing(DUTIES, lambda: None)
    while timers := await lease_timers():
        for timer in timers:
            await firing.fire(timer)
    while entries := await lease_due():
        for entry in entries:
            await mark_delivered(entry, PLATFORM)
