"""What each of the two databases does in its own way: one still moment, and the numbers given."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain.sqlite_immediate import ImmediateClient

_STILL = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@asynccontextmanager
async def still() -> AsyncIterator[None]:
    """Read everything as it stands at one moment, holding up nobody who writes meanwhile."""
    client = _connection()
    if isinstance(client, ImmediateClient):
        async with client.still():
            yield
        return
    async with in_transaction() as transaction:
        await transaction.execute_query(_STILL)
        yield


async def last_ids(tables: Iterable[str]) -> dict[str, int]:
    """The highest number that each table has ever given, whether or not the row is there still."""
    if _is_sqlite():
        rows = await _asked("SELECT name, seq FROM sqlite_sequence")
        given = {row["name"]: row["seq"] for row in rows}
        return {table: given.get(table, 0) for table in tables}
    return {table: await _last_of_sequence(table) for table in tables}


async def _last_of_sequence(table: str) -> int:
    (row,) = await _asked(f"SELECT last_value, is_called FROM {await _sequence(table)}")  # noqa: S608
    return int(row["last_value"]) if row["is_called"] else 0


async def set_last_ids(last: Mapping[str, int]) -> None:
    """Go on counting where the other database stopped: no number is ever given twice."""
    for table, number in last.items():
        if number and _is_sqlite():
            await _asked("DELETE FROM sqlite_sequence WHERE name = ?", [table])
            await _asked("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, number])
        elif number:
            await _asked("SELECT setval($1::regclass, $2)", [await _sequence(table), number])


async def _sequence(table: str) -> str:
    (row,) = await _asked("SELECT pg_get_serial_sequence($1, 'id') AS name", [f'"{table}"'])
    return str(row["name"])


def _is_sqlite() -> bool:
    return bool(_connection().capabilities.dialect == "sqlite")


def _connection() -> BaseDBAsyncClient:
    return get_connection("default")


async def _asked(statement: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
    return await _connection().execute_query_dict(statement, values)
