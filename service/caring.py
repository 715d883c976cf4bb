"""Looks at what keeps the records safe and on time: clocks, holidays, backups, the heartbeat."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

from domain.clock import real_now
from domain.engines import kind_of
from domain.queries.watching import SKEW_SECONDS, clocks_apart
from domain.rules.calendar import holiday_warning
from service.finding import Finding
from settings import PREFIX, Settings

# A night may be missed while the machine is off; two are a fault.
_STALE = timedelta(days=2)


async def clocks(settings: Settings) -> Finding:
    """Leases go by the database's clock, the age of signatures by this machine's."""
    if kind_of(settings.database_url) == "sqlite":
        return Finding("well", f"本机时间 {real_now():%F %T} UTC", f"it is {real_now():%F %T} UTC")
    apart = await clocks_apart()
    if apart <= SKEW_SECONDS:
        return Finding(
            "well", "本机和数据库的时钟一致", "this machine and the database agree on the time"
        )
    seconds = round(apart)
    return Finding(
        "wrong",
        f"本机和数据库的时钟差 {seconds} 秒：请在两台机器上都打开自动对时（NTP）",
        f"this machine's clock and the database's are {seconds} s apart: turn on NTP on both",
    )


async def cared_for(settings: Settings, day: date) -> AsyncIterator[Finding]:
    """What nobody misses until it is needed."""
    if (last := holiday_warning(day)) is not None:
        yield Finding(
            "note",
            f"节假日安排只知道到 {last}，以后只按周末算：请更新走访",
            f"holidays are known up to {last}; beyond it weekends alone count: update Zoufang",
        )
    yield _backups(settings)
    if settings.heartbeat_url is None:
        yield Finding(
            "note",
            f"没有设 {PREFIX}HEARTBEAT_URL：这台机器整个停了，没有人会知道",
            f"{PREFIX}HEARTBEAT_URL isn't set: were this whole machine to stop, nobody would know",
        )


def _backups(settings: Settings) -> Finding:
    folder = settings.backup_folder
    if folder is None:
        return Finding(
            "note",
            f"没有每夜备份：请把 {PREFIX}BACKUP_FOLDER 设成一个文件夹，最好在另一块盘上",
            f"there is no backup at night: set {PREFIX}BACKUP_FOLDER to a folder, "
            "on another disk if you can",
        )
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding(
            "wrong",
            f"备份文件夹 {folder} 不在，或写不了：请建好它，给运行走访的用户写的权限",
            f"the backup folder {folder} isn't there or can't be written: "
            "make it, and let the user that runs Zoufang write there",
        )
    made = [file.stat().st_mtime for file in _made(folder)]
    if not made:
        return Finding(
            "well",
            f"每夜 2:30 备份到 {folder}，还没有一份",
            f"a backup goes to {folder} at 2:30 each night; there is none yet",
        )
    age = timedelta(seconds=max(0.0, real_now().timestamp() - max(made)))
    if age > _STALE:
        return Finding(
            "wrong",
            f"{folder} 里最新的每夜备份是 {age.days} 天前的：请看日志，走访夜里是不是在运行",
            f"the newest nightly backup in {folder} is {age.days} days old: "
            "look at the log, and whether Zoufang runs at night",
        )
    return Finding(
        "well",
        f"每夜备份在 {folder}，共 {len(made)} 份",
        f"{len(made)} nightly backups in {folder}",
    )


def _made(folder: Path) -> list[Path]:
    return sorted(folder.glob("zoufang-nightly-*.zip"))
