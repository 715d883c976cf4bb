"""Fills an empty database with what a backup keeps: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from tortoise.transactions import in_transaction

from domain.engines import DATABASE_ERRORS
from domain.keeping.archive import Backup
from domain.keeping.dialects import set_last_ids
from domain.keeping.faults import BackupFault
from domain.keeping.manifest import TableKept, schema_of_records
from domain.keeping.tables import Table, tables
from domain.models import KeyCheck

_BATCH = 1000


async def restore(backup: Backup) -> None:
    """Fill the opened records; raises BackupFault, with nothing written.

    What had not been said when the backup was made is due again at once: leases are long over.
    """
    ours, theirs = await schema_of_records(), backup.manifest.schema
    if ours != theirs:
        raise BackupFault("schema", theirs=ours, ours=theirs)
    async with in_transaction():
        # Opening the records has noted by which keys; the backup, made with the same, knows it too.
        await KeyCheck.all().delete()
        await _must_be_empty()
        kept = {table.name: table for table in backup.manifest.tables}
        for table in tables():
            await _fill(table, kept[table.name], backup)
        await set_last_ids({name: table.last_id for name, table in kept.items()})


async def _must_be_empty() -> None:
    for table in tables():
        if await table.model.exists():
            raise BackupFault("not_empty", table=table.name)


async def _fill(table: Table, kept: TableKept, backup: Backup) -> None:
    try:
        for lines in _batches(backup.lines(kept)):
            await table.model.bulk_create([table.row(line) for line in lines])
    except DATABASE_ERRORS as error:
        # Not its words: they may quote the row.
        raise BackupFault("refused", table=table.name, why=type(error).__name__) from None
    if await table.model.all().count() != kept.rows:
        raise BackupFault("refused", table=table.name, why="count")


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(lines)
    while batch := list(islice(lines, _BATCH)):
        yield batch
