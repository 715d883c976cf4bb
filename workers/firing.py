"""Does what a timer says, once it is due; what fails is tried again, for as long as it takes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.actions.timers import timer_done, timer_failed
from domain.errors import log_fault
from domain.house import house
from domain.queries.timers import Due, due_timer
from domain.records import now
from domain.timing import PROBLEM
from domain.trail import fired_trail, trail
from workers.problems import look_after
from workers.schedule import ERRANDS, Duty

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
            await duty.run(due.due)
            await timer_done(due.id, due.due, duty.after(await now(), house().plan))
        else:
            # Another version of the program knows it: it is theirs, and stays due.
            log.info("timer %s is for a duty that is not known here (%s)", due.id, due.duty)
            await timer_failed(due.id, due.attempts)
