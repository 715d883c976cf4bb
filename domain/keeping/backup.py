"""Writes all the records, as they stand at one moment, into one file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from tortoise.models import Model

from domain.house import house
from domain.keeping.dialects import last_ids, still
from domain.keeping.faults import BackupFault
from domain.keeping.manifest import (
    FORMAT,
    MANIFEST,
    SEAL,
    Manifest,
    TableKept,
    newest_schema,
    schema_of_records,
    sealed_with,
    written,
)
from domain.keeping.tables import Table, tables
from domain.keeping.whole_file import whole_file
from domain.records import real_now

if TYPE_CHECKING:
    from hashlib import _Hash

# How many rows are in memory at once.
_BATCH = 1000


async def write_backup(file: Path) -> Manifest:
    """Write the opened records into a new file; raises BackupFault, with no file left.

    Personal text goes as it lies in the tables: sealed. The keys are not in it.
    """
    try:
        async with _beside_the_loop(whole_file(file)) as out:
            return await _filled(out)
    except FileExistsError:
        raise BackupFault("taken", file=str(file)) from None
    except (ConnectionError, TimeoutError):
        # Of the database, which is told of otherwise.
        raise
    except OSError as error:
        raise BackupFault("unwritable", file=str(file), why=_why(error)) from error


@asynccontextmanager
async def _beside_the_loop(file: AbstractContextManager[BinaryIO]) -> AsyncIterator[BinaryIO]:
    """Open and close it in a thread: a slow disk takes seconds until it has kept it all."""
    out = await asyncio.to_thread(file.__enter__)
    try:
        yield out
    except BaseException as error:
        await asyncio.to_thread(file.__exit__, type(error), error, error.__traceback__)
        raise
    await asyncio.to_thread(file.__exit__, None, None, None)


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


async def _filled(out: BinaryIO) -> Manifest:
    made_at, keyring = real_now(), house().keyring
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        async with still():
            schema = await schema_of_records()
            if schema != newest_schema():
                raise BackupFault("schema", theirs=schema, ours=newest_schema())
            given = await last_ids(table.name for table in tables())
            kept = [await _kept(archive, table, given[table.name]) for table in tables()]
        manifest = Manifest(FORMAT, schema, made_at, keyring.check_value(), tuple(kept))
        text = written(manifest)
        archive.writestr(MANIFEST, text)
        archive.writestr(SEAL, sealed_with(keyring, text))
    return manifest


async def _kept(archive: ZipFile, table: Table, last_id: int) -> TableKept:
    """Write a table; what the manifest is to say of it."""
    with archive.open(member(table.name), "w", force_zip64=True) as entry:
        lines = _Lines(entry)
        async for rows in _batches(table.model):
            # Packing takes its time, and in a worker others want the loop meanwhile.
            await asyncio.to_thread(lines.add, table, rows)
            # A number is at times given by hand, which a database's own count doesn't see.
            last_id = max(last_id, rows[-1].pk)
    return TableKept(table.name, lines.rows, lines.bytes, lines.digest.hexdigest(), last_id)


def member(table: str) -> str:
    """What a table is called in the file."""
    return f"{table}.jsonl"


@dataclass
class _Lines:
    """Writes lines, and counts what it wrote."""

    entry: IO[bytes]
    rows: int = 0
    bytes: int = 0
    digest: _Hash = field(default_factory=sha256)

    def add(self, table: Table, rows: list[Model]) -> None:
        text = b"".join(map(table.line, rows))
        self.entry.write(text)
        self.digest.update(text)
        self.rows += len(rows)
        self.bytes += len(text)


async def _batches(model: type[Model]) -> AsyncIterator[list[Model]]:
    """All rows, from the lowest number on; each look begins after the last row seen."""
    rows = await model.all().order_by("id").limit(_BATCH)
    while rows:
        yield rows
        rows = await model.filter(id__gt=rows[-1].pk).order_by("id").limit(_BATCH)
