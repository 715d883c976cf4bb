"""A loop in which no time is spent waiting: when nothing is left to do, it is the next instant.

Nothing in it runs in a thread, and SQLite answers at once (on the spot, after a delay that is only
counted): what runs after what depends on the dice alone.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(RuntimeError):
    """Everybody waits, and nothing would ever happen."""


class _Jumping(selectors.SelectSelector):
    """Instead of waiting it moves the loop's clock on."""

    loop: TimelessLoop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Stuck("everybody waits for somebody else")
        if timeout > 0:
            self.loop.present += timeout
        return []


class TimelessLoop(asyncio.SelectorEventLoop):
    """`present` is how many seconds have passed in it."""

    def __init__(self) -> None:
        self.present = 0.0
        selector = _Jumping()
        selector.loop = self
        super().__init__(selector)
        # Coarser than what a sum of seconds loses, so that no timer is missed by a hair.
        self._clock_resolution = 1e-5

    def time(self) -> float:
        """Seconds since it began."""
        return self.present


def run_timeless(main: Callable[[TimelessLoop], Coroutine[Any, Any, T]]) -> T:
    """Run it to its end, and leave nothing behind."""
    loop = TimelessLoop()
    try:
        return loop.run_until_complete(main(loop))
    finally:
        for task in (left := asyncio.all_tasks(loop)):
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
