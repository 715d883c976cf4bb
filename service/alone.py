"""Sees to it that what must be alone with its database is: by a file beside it, or a lock in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from filelock import FileLock, Timeout

from domain.engines import database_file
from domain.sole import Sole
from service.faults import StartFault
from settings import Settings


@asynccontextmanager
async def alone(settings: Settings) -> AsyncIterator[Callable[[], bool]]:
    """Be the only one until the end; yields what tells whether we still are.

    StartFault when another is at work already.
    """
    kept = _by_file if settings.on_sqlite else _by_lock
    async with kept(settings) as still:
        yield still


@asynccontextmanager
async def _by_file(settings: Settings) -> AsyncIterator[Callable[[], bool]]:
    """The system gives the file back however we end."""
    lock = FileLock(f"{database_file(settings.database_url)}.lock", timeout=0, thread_local=False)
    try:
        with lock:
            yield lambda: True
    except Timeout:
        raise _another() from None


@asynccontextmanager
async def _by_lock(settings: Settings) -> AsyncIterator[Callable[[], bool]]:
    """When the lock's connection is lost, work stops until the lock is ours again."""
    sole = Sole(settings.database_url)
    if not await sole.take():
        raise _another()
    watching = asyncio.create_task(sole.watch())
    try:
        yield lambda: sole.held
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await sole.give_back()


def _another() -> StartFault:
    return StartFault(
        "已有一个走访进程在用这个数据库。请先结束那一个；"
        "要几个进程一起用，请用 PostgreSQL 并设 ZOUFANG_REDIS_URL。",
        "Another process is at work on this database. End that one first; "
        "several at once take PostgreSQL and ZOUFANG_REDIS_URL.",
    )
