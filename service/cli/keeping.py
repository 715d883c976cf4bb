"""zoufang backup and restore: all records in one file, and an empty database filled from it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from service.keeping import run_backup, run_restore
from service.opening import settings_from
from settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    backup = parts.add_parser(
        "backup",
        help="keep all records in one file, without the keys",
        description="Keeps all records, as they stand at this moment, in one file; "
        "the program may go on meanwhile. The keys are not in it.",
    )
    backup.add_argument(
        "file", metavar="FILE", type=Path, help="a new file, or a folder to put one into"
    )
    backup.set_defaults(run=_run(run_backup))
    restore = parts.add_parser(
        "restore",
        help="fill an empty database from a backup",
        description="Fills the database that ZOUFANG_DATABASE_URL names, which must be empty, "
        "from a backup: all of it, or nothing. The backup may be of another kind of database.",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="what zoufang backup made")
    restore.set_defaults(run=_run(run_restore))


def _run(
    doing: Callable[[Settings, Path], Awaitable[None]],
) -> Callable[[argparse.Namespace, Mapping[str, str]], int]:
    def run(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
        async def whole() -> None:
            await doing(settings_from(environment), asked.file)

        asyncio.run(whole())
        return 0

    return run
