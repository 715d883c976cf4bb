"""Does what a timer says, once it is due; what fails is tried again, for as long as it takes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from domain.actions import timers
from domain.actions.timers import hold_timer, timer_done, timer_dropped, timer_failed
from domain.errors import log_fault
from domain.house import house
from domain.queries.timers import Due, due_timer
from domain.records import now
from domain.timing import LIMIT_SECONDS, LONG_SECONDS, PROBLEM
from domain.trail import fired_trail, trail
from workers.problems import look_after
from workers.schedule import ERRANDS, OPTIONAL, Duty

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Firing:
    """What doing needs: the duties, and whom to wake, since what was done may be to be told."""

    duties: Mapping[str, Duty]
    wake: Callable[[], None]

    async def fire(self, timer: int) -> None:
        """Do what that timer says, unless it isn't due any more."""
        with trail(fired_trail(timer)):
            due = await due_timer(timer)
            if due is None:
                return
            try:
                async with _held(due), asyncio.timeout(limit_of(due.duty)):
                    await self._do(due)
            except Exception as error:  # noqa: BLE001  the broker would log the error's own words
                log_fault(log, f"timer {timer} ({due.duty}) failed and is tried again", error)
                await timer_failed(timer, due.attempts)
                return
        self.wake()

    async def _do(self, due: Due) -> None:
        if due.duty == PROBLEM and due.subject is not None:
            await look_after(due.id, due.subject, due.due)
        elif due.subject is not None and (errand := ERRANDS.get(due.duty)) is not None:
            await errand(due.subject, due.due)
            await timer_done(due.id, due.due, None)
        elif (duty := self.duties.get(due.duty)) is not None:
            again = await duty.run(due.due)
            await timer_done(due.id, due.due, again or duty.after(await now(), house().plan))
        elif due.duty in OPTIONAL:
            await timer_dropped(due.id, due.due)
        else:
            # Another version of the program knows it: it is theirs, and stays due.
            log.info("timer %s is for a duty that is not known here (%s)", due.id, due.duty)
            await timer_failed(due.id, due.attempts)


def limit_of(duty: str) -> float:
    """How long it may take (seconds): the broker's own limit is above the longest of them."""
    return LONG_SECONDS.get(duty, LIMIT_SECONDS)


@asynccontextmanager
async def _held(due: Due) -> AsyncIterator[None]:
    """Nobody else begins it as long as it is being done, however long that takes."""
    holding = asyncio.create_task(_hold(due))
    try:
        yield
    finally:
        holding.cancel()
        await asyncio.gather(holding, return_exceptions=True)


async def _hold(due: Due) -> None:
    while True:
        await asyncio.sleep(timers.LEASE_SECONDS / 3)
        try:
            await hold_timer(due.id, due.attempts)
        except Exception as error:  # noqa: BLE001  the database may be away for a while
            log_fault(log, f"timer {due.id} could not be held; it will be held again", error)
