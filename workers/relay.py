"""Turns what is due to do or to tell into messages of the broker; marks what a door has said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from domain.actions.outbox import BATCH, give_back, lease_due, mark_said
from domain.actions.timers import give_timers_back, lease_timers
from domain.errors import log_fault
from domain.queries.outbox import many_in_hand, together
from workers.broker import DELIVER, FIRE

log = logging.getLogger(__name__)

# How long nobody may have woken it before it looks by itself (seconds).
SWEEP_SECONDS = 5.0


def always() -> bool:
    """Nothing keeps us from working."""
    return True


class Relay:
    """Runs on the loop where it was made; `wake` and `said` may be called from any thread.

    Marking and handing over go on beside each other: while a broker hangs, what was said must
    still be marked before its lease ends, or it would be said again.
    """

    def __init__(
        self,
        enqueue: Callable[..., None],
        settle: Callable[[], Awaitable[None]],
        *,
        may_work: Callable[[], bool] = always,
    ) -> None:
        """`enqueue` gives an actor some ids and may block; `settle` waits until all is done."""
        self._enqueue = enqueue
        self._settle = settle
        self._may_work = may_work
        self._loop = asyncio.get_running_loop()
        self._due, self._to_mark = asyncio.Event(), asyncio.Event()
        self._said: list[tuple[int, str]] = []
        self._unmarked: set[int] = set()
        self._handing, self._marking = asyncio.Lock(), asyncio.Lock()

    def wake(self) -> None:
        """Something is due: look now."""
        self._loop.call_soon_threadsafe(self._due.set)

    def said(self, ids: list[int], platform: str) -> None:
        """The door has said these in its response; what else the message asked for may be due.

        Until they are marked they are handed over to nobody, even when the door's time is over.
        """
        self._unmarked.update(ids)
        self._said += [(entry, platform) for entry in ids]
        self._loop.call_soon_threadsafe(self._to_mark.set)
        self.wake()

    async def run(self) -> None:
        """Look whenever woken, and every few seconds; until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._again_and_again(self._to_mark, self._mark))
            both.create_task(self._again_and_again(self._due, self._hand_over))

    async def _again_and_again(
        self, woken: asyncio.Event, look: Callable[[], Awaitable[object]]
    ) -> None:
        while True:
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await woken.wait()
            except TimeoutError:
                pass
            woken.clear()
            if not self._may_work():
                continue
            try:
                await look()
            except Exception as error:  # noqa: BLE001  whatever it is, this must go on
                # The database may be away for a while; what is due stays due.
                log_fault(log, "the relay could not look; it will look again", error)

    async def turn(self) -> int:
        """Mark what was said and hand over what is due; how many were handed over."""
        await self._mark()
        return await self._hand_over()

    async def _mark(self) -> None:
        async with self._marking:
            said, self._said = self._said, []
            try:
                for platform in sorted({platform for _entry, platform in said}):
                    await mark_said([entry for entry, by in said if by == platform], platform)
            except BaseException:
                # Else they would be said a second time; marking one twice does nothing.
                self._said = said + self._said
                raise
            self._unmarked.difference_update(entry for entry, _platform in said)

    async def _hand_over(self) -> int:
        """What is to be done before what is to be told, since it may add to that."""
        async with self._handing:
            timers = await lease_timers()
            await self._enqueued(FIRE, [[timer] for timer in timers], give_timers_back)
            entries = await lease_due(but=self._unmarked)
            groups = await together(entries) if len(entries) > 1 else [entries] if entries else []
            await self._enqueued(DELIVER, groups, give_back)
            if len(entries) >= BATCH and not await many_in_hand():
                # There is more: it goes on at once, as long as whoever delivers keeps up.
                self._due.set()
            return len(timers) + len(entries)

    async def _enqueued(
        self, actor: str, groups: list[list[int]], unleased: Callable[[list[int]], Awaitable[None]]
    ) -> None:
        for place, rows in enumerate(groups):
            try:
                await asyncio.to_thread(self._enqueue, actor, *rows)
            except Exception:
                # Nobody is at them: the next who looks may take them at once.
                await unleased([row for group in groups[place:] for row in group])
                raise

    async def drain(self) -> None:
        """Go on until nothing is due and everything handed over is done."""
        while await self.turn():
            await self._settle()
        await self._settle()
