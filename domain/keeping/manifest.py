"""What a backup says of itself: when it was made, of which schema, and what must be in it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from tortoise.connection import get_connection

import domain
from domain.keeping.faults import BackupFault
from domain.sealing import Keyring

# Raised when an older program could not read what we write.
FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
# The manifest's seal: with it nobody without the school's keys can make or change a backup.
SEAL: Final = "manifest.hmac"
_PURPOSE: Final = "backup"


@dataclass(frozen=True)
class TableKept:
    """What must be found of a table; `last_id` is the highest number it has ever given."""

    name: str
    rows: int
    bytes: int
    sha256: str
    last_id: int


@dataclass(frozen=True)
class Manifest:
    """`schema` is the last migration, `made_at` real time, `keys` by what a wrong key is known."""

    format: int
    schema: str
    made_at: datetime
    keys: str
    tables: tuple[TableKept, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)


def written(manifest: Manifest) -> bytes:
    """As it stands in the file; a person may read it."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def read_manifest(text: bytes) -> Manifest:
    """What `written` wrote; raises MsgspecError, and BackupFault for a form of later."""
    if msgspec.json.decode(text, type=_Format).format > FORMAT:
        raise BackupFault("newer")
    return msgspec.json.decode(text, type=Manifest)


@dataclass(frozen=True)
class _Format:
    format: int


def sealed_with(keyring: Keyring, text: bytes) -> bytes:
    """Proves that this manifest was written by who had the school's keys."""
    seal = hmac.new(keyring.derived(_PURPOSE), text, sha256)
    return seal.hexdigest().encode("ascii")


def newest_schema() -> str:
    """The last migration that this program knows."""
    # Named by their files: what is here may not lean on the migrations themselves.
    folder = Path(domain.__path__[0]) / "migrations"
    return max(file.stem for file in folder.glob("[0-9]*.py"))


async def schema_of_records() -> str:
    """The last migration that the opened database has gone through."""
    said = "SELECT max(name) AS name FROM tortoise_migrations WHERE app = 'domain'"
    (row,) = await get_connection("default").execute_query_dict(said)
    return str(row["name"])
