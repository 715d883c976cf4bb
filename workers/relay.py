"""Turns outbox rows that are due into messages of the broker, and marks what the door has said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from domain.actions.outbox import lease_due, mark_said
from domain.errors import log_fault

log = logging.getLogger(__name__)

# How long nobody may have woken it before it looks by itself (seconds).
SWEEP_SECONDS = 5.0


class Relay:
    """Runs on the loop where it was made; `wake` and `said` may be called from any thread."""

    def __init__(
        self, enqueue: Callable[[int], None], settle: Callable[[], Awaitable[None]]
    ) -> None:
        """`enqueue` gives an id to the broker and may block; `settle` waits until it is idle."""
        self._enqueue = enqueue
        self._settle = settle
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        self._said: list[tuple[int, str]] = []
        self._turn = asyncio.Lock()

    def wake(self) -> None:
        """Something is due: look now."""
        self._loop.call_soon_threadsafe(self._woken.set)

    def said(self, ids: list[int], platform: str) -> None:
        """The door has said these in its response."""
        self._said += [(entry, platform) for entry in ids]
        self.wake()

    async def run(self) -> None:
        """Look whenever woken, and every few seconds; until cancelled."""
        while True:
            try:
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  whatever it is, this must go on
                # The database may be away for a while; what is due stays due.
                log_fault(log, "the relay could not look; it will look again", error)

    async def turn(self) -> int:
        """Mark what was said and hand over what is due; how many were handed over."""
        async with self._turn:
            await self._mark()
            ids = await lease_due()
            for entry in ids:
                await asyncio.to_thread(self._enqueue, entry)
            return len(ids)

    async def _mark(self) -> None:
        said, self._said = self._said, []
        try:
            for platform in sorted({platform for _entry, platform in said}):
                await mark_said([entry for entry, by in said if by == platform], platform)
        except BaseException:
            # Else they would be said a second time; marking one twice does nothing.
            self._said = said + self._said
            raise

    async def drain(self) -> None:
        """Go on until nothing is due and everything handed over is done."""
        while await self.turn():
            await self._settle()
        await self._settle()
