"""Opens the school's records as the settings say: its keys, its plan, its schema, its roster."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.actions.admins import ensure_admins
from domain.actions.school import load_plan_roster
from domain.engines import database_file
from domain.migrating import migrate_records, missing_migrations
from domain.records import Records, open_records
from domain.rules.plan import Plan, read_plan
from domain.sealing import (
    Keyring,
    keys_beside,
    parse_keys,
    parse_secret,
)
from service.faults import StartFault
from service.modes import check_modes
from service.running import whole
from settings import PREFIX, Settings, settings_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """The records, open and entered, with all that they were opened by."""

    settings: Settings
    plan: Plan
    keyring: Keyring
    records: Records

    async def again(self) -> Records:
        """Open them once more, for another loop."""
        return await open_records(self.settings.database_url, self.keyring, self.plan)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings, seen to go together; SettingsFault for what can't be used."""
    settings = settings_of(environment)
    check_modes(settings)
    return settings


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Opened]:
    """Open the records until the end; what keeps them shut is a fault with a sentence.

    One process alone brings the schema up to date by itself; of several none does, for others
    may be at work on the old one.
    """
    plan = read_plan(settings.plan)
    keyring = prepare_keys_and_file(settings)
    await _prepared(settings)
    async with records_open(settings.database_url, keyring, plan) as records:
        records.enter()
        if await whole(load_plan_roster()):
            log.warning("the plan's annexes are on the roster now; from here on /roster changes it")
        if settings.admins:
            await whole(ensure_admins(settings.admins))
        yield Opened(settings, plan, keyring, records)


def prepare_keys_and_file(settings: Settings) -> Keyring:
    """The keys, made beside a SQLite file that is yet to be made; then that file, for us alone.

    In this order: a database that is there without its keys is one whose keys were lost.
    """
    keyring = keyring_of(settings)
    if settings.on_sqlite:
        make_own(database_file(settings.database_url))
    return keyring


def keyring_of(settings: Settings) -> Keyring:
    """The school's keys: as set, or beside a SQLite file; a fault if there are none."""
    if settings.encryption_keys and settings.secret_key:
        return Keyring(parse_keys(settings.encryption_keys), parse_secret(settings.secret_key))
    if settings.encryption_keys or settings.secret_key or not settings.on_sqlite:
        raise _no_keys(settings)
    file = database_file(settings.database_url)
    # A database without its keys can't be read: new ones would only hide that.
    used = file.exists() and file.stat().st_size > 0
    keys = keys_beside(file, must_exist=used)
    if keys.made:
        log.warning("the keys are in %s: keep a copy apart from the backups", keys.file)
    if keys.warning:
        log.warning("%s", keys.warning.sentence(settings.language))
    return Keyring(keys.keys, keys.secret)


def _no_keys(settings: Settings) -> StartFault:
    """Never new keys themselves: what is printed here may be kept in a log."""
    given = {"ENCRYPTION_KEYS": settings.encryption_keys, "SECRET_KEY": settings.secret_key}
    missing = [f"{PREFIX}{name}" for name, value in given.items() if not value]
    if len(missing) == 1:
        there = next(f"{PREFIX}{name}" for name, value in given.items() if value)
        beside_zh = "，或把它去掉，改用数据库旁的密钥文件" if settings.on_sqlite else ""
        beside_en = ", or unset it to use the keys beside the file" if settings.on_sqlite else ""
        return StartFault(
            f"设了 {there}，还要设 {missing[0]}：请用原来的那一行{beside_zh}。",
            f"{there} is set and {missing[0]} isn't: put its own line back{beside_en}.",
        )
    return StartFault(
        "还没有密钥。新学校请运行 zoufang keys，把它给的两行写进设置（.env），"
        "另存一份，不要和备份放在一起；已有数据的，请用原来的两行。",
        "There are no keys. A new school runs zoufang keys and puts its two lines into the "
        "settings (.env), with a copy apart from the backups; where there are records, "
        "put the old two lines back.",
    )


async def _prepared(settings: Settings) -> None:
    """See to it that the schema is the one that this program knows."""
    if settings.embedded:
        await whole(migrate_records(settings.database_url))
        return
    missing = await missing_migrations(settings.database_url)
    if missing:
        raise StartFault(
            f"数据库结构是旧的（还差 {len(missing)} 步）。"
            "请先停下各个进程，再运行：zoufang migrate",
            f"The database's schema is old ({len(missing)} steps behind). "
            "Stop all processes, then run: zoufang migrate",
        )


def make_own(file: Path) -> None:
    """Make a database file for its owner alone; SQLite gives its other files the same rights.

    What keeps it from being made is told when it is opened.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


@asynccontextmanager
async def records_open(database: str, keyring: Keyring, plan: Plan) -> AsyncIterator[Records]:
    """The records, closed in any case: an open connection keeps the process from ending."""
    opening = asyncio.create_task(open_records(database, keyring, plan))
    try:
        yield await asyncio.shield(opening)
    finally:
        await asyncio.wait([opening])
        if not opening.cancelled() and opening.exception() is None:
            await opening.result().close()
