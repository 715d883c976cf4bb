"""Gives the duties their records: opened on the worker's own loop, known in each of its threads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dramatiq import Broker, Worker
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.errors import DramatiqError
from dramatiq.middleware import Middleware, MiddlewareError

from domain.records import Records


class RecordsMiddleware(Middleware):
    """Opens the records before the first message is taken, and closes them after the last.

    `open_records` is awaited on the loop on which actors run: connections belong to a loop.
    """

    def __init__(self, open_records: Callable[[], Awaitable[Records]]) -> None:
        self._open = open_records
        self._records: Records | None = None

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        """Open; a worker without records must not start, which only this error achieves."""
        del broker, worker
        loop = get_event_loop_thread()
        if loop is None:
            msg = "the AsyncIO middleware must come before the records"
            raise MiddlewareError(msg)
        try:
            self._records = loop.run_coroutine(self._opened())
        except (DramatiqError, OSError) as error:
            raise MiddlewareError(str(error)) from error

    async def _opened(self) -> Records:
        return await self._open()

    def after_worker_thread_boot(self, broker: Broker, thread: object) -> None:
        """Each thread enters, and what it runs inherits it."""
        del broker, thread
        if self._records is not None:
            self._records.enter()

    def after_worker_shutdown(self, broker: Broker, worker: Worker) -> None:
        """Close on the same loop; hooks run in reverse order here, so the loop still turns."""
        del broker, worker
        loop = get_event_loop_thread()
        if self._records is not None and loop is not None:
            loop.run_coroutine(self._records.close())
