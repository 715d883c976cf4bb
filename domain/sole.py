"""Keeps two processes from working on one PostgreSQL as if each were alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg

from domain.engines import DATABASE_ERRORS, postgres_address

log = logging.getLogger(__name__)

# The name under which PostgreSQL keeps the lock: "zoufang" in its letters' numbers.
_ALONE = 0x7A6F7566616E67
# How often the lock's connection is asked whether it still lives (seconds, real time).
_ASK_SECONDS = 2.0


@asynccontextmanager
async def locked(database: str, name: int) -> AsyncIterator[None]:
    """Hold an advisory lock of a PostgreSQL, waiting for it if need be."""
    connection = await asyncpg.connect(**postgres_address(database))
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", name)
        yield
    finally:
        await connection.close()


class Sole:
    """Whether this process is the only one; the lock has a connection of its own.

    A pool closes what is idle for long, and the lock would go with the connection.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._connection: asyncpg.Connection | None = None

    @property
    def held(self) -> bool:
        """Whether we may work: the lock was ours when last asked."""
        return self._connection is not None

    async def take(self) -> bool:
        """Try once to get the lock; whether it is ours."""
        connection = await asyncpg.connect(**postgres_address(self._database), timeout=5)
        if await connection.fetchval("SELECT pg_try_advisory_lock($1)", _ALONE):
            self._connection = connection
            return True
        await connection.close()
        return False

    async def watch(self) -> None:
        """Notice when the lock is lost, and get it again; until cancelled."""
        while True:
            await asyncio.sleep(_ASK_SECONDS)
            if self._connection is None:
                with suppress(*DATABASE_ERRORS):
                    if await self.take():
                        log.warning("the database's lock is ours again: work goes on")
            elif not await self._lives():
                log.error("the connection that holds the database's lock is gone: work stops")
                self._connection = None

    async def _lives(self) -> bool:
        assert self._connection is not None
        try:
            await self._connection.execute("SELECT 1", timeout=_ASK_SECONDS)
        except DATABASE_ERRORS:
            self._connection.terminate()
            return False
        return True

    async def give_back(self) -> None:
        """Let the next one have it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*DATABASE_ERRORS):
                await connection.close(timeout=2)
