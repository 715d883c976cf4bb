"""What isn't whole, or isn't ours, is refused, and nothing of it is written."""

from __future__ import annotations

import asyncio
import io
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from domain.keeping import BackupFault, opened_backup, write_backup
from domain.models import (
    Heard,
    Person,
    Visit,
)
from domain.queries.opening import opened
from domain.records import database_file, real_now
from domain.sealing import KeyFault, Keyring
from tests.fixtures.house import School
from tests.fixtures.keeping import dump, fault_of, filled_from, kept_from, records_of, rows_in

# A file is a file, whichever database it is of; what a PostgreSQL refuses has a test of its own.
pytestmark = pytest.mark.sqlite


def content(file: Path, keyring: Keyring) -> list[list[bytes]] | str:
    """All lines of a backup, or the code of why it is refused."""
    try:
        with opened_backup(file, keyring) as whole:
            return [list(whole.lines(table)) for table in whole.manifest.tables]
    except BackupFault as fault:
        return fault.code


def test_bytes_that_changed_anywhere_are_noticed_or_change_nothing(
    backup: Path, keyring: Keyring
) -> None:
    whole, data, chance = content(backup, keyring), backup.read_bytes(), random.Random(3)
    refused = 0
    # The directory at the end and the manifest before it are where most can go wrong.
    places = [*range(60), *range(len(data) - 700, len(data)), *chance.sample(range(len(data)), 700)]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        backup.write_bytes(changed)
        found = content(backup, keyring)
        assert found in (whole, "damaged", "no_backup"), place
        refused += found != whole
    assert refused > len(places) / 2


def test_a_backup_that_was_cut_off_is_refused(backup: Path, keyring: Keyring) -> None:
    data, chance = backup.read_bytes(), random.Random(4)
    for length in [0, 1, 2, 30, *chance.sample(range(len(data)), 60), len(data) - 1]:
        backup.write_bytes(data[:length])
        assert content(backup, keyring) in ("damaged", "no_backup"), length


@pytest.mark.parametrize("more", [b"\0", b"rm -rf", b"PK\x05\x06", b"x" * 100_000])
def test_a_backup_behind_which_something_was_put_is_refused(
    backup: Path, keyring: Keyring, more: bytes
) -> None:
    assert content(backup, keyring) != "damaged"
    backup.write_bytes(backup.read_bytes() + more)
    assert content(backup, keyring) == "damaged"


async def test_of_a_backup_that_lacks_a_byte_nothing_is_written(
    backup: Path, keyring: Keyring, fresh: str
) -> None:
    untouched = dump(fresh)
    lacking(backup)
    with pytest.raises(BackupFault, match="damaged"):
        await filled_from(backup, fresh, keyring)
    assert dump(fresh) == untouched


def lacking(backup: Path) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: len(data) // 2] + data[len(data) // 2 + 1 :])


def test_a_row_that_somebody_changed_is_refused_however_well_it_was_packed(
    backup: Path, keyring: Keyring
) -> None:
    """Who can reach a backup could else make himself the head."""

    def remade(name: str, change: Callable[[bytes], bytes]) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(backup) as archive, zipfile.ZipFile(out, "w") as new:
            for one in archive.namelist():
                data = archive.read(one)
                new.writestr(one, change(data) if one == name else data)
        backup.write_bytes(out.getvalue())

    remade("seat.jsonl", lambda rows: rows)
    assert content(backup, keyring) != "damaged"
    before = backup.read_bytes()
    for name, change in [
        ("seat.jsonl", lambda rows: rows.replace(b"teacher", b"head")),
        ("seat.jsonl", lambda rows: rows + rows.splitlines(keepends=True)[0]),
        ("seat.jsonl", lambda rows: rows.partition(b"\n")[2]),
        ("manifest.json", lambda text: text.replace(b'"rows": 0', b'"rows": 1')),
        ("manifest.hmac", lambda seal: seal[::-1]),
        ("manifest.hmac", lambda _seal: b"\xff"),
        ("manifest.json", lambda text: text + b" " * (2 << 20)),
        ("manifest.json", lambda _text: b"[]"),
    ]:
        remade(name, change)
        assert content(backup, keyring) == "damaged", name
        backup.write_bytes(before)


