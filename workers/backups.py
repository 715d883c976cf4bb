"""Writes a backup of all records each night, and clears away those that are no longer kept."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from domain.actions.outbox import Address, put_once
from domain.keeping import BackupFault, write_backup
from domain.notices.running import BackupFailed
from domain.queries.people import holders_of
from domain.records import now, today
from domain.rules.calendar import school_day
from domain.rules.nights import again_that_night, no_longer_kept

log = logging.getLogger(__name__)

# Those made by hand bear another name, and are never cleared away.
_NAME = re.compile(r"zoufang-nightly-(\d{8})\.zip(\.[0-9a-f]+\.new)?")
_LOCK = ".zoufang-nightly.lock"


async def back_up(folder: Path, due: datetime) -> datetime | None:
    """Write the backup of that night into the folder, unless it is there.

    Where it can't be written it is tried again at the instant returned; when the night is over the
    admins are told. Raises while another is at it, so that it is looked at once more.
    """
    night = school_day(due)
    try:
        # The lock would make it: of a disk that isn't there it would be a folder on another.
        if not await asyncio.to_thread(folder.is_dir):
            raise NotADirectoryError
        with FileLock(folder / _LOCK, timeout=0, mode=0o600):
            await _written(folder, night)
    except (Timeout, ConnectionError, TimeoutError):
        # Somebody is at it, or the database is away: both are over in a while.
        raise
    except (BackupFault, OSError) as fault:
        return await _failed(night, fault)
    return None


async def _written(folder: Path, night: date) -> None:
    file = folder / f"zoufang-nightly-{night:%Y%m%d}.zip"
    try:
        made = await write_backup(file)
    except BackupFault as fault:
        if fault.code != "taken":
            raise
    else:
        log.info("the backup of the night was made: %s rows", made.rows)
    await asyncio.to_thread(_clear, folder)


def _clear(folder: Path) -> None:
    """What is no longer kept, and what a process that was killed left half-written."""
    found = [(one, match) for one in folder.iterdir() if (match := _NAME.fullmatch(one.name))]
    nights = {one: datetime.strptime(match[1], "%Y%m%d").date() for one, match in found}  # noqa: DTZ007  a date
    halves = [one for one, match in found if match[2]]
    gone = no_longer_kept(night for one, night in nights.items() if one not in halves)
    for one, night in nights.items():
        if one in halves or night in gone:
            one.unlink(missing_ok=True)


async def _failed(night: date, fault: BackupFault | OSError) -> datetime | None:
    """Of an error its kind: its own words may hold what is nobody's business."""
    why = fault.code if isinstance(fault, BackupFault) else "unwritable"
    again = again_that_night(night, await now())
    if again is None:
        log.error("ALARM: the backup of the night could not be made (%s)", why)
        await _tell(night, why)
    else:
        log.warning("the backup of the night failed (%s): again at %s", why, again.isoformat())
    return again


async def _tell(night: date, why: str) -> None:
    for admin in await holders_of("admin", await today()):
        notice = BackupFailed(day=night, why=why)
        await put_once(notice, Address(person=admin), f"backup:{night}:{admin}")
