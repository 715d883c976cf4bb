"""SQLite whose transactions take the write lock as they begin.

A transaction that reads first and writes later fails at once with "database is locked" when
another wrote in between, however long the busy timeout; taking the lock at BEGIN makes it
wait its turn instead. The word sqlite must stay in this module's name: Tortoise's migrations
choose their dialect by it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

if TYPE_CHECKING:
    from tortoise.backends.base.client import TransactionalDBClient, TransactionContext


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that is the writer from its first statement on."""

    async def begin(self) -> None:
        """Take the write lock, waiting for it as long as `busy_timeout` allows."""
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except BaseException:
            await self._leave()
            raise

    async def commit(self) -> None:
        """Make it last, or leave nothing of it behind."""
        try:
            await super().commit()
        except BaseException:
            await self._leave()
            raise

    async def _leave(self) -> None:
        """Give the one connection back without a transaction: in one left open none can begin."""
        with suppress(sqlite3.Error):
            await asyncio.shield(self._connection.rollback())


class ImmediateContext(SqliteTransactionContext):
    """Tortoise's own, which would keep its lock for ever when the transaction can't begin."""

    async def __aenter__(self) -> TransactionalDBClient:
        """Enter the transaction, or leave everything as it was."""
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection  # type: ignore[no-any-return]


class Turn(ConnectionWrapper[Any]):
    """Tortoise's own turn at the connection, which would keep its lock when it can't be opened."""

    async def __aenter__(self) -> Any:
        """Take the turn, or leave it to the next."""
        await self._lock.acquire()
        try:
            await self.ensure_connection()
        except BaseException:
            self._lock.release()
            raise
        return self.connection


class ImmediateClient(SqliteClient):
    """Tortoise's own SQLite client with the turn and the transaction above."""

    async def create_connection(self, with_db: bool) -> None:
        """Open the file; sqlite3's error if it can't be opened, or is no database."""
        if not self._connection:
            # Tried first, for aiosqlite would leave behind a thread that reports to a closed loop.
            await asyncio.to_thread(_try, self.filename)
        await super().create_connection(with_db)

    def acquire_connection(self) -> Turn:
        """A turn at the connection."""
        return Turn(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateTransaction(self), self._lock)

    @translate_exceptions
    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """All or none of these rows, in a transaction of their own.

        Tortoise's own leaves its transaction open when it can't end it or is stopped within it:
        then nobody can write any more.
        """
        async with self._in_transaction() as connection:
            await connection.execute_many(query, values)

    def still(self) -> TransactionContext:
        """A transaction that only reads, all of it as it stands now; it holds up no writer."""
        return ImmediateContext(SqliteTransactionWrapper(self), self._lock)


def _try(file: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA schema_version")


client_class = ImmediateClient
