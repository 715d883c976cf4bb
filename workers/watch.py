"""The watch: proves each minute that all that is to come will be done, and mends where it won't."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

from domain.actions.watching import plan_again, watched
from domain.house import house
from domain.queries.watching import (
    Still,
    duties_planned,
    last_watch,
    notices_alone,
    notices_still,
    timers_alone,
    timers_still,
    without_timer,
    wrongly_timed,
)
from domain.records import now
from domain.timing import look_at_problems
from workers.schedule import Duty

log = logging.getLogger(__name__)

# How many problems are looked at with one look, and at most mended by one statement.
_BATCH, _MENDED = 50, 1000
# How long a round may look at problems, so that the others in this process aren't kept waiting
# (seconds). It goes on there in the next one: a school's are all looked at in each round.
_PATIENCE = 0.5


@dataclass(frozen=True)
class Watched:
    """What a round found: how much it had to mend, and what stands still, by its name."""

    mended: int = 0
    still: tuple[tuple[str, Still], ...] = ()

    @property
    def well(self) -> bool:
        """Whether there was nothing to be found."""
        return not self.mended and not self.still


async def watch(duties: Mapping[str, Duty]) -> Watched:
    """Go round once; what is written down of it is that it was done."""
    mended = await _mend_missing() + await _mend_duties(duties)
    cursor, wrong = await _mend_wrong((await last_watch()).cursor)
    found = Watched(mended + wrong, tuple(await _standing_still()))
    await watched(cursor)
    for name, still in found.still:
        log.error("ALARM: %s %s stand still since %s", still.count, name, still.since.isoformat())
    return found


async def _mend_missing() -> int:
    """Whoever has no timer at all is looked at now."""
    mended = 0
    while missing := await without_timer(_MENDED):
        await _look_at(missing, "had no timer")
        mended += len(missing)
    return mended


async def _mend_wrong(after: int) -> tuple[int, int]:
    """Up to which problem we got, 0 when all were seen; and how many had to be mended."""
    began, mended = perf_counter(), 0
    while perf_counter() - began < _PATIENCE:
        part = await wrongly_timed(after, _BATCH)
        if part.wrong:
            await _look_at(part.wrong, "would have been looked at too late")
            mended += len(part.wrong)
        if part.last is None:
            return 0, mended
        after = part.last
    return after, mended


async def _look_at(problems: Iterable[int], why: str) -> None:
    numbers = sorted(problems)
    await look_at_problems(numbers, await now())
    log.warning("%s problems %s, from #%s on: mended", len(numbers), why, numbers[0])


async def _mend_duties(duties: Mapping[str, Duty]) -> int:
    """Each duty that comes again is planned, and no later than its own rule says."""
    present, plan, mended = await now(), house().plan, 0
    planned = await duties_planned(duties)
    for name, duty in duties.items():
        at, due = duty.after(present, plan), planned.get(name)
        if due is None or due > at:
            await plan_again(name, at)
            log.warning("the duty %s was not planned in time: mended", name)
            mended += 1
    return mended


async def _standing_still() -> list[tuple[str, Still]]:
    found = [(name, await look()) for name, look in _LOOKS]
    return [(name, still) for name, still in found if still is not None]


_LOOKS = (
    ("timers that nobody takes up", timers_alone),
    ("timers", timers_still),
    ("notices that nobody takes up", notices_alone),
    ("notices", notices_still),
)
