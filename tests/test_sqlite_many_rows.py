"""Many rows at once, on SQLite: whatever stops them halfway, nobody is kept from writing."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import aiosqlite
import pytest
from tortoise.exceptions import OperationalError

from domain.models import Timer
from domain.records import Records

# Only there does one connection carry everybody's statements.
pytestmark = pytest.mark.sqlite


async def some_rows() -> None:
    await Timer.bulk_create([Timer(key=f"k{n}", duty="x") for n in range(3)])


@pytest.fixture
def failing_commit(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What the next ends of transactions come to."""
    errors: list[BaseException] = []
    commit = aiosqlite.Connection.commit

    async def fails(self: Any) -> None:
        if errors:
            raise errors.pop()
        await commit(self)

    monkeypatch.setattr(aiosqlite.Connection, "commit", fails)
    return errors


@pytest.mark.parametrize(
    "error", [sqlite3.OperationalError("disk I/O error"), asyncio.CancelledError()]
)
async def test_rows_whose_transaction_cannot_end_are_not_there_and_the_next_are(
    records: Records, failing_commit: list[BaseException], error: BaseException
) -> None:
    failing_commit.append(error)
    with pytest.raises((OperationalError, asyncio.CancelledError)):
        await some_rows()
    assert await Timer.all().count() == 0
    await some_rows()
    assert await Timer.all().count() == 3


async def test_rows_that_are_cut_short_leave_no_transaction_open(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = asyncio.Event()
    many = aiosqlite.Connection.executemany

    async def slow(*_args: Any) -> None:
        began.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(aiosqlite.Connection, "executemany", slow)
    writing = asyncio.create_task(some_rows())
    await began.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    monkeypatch.setattr(aiosqlite.Connection, "executemany", many)
    await some_rows()
    assert await Timer.all().count() == 3
