"""SQLite for a process of the simulation: on the spot, after a delay that the dice give.

Each statement is a point at which the others go on, at which it may fail, and at which its process
may be dead: then whatever it still tries leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

import aiosqlite.core

from tests.fixtures.inline import connect, inline

# How long a statement waits for another process' transaction (seconds), and how often it looks.
_PATIENCE, _LOOK = 10.0, 0.003


class Machine(Protocol):
    """What a statement must know of the process that it belongs to."""

    connections: list[aiosqlite.core.Connection]

    async def hop(self, *, may_fail: bool) -> None:
        """Let the others go on; CancelledError once it is dead, sqlite3's error by bad luck."""

    def committed(self) -> None:
        """Something may have changed for the others."""


machine: ContextVar[Machine] = ContextVar("machine")


async def _execute(self: Any, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    mine = machine.get()
    # To roll back asks nothing of the disk.
    await mine.hop(may_fail=getattr(work, "__name__", "") in {"execute", "executemany", "commit"})
    if self._connection is None:
        raise asyncio.CancelledError
    if args and isinstance(args[0], str) and args[0].startswith("PRAGMA"):
        args = (_of_no_wait(args[0]), *args[1:])
    tried = 0.0
    while True:
        try:
            done = work(*args, **named)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or tried > _PATIENCE:
                raise
            tried += _LOOK
            await asyncio.sleep(_LOOK)
            await mine.hop(may_fail=False)
            continue
        if self._connection is not None and not self._connection.in_transaction:
            mine.committed()
        return done


def _of_no_wait(said: str) -> str:
    """Whoever waits for a lock waits in our own time; and no disk is waited for."""
    if "busy_timeout" in said:
        return "PRAGMA busy_timeout=0"
    return "PRAGMA synchronous=OFF" if "synchronous" in said else said


async def _connect(self: Any) -> Any:
    if self._connection is None:
        mine = machine.get()
        await mine.hop(may_fail=False)
        await connect(self)
        mine.connections.append(self)
    return self


@contextmanager
def by_machines() -> Iterator[None]:
    """Within, each statement is of the process that makes it."""
    with inline(_execute, _connect):
        yield
