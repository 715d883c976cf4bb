"""Lets work die where it waits for the n-th time: what it hasn't done by then is never done."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tests.fixtures.waits import watched


class Died(BaseException):
    """What the one who dies meets; nobody of ours catches it."""


@dataclass
class Death:
    """Comes when the work waits for the `left`-th time from now (0: the first).

    `cut_off` takes away at that moment what its last words could change anything with.
    """

    left: int
    cut_off: Callable[[], None]
    came: bool = False
    _begun: list[Coroutine[Any, Any, Any]] = field(default_factory=list)

    async def done(self, work: Coroutine[Any, Any, Any]) -> bool:
        """Whether the work, with what it begins beside itself, got to its end before."""
        loop = asyncio.get_running_loop()
        # In a task of its own: what is set in its context dies with it.
        living = asyncio.Task(self._counted(work), loop=loop)
        loop.set_task_factory(self._beside)
        try:
            await living
        except BaseException:
            # Its last words are nobody's concern.
            if not self.came:
                raise
        finally:
            loop.set_task_factory(None)
            for inner in self._begun:
                if inspect.getcoroutinestate(inner) == inspect.CORO_CREATED:
                    inner.close()
        return not self.came

    def _beside(
        self, loop: asyncio.AbstractEventLoop, inner: Coroutine[Any, Any, Any], **named: Any
    ) -> asyncio.Task[Any]:
        self._begun.append(inner)

        async def counted() -> Any:
            try:
                return await self._counted(inner)
            except BaseException as error:  # noqa: BLE001  the dead complain of nothing
                raise (asyncio.CancelledError if self.came else error) from None

        return asyncio.Task(counted(), loop=loop, **named)

    async def _counted(self, work: Coroutine[Any, Any, Any]) -> Any:
        return await watched(work, self._waits)

    def _waits(self) -> Callable[[], object]:
        if self.left <= 0:
            self.came = True
            self.cut_off()
            raise Died
        self.left -= 1
        return bool
