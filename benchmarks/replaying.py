"""Plays scripts on a database the bare ways: through Tortoise's connection, asyncpg, aiosqlite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiosqlite
import asyncpg
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

from benchmarks.recording import first_row
from benchmarks.scripts import Script, ScriptStep, filled, wanted
from domain.engines import database_file, kind_of, orm_config

Play = Callable[[Script], Awaitable[None]]
Transaction = Callable[[], AbstractAsyncContextManager[Any]]
Ask = Callable[[str, str, list[Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Opened:
    """What plays a script, and what gives the connections back."""

    play: Play
    close: Callable[[], Awaitable[object]]


_BEGIN = ("begin", "savepoint")
_END = ("commit", "release")


class _Playing:
    """One script being played, each step in its order; what a later one needs is kept."""

    def __init__(self, script: Script, transaction: Transaction, ask: Ask) -> None:
        self.transaction = transaction
        self.ask = ask
        self.wanted = wanted(script)
        self.rows: dict[int, dict[str, Any]] = {}

    async def play(self, steps: Iterator[tuple[int, ScriptStep]]) -> None:
        """Until the end, or until the transaction ends."""
        for place, step in steps:
            if step.kind in _BEGIN:
                async with self.transaction():
                    await self.play(steps)
            elif step.kind in _END:
                return
            else:
                result = await self.ask(step.kind, step.sql, filled(step.values, self.rows))
                if place in self.wanted:
                    self.rows[place] = first_row(result)


async def _play(script: Script, transaction: Transaction, ask: Ask) -> None:
    await _Playing(script, transaction, ask).play(iter(enumerate(script)))


# --- Tortoise -----------------------------------------------------------------------------


async def open_tortoise(database: str) -> Opened:
    """Tortoise with the very connections that our program has, and nothing else of ours."""
    context = TortoiseContext()
    context.__enter__()
    await context.init(config=orm_config(database))

    return Opened(through_tortoise, context.close_connections)


async def through_tortoise(script: Script) -> None:
    """Play it on the connections that are entered here."""
    await _play(script, in_transaction, _through_tortoise)


async def _through_tortoise(kind: str, sql: str, values: list[Any]) -> Any:
    connection = get_connection("default")
    if kind == "insert":
        return await connection.execute_insert(sql, values)
    if kind == "many":
        return await connection.execute_many(sql, values)
    return await connection.execute_query(sql, values)


# --- asyncpg ------------------------------------------------------------------------------


async def open_asyncpg(database: str) -> Opened:
    """asyncpg's own pool with our connections' options, and as large as ours."""
    ours = dict(orm_config(database)["connections"]["default"]["credentials"])
    size = {"min_size": ours.pop("minsize"), "max_size": ours.pop("maxsize")}
    pool = await asyncpg.create_pool(**size, **ours)

    async def play(script: Script) -> None:
        one = _OnAsyncpg(pool)
        await _play(script, one.transaction, one.ask)

    return Opened(play, pool.close)


class _OnAsyncpg:
    """A transaction holds a connection; what is asked outside of one takes any of the pool's."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool
        self.held: Any = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        if self.held is not None:
            async with self.held.transaction():
                yield
            return
        async with self.pool.acquire() as connection:
            self.held = connection
            try:
                async with connection.transaction():
                    yield
            finally:
                self.held = None

    async def ask(self, kind: str, sql: str, values: list[Any]) -> Any:
        to = self.held or self.pool
        if kind == "many":
            return await to.executemany(sql, values)
        if kind == "insert":
            return await to.fetchrow(sql, *values)
        return await to.fetch(sql, *values)


# --- aiosqlite ----------------------------------------------------------------------------


async def open_aiosqlite(database: str) -> Opened:
    """One connection of aiosqlite's, and a lock around each transaction and each statement."""
    connection = await aiosqlite.connect(database_file(database), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        await connection.execute(f"PRAGMA {pragma}")
    connection.row_factory = aiosqlite.Row
    lock = asyncio.Lock()

    async def play(script: Script) -> None:
        one = _OnAiosqlite(connection, lock)
        await _play(script, one.transaction, one.ask)

    return Opened(play, connection.close)


class _OnAiosqlite:
    """A transaction holds the lock; what is asked outside of one takes it for itself."""

    def __init__(self, connection: aiosqlite.Connection, lock: asyncio.Lock) -> None:
        self.connection = connection
        self.lock = lock
        self.holds = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        if self.holds:
            async with self._between("SAVEPOINT inner_one", "RELEASE inner_one"):
                yield
            return
        async with self.lock:
            self.holds = True
            try:
                async with self._between("BEGIN IMMEDIATE", "COMMIT"):
                    yield
            finally:
                self.holds = False

    @asynccontextmanager
    async def _between(self, begin: str, end: str) -> AsyncIterator[None]:
        await self.connection.execute(begin)
        yield
        await self.connection.execute(end)

    async def ask(self, kind: str, sql: str, values: list[Any]) -> Any:
        if self.holds:
            return await self._asked(kind, sql, values)
        async with self.lock:
            return await self._asked(kind, sql, values)

    async def _asked(self, kind: str, sql: str, values: list[Any]) -> Any:
        if kind == "many":
            return await self.connection.executemany(sql, values)
        if kind == "insert":
            row = await self.connection.execute_insert(sql, values)
            return row[0] if row else None
        return list(await self.connection.execute_fetchall(sql, values))


# --- which --------------------------------------------------------------------------------

_OPEN: dict[str, Callable[[str], Awaitable[Opened]]] = {
    "tortoise": open_tortoise,
    "asyncpg": open_asyncpg,
    "aiosqlite": open_aiosqlite,
}


@asynccontextmanager
async def opened(driver: str, database: str) -> AsyncIterator[Play]:
    """What plays scripts on that database by that driver, until the end."""
    one = await _OPEN[driver](database)
    try:
        yield one.play
    finally:
        await one.close()


def raw_driver(database: str) -> str:
    """The driver without an ORM for the database that the address names."""
    return "aiosqlite" if kind_of(database) == "sqlite" else "asyncpg"
