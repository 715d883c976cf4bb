"""Opens the database, and keeps what belongs together in one transaction."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from domain.chaining import chained
from domain.clock import instants, now, one_moment, real_now, set_now, today
from domain.engines import DATABASE_ERRORS, database_file, kind_of, orm_config, shown
from domain.errors import AlreadyHeard, RecordsUnusable
from domain.house import House, enter_house, house
from domain.models import Heard, KeyCheck, Unit
from domain.rules.plan import Plan
from domain.sealing import Keyring, new_seal_id, seal_reply

__all__ = [
    "HeardMessage",
    "Records",
    "ReplyAddress",
    "as_unusable",
    "by_itself",
    "database_file",
    "has_school",
    "hearing",
    "now",
    "open_records",
    "reachable",
    "real_now",
    "savepoint",
    "set_now",
    "today",
]

# At DEBUG these write down each statement with its values: a child's name that was looked
# for among the teachers, for one.
for _name in ("tortoise.db_client", "aiosqlite", "asyncpg"):
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
    """Open a database and enter it; RecordsUnusable if it can't be, KeyFault on a wrong key.

    `database` is `sqlite://FILE` or `postgres://…`. The schema must be there already:
    `migrate_records` brings it up to date.
    """
    # The ORM keeps the statements it made by table and not by dialect.
    EXECUTOR_CACHE.clear()
    context = TortoiseContext()
    context.__enter__()
    await context.init(config=orm_config(database))
    records = Records(House(plan, keys, keys.blind_index()), context)
    enter_house(records.house)
    try:
        with as_unusable(database):
            await _check_keys(keys)
    except BaseException:
        await records.close()
        raise
    return records


@contextmanager
def as_unusable(database: str) -> Iterator[None]:
    """Whatever keeps the database from being used, its driver's own errors included."""
    try:
        yield
    except DATABASE_ERRORS as error:
        why = str(error) or type(error).__name__
        server = kind_of(database) == "postgres"
        raise RecordsUnusable(shown(database), why, server=server) from error


async def _check_keys(keys: Keyring) -> None:
    """Stop the start when this database was sealed with other keys."""
    stored = await KeyCheck.get_or_none(name="keys")
    if stored is not None and (fault := keys.problems(stored.value)) is not None:
        raise fault
    # Anew after each good start, so that a key that came in by rotation is known from now on.
    await KeyCheck.update_or_create(name="keys", defaults={"value": keys.check_value()})


# --- transactions -------------------------------------------------------------------------


@dataclass(frozen=True)
class HeardMessage:
    """The row of a message that is being carried out: its id, its seal, when it was heard."""

    id: int
    seal: str
    at: datetime


@dataclass(frozen=True)
class ReplyAddress:
    """Where late answers go: it is as good as a key to the chat, until then (real time)."""

    url: str = field(repr=False)
    until: datetime


@asynccontextmanager
async def hearing(
    platform: str, key: str, account: str, conversation: str, reply: ReplyAddress | None = None
) -> AsyncIterator[HeardMessage]:
    """The transaction of one message; its first write says that the message was heard.

    `reply` is kept with it, sealed. Raises AlreadyHeard, with nothing written, when it was heard
    before.
    """
    async with in_transaction():
        moment = await instants()
        seal_id = new_seal_id()
        try:
            heard = await Heard.create(
                seal=seal_id,
                platform=platform,
                message_key=key,
                account=account,
                conversation=conversation,
                at=moment.school,
                reply_to=seal_reply(reply.url, house().keyring, seal_id) if reply else None,
                reply_until=reply.until if reply else None,
            )
        except IntegrityError:
            raise AlreadyHeard from None
        with one_moment(moment):
            async with chained():
                yield HeardMessage(heard.id, heard.seal, heard.at)


@asynccontextmanager
async def by_itself() -> AsyncIterator[None]:
    """The transaction of what happens by itself: at one time, and chained like all else."""
    async with in_transaction():
        with one_moment(await instants()):
            async with chained(looking=True):
                yield


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
    except DATABASE_ERRORS:
        return False
    return True
