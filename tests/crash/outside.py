"""Looks whether anything has changed that outlives a death: in the records, or in the chats."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import asyncpg

from domain.engines import postgres_address
from tests.crash.databases import Copies
from tests.crash.points import Kind

Seen = Callable[[Kind], object]


@contextmanager
def outside(copies: Copies, name: str, paper: Path) -> Iterator[Seen]:
    """What is outside, at any moment: something that differs when that does.

    The records are looked at when an answer has come: else nothing can have happened to them.
    """
    with _versions(copies, name) as version:
        last: object = None

        def seen(kind: Kind) -> object:
            nonlocal last
            if kind == "answered":
                last = version()
            return last, paper.stat().st_size if paper.exists() else 0

        yield seen


@contextmanager
def _versions(copies: Copies, name: str) -> Iterator[Callable[[], object]]:
    if copies.engine == "postgres":
        with _postgres(copies.owner) as version:
            yield version
        return
    file = copies.folder / f"{name}.db"
    connections: list[sqlite3.Connection] = []

    def version() -> object:
        # Not before the file is there.
        if not connections:
            connections.append(sqlite3.connect(file))
        return connections[0].execute("PRAGMA data_version").fetchone()

    yield version
    for one in connections:
        one.close()


@contextmanager
def _postgres(address: str) -> Iterator[Callable[[], object]]:
    """By a connection of its own on a loop of its own: the one that is looked at stands still."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with closing(loop):
        connecting = asyncpg.connect(**postgres_address(address))
        connection = asyncio.run_coroutine_threadsafe(connecting, loop).result()

        def version() -> object:
            asked = connection.fetchval("SELECT pg_current_snapshot()::text")
            return asyncio.run_coroutine_threadsafe(asked, loop).result()

        yield version
        asyncio.run_coroutine_threadsafe(connection.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
