"""A database for each life: a copy of one that was made ready, in a file or in PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import asyncpg

from domain.engines import postgres_address
from domain.records import open_records
from tests.fixtures.house import _plan, _ring

Engine = Literal["sqlite", "postgres"]


@dataclass(frozen=True)
class Copies:
    """Where copies are made: in a folder, or in the server of which `owner` is a database's address.

    `copying` is how that server copies best.
    """

    engine: Engine
    folder: Path
    owner: str = ""
    copying: str = ""

    def address(self, name: str) -> str:
        """The address of one of them."""
        if self.engine == "sqlite":
            return f"sqlite://{self.folder / name}.db"
        return f"{self.owner.rpartition('/')[0]}/{name}"

    async def copy(self, source: str, name: str) -> None:
        """Make one like the source: a name, or, the first time, whatever file it is in."""
        if self.engine == "sqlite":
            file = source if source.endswith(".db") else self.folder / f"{source}.db"
            shutil.copyfile(file, self.folder / f"{name}.db")
            return
        await self._say(f"CREATE DATABASE {name} TEMPLATE {source} {self.copying}")

    async def drop(self, name: str) -> None:
        """Leave nothing of it."""
        if self.engine == "postgres":
            await self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        for file in self.folder.glob(f"{name}.db*"):
            file.unlink()

    async def _say(self, statement: str) -> None:
        connection = await asyncpg.connect(**postgres_address(self.owner))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @asynccontextmanager
    async def opened(self, name: str) -> AsyncIterator[None]:
        """Open one of them, and enter it."""
        records = await open_records(self.address(name), _ring(), _plan())
        try:
            yield
        finally:
            await records.close()
