"""Brings the schema of a database up to date, and tells whether it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations import executor
from tortoise.migrations.api.migrate import migrate

from domain.engines import kind_of, orm_config
from domain.late_states import LateState
from domain.records import as_unusable
from domain.sole import locked
from domain.sqlite_rebuild import RebuildingEditor

# Tortoise looks these up there, and takes no others by asking.
executor.SqliteSchemaEditor = RebuildingEditor  # type: ignore[attr-defined]
executor.State = LateState  # type: ignore[attr-defined]

# Whoever else migrates the same PostgreSQL at the same time waits for its turn.
_MIGRATING = 0x7A6F75666D6967


async def migrate_records(database: str) -> None:
    """Bring the schema up to date; RecordsUnusable when the database can't be written."""
    with as_unusable(database):
        async with _one_at_a_time(database), _configured(database) as config:
            await migrate(config=config, direction="forward")


async def missing_migrations(database: str) -> tuple[str, ...]:
    """The names of what is yet to be applied, in order; RecordsUnusable if it can't be asked."""
    with as_unusable(database):
        async with _configured(database) as config:
            await Tortoise.init(config=config, init_connections=False)
            connection = get_connection("default")
            # A database that can't be reached would read as one without any schema.
            await connection.execute_query("SELECT 1")
            plan = await executor.MigrationExecutor(connection, config["apps"]).plan()
            return tuple(step.migration.name for step in plan)


@asynccontextmanager
async def _one_at_a_time(database: str) -> AsyncIterator[None]:
    if kind_of(database) == "sqlite":
        # A second one waits at the file itself.
        yield
        return
    async with locked(database, _MIGRATING):
        yield


@asynccontextmanager
async def _configured(database: str) -> AsyncIterator[dict[str, Any]]:
    """The ORM set up for migrating, its connections closed afterwards."""
    context = TortoiseContext()
    config = orm_config(database, migrating=True)
    with context:
        try:
            yield config
        finally:
            await context.close_connections()
