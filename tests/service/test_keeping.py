"""zoufang backup and restore: what they do, and the sentence for what they can't."""

from __future__ import annotations

import asyncio
import re
import shutil
import stat
import string
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from tortoise.context import TortoiseContext
from tortoise.migrations.api.migrate import migrate

from domain.engines import orm_config
from domain.keeping import BackupFault
from domain.migrating import missing_migrations
from domain.sealing import Keyring, parse_keys, parse_secret
from service.faults import StartFault
from service.keeping import run_backup, run_restore
from service.keeping_words import _WORDS, backup_fault
from settings import Settings, settings_of
from tests.fixtures.keeping import rows_in
from tests.fixtures.processes import KEYS, SECRET, Start
from tests.servers import Postgres, copy_of

ROOT = Path(__file__).parents[2]
RING = Keyring(parse_keys(KEYS), parse_secret(SECRET))


def set_to(database: str, **more: str) -> Settings:
    return settings_of(
        {f"ZOUFANG_{name}": value for name, value in {"DATABASE_URL": database, **more}.items()}
    )


# --- as it is typed ---------------------------------------------------------------------------


def test_a_school_is_kept_while_it_runs_and_goes_on_elsewhere(start: Start, tmp_path: Path) -> None:
    serving = start("serve", CONSOLE="on", LANGUAGE="en")
    address = serving.line("ready").split()[-1]
    kept = start("backup", ".", LANGUAGE="en")
    told = kept.line("Kept")
    assert "zoufang.db.keys" in kept.line("keys are not in it")
    assert kept.status() == 0
    with urlopen(f"{address}/healthz", timeout=10) as answer:  # noqa: S310  our own
        assert answer.status == 200
    assert serving.end() == 0
    (file,) = tmp_path.glob("zoufang-*.zip")
    assert file.name in told
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    new = {"DATABASE_URL": "sqlite://new.db", "LANGUAGE": "en"}
    refused = start("restore", file.name, **new)
    assert "new.db.keys" in refused.line("Restoring needs the keys")
    assert refused.status() == 1
    assert not list(tmp_path.glob("new.db*"))

    shutil.copy(tmp_path / "zoufang.db.keys", tmp_path / "new.db.keys")
    filled = start("restore", file.name, **new)
    assert "new.db" in filled.line("Restored")
    assert re.search(r"0 d 0 h \d min ago", filled.line("was made at"))
    assert filled.status() == 0
    again = start("restore", file.name, **new)
    assert "holds records already" in again.line("new.db")
    assert again.status() == 1
    goes_on = start("serve", CONSOLE="on", **new)
    goes_on.line("ready")
    assert goes_on.end() == 0


# --- from one kind into the other -------------------------------------------------------------


async def test_a_school_moves_to_postgresql(
    postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into a new database in which there is nothing at all, not even a schema."""
    keys = {"ENCRYPTION_KEYS": KEYS, "SECRET_KEY": SECRET, "LANGUAGE": "en"}
    small = set_to(f"sqlite://{tmp_path / 'a.db'}", **keys)
    await opened_once(small)
    await run_backup(small, tmp_path / "one.zip")
    async with copy_of(postgres) as address:
        large = set_to(address, **keys)
        await run_restore(large, tmp_path / "one.zip")
        await run_backup(large, tmp_path / "two.zip")
        with pytest.raises(StartFault, match="holds records already"):
            await run_restore(large, tmp_path / "one.zip")
    assert rows_in(tmp_path / "two.zip", RING) == rows_in(tmp_path / "one.zip", RING)
    said = capsys.readouterr().out
    assert "Keep ZOUFANG_ENCRYPTION_KEYS, ZOUFANG_SECRET_KEY as well" in said
    assert SECRET not in said
    assert "Restored" in said


async def opened_once(settings: Settings) -> None:
    from service.opening import opened

    async with opened(settings):
        pass


# --- what can't be ----------------------------------------------------------------------------


async def test_other_keys_are_told_and_nothing_is_made(tmp_path: Path) -> None:
    first = set_to(f"sqlite://{tmp_path / 'a.db'}", ENCRYPTION_KEYS=KEYS, SECRET_KEY=SECRET)
    await opened_once(first)
    await run_backup(first, tmp_path / "one.zip")
    other = set_to(f"sqlite://{tmp_path / 'b.db'}", ENCRYPTION_KEYS=KEYS, SECRET_KEY=SECRET[::-1])
    with pytest.raises(StartFault, match="was made with other keys") as caught:
        await run_restore(other, tmp_path / "one.zip")
    assert "是用别的密钥做的" in caught.value.sentence("zh-CN")
    assert made(tmp_path) == {"a.db", "one.zip"}


async def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    nowhere = set_to(f"sqlite://{tmp_path / 'a.db'}", ENCRYPTION_KEYS=KEYS, SECRET_KEY=SECRET)
    with pytest.raises(StartFault, match=r"no database file .*a\.db"):
        await run_backup(nowhere, tmp_path / "one.zip")
    with pytest.raises(StartFault, match=r"one\.zip can't be read"):
        await run_restore(nowhere, tmp_path / "one.zip")
    assert made(tmp_path) == set()


def made(folder: Path) -> set[str]:
    """What is there; the file by which a process is alone may stay."""
    return {file.name for file in folder.iterdir() if file.suffix != ".lock"}


async def test_a_database_of_an_older_schema_is_left_as_it_is(tmp_path: Path) -> None:
    keys = {"ENCRYPTION_KEYS": KEYS, "SECRET_KEY": SECRET}
    here, old = (set_to(f"sqlite://{tmp_path / name}", **keys) for name in ("a.db", "old.db"))
    await opened_once(here)
    await run_backup(here, tmp_path / "one.zip")
    await asyncio.create_task(at_first(old.database_url))
    for doing in (run_restore(old, tmp_path / "one.zip"), run_backup(old, tmp_path / "old.zip")):
        with pytest.raises(StartFault, match=r"\(0001_initial\).*zoufang migrate"):
            await doing
    assert "0001_initial" not in await missing_migrations(old.database_url)
    assert await missing_migrations(old.database_url)
    assert not (tmp_path / "old.zip").exists()


async def at_first(database: str) -> None:
    context = TortoiseContext()
    with context:
        await migrate(config=orm_config(database, migrating=True), target="domain.0001_initial")
        await context.close_connections()


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    raised = {
        code
        for folder in ("domain/keeping", "service")
        for file in sorted((ROOT / folder).glob("*.py"))
        for code in re.findall(r'BackupFault\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert raised | {"older"} == set(_WORDS)
    for chinese, english in _WORDS.values():
        assert blanks(chinese) == blanks(english)
        assert chinese.endswith("。")
        assert english.endswith(".")


def blanks(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name}


def test_a_sentence_says_what_and_where() -> None:
    fault = backup_fault(BackupFault("not_empty", table="person"), database="db:5432/zoufang")
    assert "db:5432/zoufang" in fault.sentence("zh-CN")
    assert "db:5432/zoufang" in fault.sentence("en")
