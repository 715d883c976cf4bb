"""What is looked after each minute, whoever is at work; and where all is well, that is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from chat.heartbeat.client import Heartbeat
from domain.actions.newcomers import expire_newcomers
from domain.errors import log_fault
from domain.notices.running import PartStopped
from domain.records import now
from workers.alarming import tell_admins
from workers.schedule import DUTIES, Duty, plan_duties
from workers.second_way import go_second_way
from workers.watch import watch

log = logging.getLogger(__name__)

# How often it is looked at (seconds); what it does may be done twice, and by several at once.
EVERY_SECONDS = 60.0
# How often in a row the heartbeat may go unheard before the admins are told.
_UNHEARD = 4


@dataclass(frozen=True)
class Upkeep:
    """The duties that are to come, the outside service that hears that all is well, if any,
    and whether there is mail, by which people hear what waits while a platform is down.
    """

    duties: Mapping[str, Duty] = field(default_factory=lambda: DUTIES)
    heartbeat: Heartbeat | None = None
    mail: bool = False

    async def once(self) -> bool:
        """Look once, and say so outside if all is well; whether it is."""
        # What fails keeps nothing else from being done.
        chores = (self._plan, expire_newcomers, self._second_way, self._watch)
        done = [await _done(one) for one in chores]
        well = all(done)
        if well and self.heartbeat is not None:
            await _done(self._beat)
        return well

    async def _beat(self) -> None:
        """Silence passes for a fault outside; where there is none, an admin is to know why."""
        assert self.heartbeat is not None
        if not await self.heartbeat.beat() and self.heartbeat.unheard >= _UNHEARD:
            silence = timedelta(seconds=(self.heartbeat.unheard - 1) * EVERY_SECONDS)
            await tell_admins([PartStopped(part="heartbeat", since=await now() - silence)])

    async def _plan(self) -> None:
        await plan_duties(self.duties)

    async def _second_way(self) -> None:
        if self.mail:
            await go_second_way()

    async def _watch(self) -> bool:
        return (await watch(self.duties)).well


async def keep_up(upkeep: Upkeep, may_work: Callable[[], bool]) -> None:
    """Look again and again, until cancelled."""
    while True:
        if may_work():
            await upkeep.once()
        await asyncio.sleep(EVERY_SECONDS)


async def _done(chore: Callable[[], Awaitable[object]]) -> bool:
    """Whether it was done, and found nothing amiss."""
    try:
        return await chore() is not False
    except Exception as error:  # noqa: BLE001  the database may be away for a while
        log_fault(log, "upkeep could not be done; it will be tried again", error)
        return False
