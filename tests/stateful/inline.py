"""SQLite without a thread: each statement is done on the spot, after a turn for everybody else.

So what runs after what depends on the dice alone, and a step that failed fails again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from unittest.mock import patch

from aiosqlite.core import Connection

T = TypeVar("T")


async def _execute(self: Any, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    await asyncio.sleep(0)
    if self._connection is None:
        raise ValueError("no active connection")
    return work(*args, **named)


async def _connect(self: Any) -> Any:
    if self._connection is None:
        self._connection = self._connector()
    return self


def _await(self: Any) -> Any:
    return self._connect().__await__()


def _stop(self: Any) -> None:
    self._running = False


async def _on_the_spot(work: Callable[..., T], /, *args: Any, **named: Any) -> T:
    return work(*args, **named)


@contextmanager
def inline() -> Iterator[None]:
    """Within, nothing of ours runs in a thread."""
    with (
        patch.object(Connection, "_execute", _execute),
        patch.object(Connection, "_connect", _connect),
        patch.object(Connection, "__await__", _await),
        patch.object(Connection, "stop", _stop),
        patch.object(asyncio, "to_thread", _on_the_spot),
    ):
        yield


def cut_off(connection: Any) -> None:
    """As the death of its process leaves it: what wasn't committed is gone."""
    held, connection._connection = connection._connection, None
    if held is not None:
        with suppress(Exception):
            held.rollback()
        held.close()
