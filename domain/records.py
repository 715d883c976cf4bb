"""Opens the database, tells the time, and keeps what belongs together in one transaction."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, IntegrityError
from tortoise.migrations.api.migrate import migrate
from tortoise.transactions import in_transaction

from domain.errors import AlreadyHeard, RecordsUnusable
from domain.house import SCHOOL_TIME, House, enter_house
from domain.models import Clock, Heard, KeyCheck, Unit
from domain.rules.plan import Plan
from domain.sealing import Keyring

_SQLITE = "sqlite://"

# At DEBUG these two write down each statement with its values: a child's name that was looked
# for among the teachers, for one.
for _name in ("tortoise.db_client", "aiosqlite"):
    logging.getLogger(_name).setLevel(logging.INFO)


@dataclass(frozen=True)
class Records:
    """An open database with the house it belongs to; its connections are this loop's own."""

    house: House
    _context: TortoiseContext

    def enter(self) -> None:
        """Make the records usable in this thread or task, and in those it starts."""
        self._context.__enter__()
        enter_house(self.house)

    async def close(self) -> None:
        """Close the connections; a script that forgets it hangs at its end."""
        await self._context.close_connections()


async def open_records(database: str, keys: Keyring, plan: Plan) -> Records:
    """Open `sqlite://FILE` and enter it; RecordsUnusable if it can't be, KeyFault on a wrong key.

    The schema must be there already: `migrate_records` brings it up to date.
    """
    context = TortoiseContext()
    context.__enter__()
    await context.init(config=_config(database))
    records = Records(House(plan, keys, keys.blind_index()), context)
    enter_house(records.house)
    try:
        with _as_unusable(database):
            await _check_keys(keys)
    except BaseException:
        await records.close()
        raise
    return records


async def migrate_records(database: str) -> None:
    """Bring the schema up to date; RecordsUnusable when the database can't be written.

    Foreign keys are off meanwhile: SQLite rebuilds a table by dropping it, and with them on
    the rows that point to it would go too.
    """
    context = TortoiseContext()
    with context:
        try:
            with _as_unusable(database):
                await migrate(config=_config(database, foreign_keys="OFF"))
        finally:
            await context.close_connections()


@contextmanager
def _as_unusable(database: str) -> Iterator[None]:
    """Whatever keeps the database from being used, SQLite's own errors on connecting included."""
    try:
        yield
    except (BaseORMException, sqlite3.Error, OSError) as error:
        raise RecordsUnusable(database, str(error)) from error


def database_file(database: str) -> Path:
    """The file of a `sqlite://` address."""
    return Path(database.removeprefix(_SQLITE))


def _config(database: str, **pragmas: str) -> dict[str, Any]:
    return {
        "connections": {
            "default": {
                "engine": "domain.sqlite_immediate",
                "credentials": {
                    "file_path": str(database_file(database)),
                    "synchronous": "FULL",
                    "busy_timeout": 10_000,
                    **pragmas,
                },
            }
        },
        "apps": {
            "domain": {
                "models": ["domain.models"],
                "migrations": "domain.migrations",
                "default_connection": "default",
            }
        },
    }


async def _check_keys(keys: Keyring) -> None:
    """Stop the start when this database was sealed with other keys."""
    stored = await KeyCheck.get_or_none(name="keys")
    if stored is not None and (fault := keys.problems(stored.value)) is not None:
        raise fault
    # Anew after each good start, so that a key that came in by rotation is known from now on.
    await KeyCheck.update_or_create(name="keys", defaults={"value": keys.check_value()})


# --- time ---------------------------------------------------------------------------------


async def now() -> datetime:
    """The school's present instant, in UTC: the database's time plus the stored offset.

    SQLite runs in this process, so its time is ours.
    """
    return real_now() + timedelta(seconds=await offset_seconds())


def real_now() -> datetime:
    """The real instant, in UTC; for leases and the age of signatures."""
    return datetime.now(UTC)


async def today() -> date:
    """The school's date."""
    return (await now()).astimezone(SCHOOL_TIME).date()


async def offset_seconds() -> float:
    """How far the school's clock is ahead of the real one."""
    clock = await Clock.get_or_none(id=1)
    return clock.offset_seconds if clock else 0.0


async def set_offset(seconds: float) -> None:
    """Move the school's clock; only the demo does."""
    await Clock.update_or_create(id=1, defaults={"offset_seconds": seconds})


# --- transactions -------------------------------------------------------------------------


@dataclass(frozen=True)
class HeardMessage:
    """The row of a message that is being carried out: its id, its seal, when it was heard."""

    id: int
    seal: str
    at: datetime


@asynccontextmanager
async def hearing(
    platform: str, key: str, account: str, conversation: str
) -> AsyncIterator[HeardMessage]:
    """The transaction of one message; its first write says that the message was heard.

    Raises AlreadyHeard, with nothing written, when it was heard before.
    """
    async with in_transaction():
        try:
            heard = await Heard.create(
                platform=platform,
                message_key=key,
                account=account,
                conversation=conversation,
                at=await now(),
            )
        except IntegrityError:
            raise AlreadyHeard from None
        yield HeardMessage(heard.id, heard.seal, heard.at)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """A part of the message's transaction that is undone alone when it raises."""
    async with in_transaction():
        yield


async def has_school() -> bool:
    """Whether the school was filled in before."""
    return await Unit.exists()


async def reachable() -> bool:
    """Whether the database answers."""
    try:
        await get_connection("default").execute_query("SELECT 1")
    except (BaseORMException, sqlite3.Error):
        return False
    return True