async def test_what_is_no_backup_is_refused(tmp_path: Path, keyring: Keyring) -> None:
    assert content(tmp_path / "nowhere.zip", keyring) == "unreadable"
    assert content(tmp_path, keyring) == "unreadable"
    other = tmp_path / "other.zip"
    other.write_text("班级,学号,姓名\n", encoding="utf-8")
    assert content(other, keyring) == "no_backup"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    assert content(other, keyring) == "damaged"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        (Keyring({"k1": b"2" * 32}, b"s" * 32), "wrong_key"),
        (Keyring({"k1": b"1" * 32}, b"t" * 32), "wrong_secret"),
        (Keyring({"k2": b"2" * 32}, b"s" * 32), "not_given"),
    ],
)
async def test_with_other_keys_nothing_is_restored(
    backup: Path, fresh: str, keys: Keyring, code: str
) -> None:
    untouched = dump(fresh)
    with pytest.raises(KeyFault) as caught:
        await filled_from(backup, fresh, keys)
    assert caught.value.code == code
    assert dump(fresh) == untouched


async def test_a_key_that_came_by_rotation_restores_what_was_kept_before_it(
    backup: Path, fresh: str
) -> None:
    both = Keyring({"k2": b"2" * 32, "k1": b"1" * 32}, b"s" * 32)
    await filled_from(backup, fresh, both)
    async with records_of(fresh, both):
        visit = await Visit.get(id=1).prefetch_related("key")
        assert opened(visit, "text", visit.key) == "奶奶照顾"


async def test_only_an_empty_database_is_filled(
    backup: Path, keyring: Keyring, target: str, tmp_path: Path
) -> None:
    """One row somewhere is enough."""

    async def hear() -> None:
        async with records_of(target, keyring):
            await Heard.create(
                platform="x", message_key="a", account="", conversation="", at=real_now()
            )

    await asyncio.create_task(hear())
    await kept_from(target, tmp_path / "before.zip", keyring)
    with pytest.raises(BackupFault) as caught:
        await filled_from(backup, target, keyring)
    assert (caught.value.code, caught.value.facts) == ("not_empty", {"table": "heard"})
    await kept_from(target, tmp_path / "after.zip", keyring)
    before, after = (rows_in(tmp_path / name, keyring) for name in ("before.zip", "after.zip"))
    assert [rows[1:] for rows in before.values()] == [rows[1:] for rows in after.values()]


async def test_what_postgresql_cannot_hold_is_said_and_leaves_nothing_behind(
    school: School, keyring: Keyring, tmp_path: Path, fresh_postgres: str
) -> None:
    """SQLite takes a character that PostgreSQL knows in no text."""
    await Person.create(name="张\0")
    await write_backup(tmp_path / "one.zip")
    with pytest.raises(BackupFault) as caught:
        await filled_from(tmp_path / "one.zip", fresh_postgres, keyring)
    assert (caught.value.code, caught.value.facts["table"]) == ("refused", "person")
    assert "张" not in str(caught.value.facts)
    await kept_from(fresh_postgres, tmp_path / "after.zip", keyring)
    after = rows_in(tmp_path / "after.zip", keyring)
    assert {name for name, rows in after.items() if rows[1:]} == {"key_check"}


async def test_what_the_database_refuses_leaves_nothing_behind(
    backup: Path, keyring: Keyring, fresh: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last table can't be written: those before it are taken back too."""
    untouched = [line for line in dump(fresh) if "key_check" not in line]
    with closing(sqlite3.connect(database_file(fresh))) as base:
        base.execute(
            "CREATE TRIGGER no BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, '张'); END"
        )
    with pytest.raises(BackupFault) as caught:
        await filled_from(backup, fresh, keyring)
    assert (caught.value.code, caught.value.facts["table"]) == ("refused", "outbox")
    assert "张" not in str(caught.value.facts)
    with closing(sqlite3.connect(database_file(fresh))) as base:
        base.execute("DROP TRIGGER no")
    assert [line for line in dump(fresh) if "key_check" not in line] == untouched
    await filled_from(backup, fresh, keyring)


@pytest.mark.parametrize(("newest", "code"), [("0001_initial", "newer"), ("9999_later", "older")])
async def test_another_schema_is_told_from_damage(
    backup: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, newest: str, code: str
) -> None:
    monkeypatch.setattr("domain.keeping.archive.newest_schema", lambda: newest)
    assert content(backup, keyring) == code


async def test_a_backup_from_a_later_program_is_told_from_damage(
    school: School, tmp_path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr("domain.keeping.backup.FORMAT", 2)
        await write_backup(tmp_path / "later.zip")
    assert content(tmp_path / "later.zip", keyring) == "newer"


async def test_records_of_another_schema_are_not_kept(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.keeping.backup.newest_schema", lambda: "0001_initial")
    assert (await fault_of(write_backup(tmp_path / "one.zip"))).code == "schema"
    assert not (tmp_path / "one.zip").exists()
