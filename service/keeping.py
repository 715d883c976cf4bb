"""Keeps a backup of the school's records, and fills an empty database from one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

from domain.engines import database_file, shown
from domain.house import SCHOOL_TIME
from domain.keeping import Backup, BackupFault, Manifest, opened_backup, restore, write_backup
from domain.migrating import migrate_records, missing_migrations
from domain.queries.outbox import unsaid_count
from domain.records import as_unusable, real_now
from domain.rules.plan import read_plan
from domain.sealing import KeyFault, Keyring, key_file_of
from service.alone import alone
from service.keeping_words import backup_fault
from service.opening import keyring_of, make_own, records_open
from service.running import speaker, whole
from settings import PREFIX, Settings

# The first step of every schema: where it is missing, nothing is there at all.
_FIRST = "0001_initial"


async def run_backup(settings: Settings, file: Path) -> None:
    """Write all records into that file, or into a new one in that folder.

    The program may go on meanwhile: what it writes comes into the next backup.
    """
    with _worded(settings):
        if settings.on_sqlite and not database_file(settings.database_url).exists():
            raise BackupFault("no_database")
        keyring = keyring_of(settings)
        file = _in_folder(file)
        async with _records(settings, keyring):
            made = await whole(write_backup(file))
    _tell_of_backup(settings, file, made)


def _in_folder(file: Path) -> Path:
    """In a folder it is named by the school's time."""
    name = f"zoufang-{real_now().astimezone(SCHOOL_TIME):%Y%m%d-%H%M%S}.zip"
    return file / name if file.is_dir() else file


def _tell_of_backup(settings: Settings, file: Path, made: Manifest) -> None:
    keys = _where_keys_are(settings)
    size = _size(file.stat().st_size)
    speaker(settings.language)(
        f"已备份 {made.rows} 行到 {file}（{size}）。\n"
        "密钥不在备份里，没有密钥谁也读不出家长的原话和孩子的姓名。"
        f"请另外保存 {keys}，不要和备份放在一起。",
        f"Kept {made.rows} rows in {file} ({size}).\n"
        "The keys are not in it, and without them nobody can read what families said, or a "
        f"child's name. Keep {keys} as well, apart from the backup.",
    )


def _size(count: int) -> str:
    """43 kB, 1.2 MB: never nothing at all."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def _where_keys_are(settings: Settings) -> str:
    if settings.encryption_keys:
        return f"{PREFIX}ENCRYPTION_KEYS, {PREFIX}SECRET_KEY"
    return str(key_file_of(database_file(settings.database_url)))


async def run_restore(settings: Settings, file: Path) -> None:
    """Fill the empty database that the settings name; all of it, or nothing."""
    with _worded(settings):
        keyring = _keys_of_old(settings)
        with _of_these_keys(file, keyring) as backup:
            async with alone(settings) if settings.embedded else nullcontext():
                await _with_schema(settings)
                async with _records(settings, keyring):
                    await whole(restore(backup))
                # Once more as at every start, which stops at keys that don't fit.
                async with _records(settings, keyring):
                    unsaid = await unsaid_count()
            _tell_of_restore(settings, backup, unsaid)


@contextmanager
def _of_these_keys(file: Path, keyring: Keyring) -> Iterator[Backup]:
    """The backup, opened; that its keys are others is no fault of the database's."""
    with ExitStack() as until:
        try:
            backup = until.enter_context(opened_backup(file, keyring))
        except KeyFault as fault:
            raise BackupFault("other_keys", file=str(file)) from fault
        yield backup


def _keys_of_old(settings: Settings) -> Keyring:
    """The keys that are there; none are made, for new ones would open nothing."""
    if settings.on_sqlite and not settings.encryption_keys and not settings.secret_key:
        keys = key_file_of(database_file(settings.database_url))
        if not keys.exists():
            raise BackupFault("no_keys", keys=str(keys))
    return keyring_of(settings)


async def _with_schema(settings: Settings) -> None:
    """A database in which there is nothing gets its schema; one with another is left alone."""
    if settings.on_sqlite:
        make_own(database_file(settings.database_url))
    if _FIRST in await missing_migrations(settings.database_url):
        await whole(migrate_records(settings.database_url))


def _tell_of_restore(settings: Settings, backup: Backup, unsaid: int) -> None:
    made = backup.manifest.made_at
    when = f"{made.astimezone(SCHOOL_TIME):%Y-%m-%d %H:%M}"
    days, hours, minutes = _age(real_now() - made)
    where = shown(settings.database_url)
    speaker(settings.language)(
        f"已恢复 {backup.manifest.rows} 行到 {where}。\n"
        f"备份做于 {when}，距今 {days} 天 {hours} 小时 {minutes} 分；那以后的记录不在里面。\n"
        f"当时还没说出的 {unsaid} 条通知，启动后会马上说；那以后说过的，可能会再说一次。",
        f"Restored {backup.manifest.rows} rows into {where}.\n"
        f"The backup was made at {when}, {days} d {hours} h {minutes} min ago; "
        "what was recorded after that is not in it.\n"
        f"{unsaid} notices had not been said then: they will be as soon as it is started, "
        "and some of them may have been said since.",
    )


def _age(age: timedelta) -> tuple[int, int, int]:
    minutes = max(0, int(age.total_seconds())) // 60
    return minutes // 1440, minutes // 60 % 24, minutes % 60


@asynccontextmanager
async def _records(settings: Settings, keyring: Keyring) -> AsyncIterator[None]:
    async with records_open(settings.database_url, keyring, read_plan(settings.plan)) as records:
        records.enter()
        with as_unusable(settings.database_url):
            yield


@contextmanager
def _worded(settings: Settings) -> Iterator[None]:
    try:
        yield
    except BackupFault as fault:
        raise backup_fault(fault, database=shown(settings.database_url)) from fault
