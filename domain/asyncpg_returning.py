"""PostgreSQL whose connections come back, also when a transaction can't begin or is cut off at it.

Tortoise's own takes a connection, begins, and gives it back at the end; cut off in between, nobody
does, and with the last of them every message would wait for ever. The word asyncpg must stay in
this module's name: Tortoise's migrations choose their dialect by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionContextPooled
from tortoise.connection import get_connections

if TYPE_CHECKING:
    from tortoise.backends.base.client import TransactionalDBClient, TransactionContext


class ReturningContext(TransactionContextPooled):
    """Tortoise's own, which would keep its connection for ever when the transaction can't begin."""

    async def __aenter__(self) -> TransactionalDBClient:
        """Enter the transaction, or leave everything as it was."""
        await self.ensure_connection()
        pool = self.client._parent._pool  # noqa: SLF001  as Tortoise's own does
        self.client._connection = await pool.acquire()  # noqa: SLF001
        try:
            await self.client.begin()
        except BaseException:
            await pool.release(self.client._connection)  # noqa: SLF001
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client


class ReturningClient(AsyncpgDBClient):
    """Tortoise's own PostgreSQL client with the transaction above."""

    def _in_transaction(self) -> TransactionContext:
        return ReturningContext(TransactionWrapper(self), self._pool_init_lock)


client_class = ReturningClient
