"""A backup is the whole of the records or no backup; a restored database is the same database."""

from __future__ import annotations

import asyncio
import inspect
import json
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.models import Model
from tortoise.transactions import in_transaction

from domain import models
from domain.actions.outbox import lease_due, mark_said
from domain.keeping import opened_backup, write_backup
from domain.keeping.tables import tables
from domain.models import (
    Deed,
    Family,
    OutboxEntry,
    Person,
    Room,
    Student,
    Visit,
    WrappedKey,
)
from domain.queries.opening import opened
from domain.records import Records, database_file, real_now
from domain.sealing import Keyring, Sealed
from tests.fixtures.house import School
from tests.fixtures.keeping import (
    dump,
    fault_of,
    filled_from,
    kept_from,
    lived_in,
    records_of,
    rows_in,
)

# --- there and back ---------------------------------------------------------------------------


async def test_a_restored_database_holds_the_same_whichever_kind_it_is(
    school: School, keyring: Keyring, tmp_path: Path, target: str
) -> None:
    await lived_in(school)
    kept = await write_backup(tmp_path / "one.zip")
    assert kept.rows > 50
    assert await filled_from(tmp_path / "one.zip", target, keyring) == kept
    await kept_from(target, tmp_path / "two.zip", keyring)
    assert rows_in(tmp_path / "two.zip", keyring) == rows_in(tmp_path / "one.zip", keyring)


@pytest.mark.sqlite  # its file can be compared as a whole
async def test_a_restored_file_is_the_same_file(
    school: School, keyring: Keyring, tmp_path: Path, fresh: str
) -> None:
    await lived_in(school)
    await write_backup(tmp_path / "one.zip")
    await filled_from(tmp_path / "one.zip", fresh, keyring)
    assert dump(fresh) == dump(school.database)


async def test_it_does_not_matter_in_which_order_the_tables_lie_in_the_file(
    school: School,
    keyring: Keyring,
    tmp_path: Path,
    target: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A later version may have another."""
    await lived_in(school)
    monkeypatch.setattr("domain.keeping.backup.tables", lambda: tables()[::-1])
    await write_backup(tmp_path / "one.zip")
    await filled_from(tmp_path / "one.zip", target, keyring)
    await kept_from(target, tmp_path / "two.zip", keyring)
    assert rows_in(tmp_path / "two.zip", keyring) == rows_in(tmp_path / "one.zip", keyring)


def test_what_a_backup_holds_can_be_read_before_any_database_is_opened(
    backup: Path,
) -> None:
    program = f"""
from pathlib import Path
from domain.keeping import opened_backup
from domain.sealing import Keyring
with opened_backup(Path({str(backup)!r}), Keyring({{"k1": b"1" * 32}}, b"s" * 32)) as whole:
    print(whole.manifest.rows)
"""
    asked = [sys.executable, "-c", program]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    assert int(done.stdout) > 50, done.stderr


async def test_the_restored_school_goes_on_where_it_stopped(
    school: School, keyring: Keyring, tmp_path: Path, target: str
) -> None:
    await lived_in(school)
    await write_backup(tmp_path / "one.zip")
    await filled_from(tmp_path / "one.zip", target, keyring)
    async with records_of(target, keyring):
        visit = await Visit.get(id=1).prefetch_related("key")
        assert opened(visit, "text", visit.key) == "奶奶照顾"
        child = await Student.get(seat_number=12).prefetch_related("family__key")
        assert opened(child, "name", child.family.key) == "王小明"
        (receipt,) = await school.say("林晓", "/visit 七3 13号 好")
        assert receipt["facts"]["visit"] == await Visit.all().count()


async def test_no_number_is_given_twice(
    school: School, keyring: Keyring, tmp_path: Path, target: str
) -> None:
    """The last one is gone, and whoever was told its number must not find another's record there."""
    await lived_in(school)
    last = await WrappedKey.create(wrapped=b"x")
    await last.delete()
    await write_backup(tmp_path / "one.zip")
    await filled_from(tmp_path / "one.zip", target, keyring)
    async with records_of(target, keyring):
        assert (await WrappedKey.create(wrapped=b"y")).id == last.id + 1
        # Where none was ever given, the first is the first.
        assert (await models.Talk.all().count(), await models.Newcomer.all().count()) == (0, 0)
        person = school.people["林晓"]
        assert (await models.Leave.create(person_id=person, since=DAY, until=DAY)).id == 1


DAY = datetime(2018, 9, 3).date()  # noqa: DTZ001  a day has no zone


async def test_what_was_not_said_yet_is_due_at_once_and_nothing_else(
    school: School, keyring: Keyring, tmp_path: Path, target: str
) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅、许宁")
    entry, other = await OutboxEntry.filter(notice="VisitShared").order_by("id")
    await mark_said([other.id], "console")
    assert await lease_due() == [entry.id]
    await write_backup(tmp_path / "one.zip")
    await filled_from(tmp_path / "one.zip", target, keyring)
    async with records_of(target, keyring):
        assert await lease_due() == []
        # As it is by the time that anybody restores: whoever was at it then is long gone.
        await OutboxEntry.all().update(lease_until=real_now() - timedelta(seconds=1))
        assert await lease_due() == [entry.id]


# As long as the shortest of our columns takes.
AWKWARD = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=32
) | st.sampled_from(["\u2028\r\n\t", "'; DROP TABLE person; --", '"\\u0000"', "\ufeff", "é🙂"])


VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | AWKWARD | st.floats(-1e9, 1e9)


@dataclass(frozen=True)
class Odd:
    """What a person, a key, a family and a deed might hold at the worst."""

    texts: list[str]
    blobs: list[bytes]
    number: int
    at: datetime
    facts: Any


ODD = st.builds(
    Odd,
    texts=st.lists(AWKWARD, min_size=1, max_size=8),
    blobs=st.lists(st.binary(max_size=300), min_size=1, max_size=8),
    number=st.integers(-(2**53), 2**53),
    at=st.datetimes(
        datetime(1, 1, 3),  # noqa: DTZ001  the zone is drawn beside it
        datetime(9999, 12, 29),  # noqa: DTZ001  likewise
        timezones=st.timezones(),
    ),
    facts=st.recursive(
        VALUES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(AWKWARD, inner, max_size=3),
        max_leaves=8,
    ),
)


@given(odd=ODD)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
async def test_the_oddest_values_come_back_as_they_were(
    keyring: Keyring,
    empty_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
    odd: Odd,
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    for name in ("from.db", "to.db"):
        shutil.copyfile(empty_database, folder / name)
    await asyncio.create_task(odd_school(f"sqlite://{folder / 'from.db'}", keyring, odd))
    await kept_from(f"sqlite://{folder / 'from.db'}", folder / "odd.zip", keyring)
    await filled_from(folder / "odd.zip", f"sqlite://{folder / 'to.db'}", keyring)
    assert dump(f"sqlite://{folder / 'to.db'}") == dump(f"sqlite://{folder / 'from.db'}")


async def test_odd_values_that_both_databases_take_go_from_one_to_the_other(
    database: str, target: str, keyring: Keyring, tmp_path: Path
) -> None:
    odd = Odd(
        texts=["é🙂\u2028\r\n\t", "'; DROP TABLE person; --", '"\\u0000"', "\ufeff", "", "𠮷" * 32],
        blobs=[b"", bytes(range(256)) * 4],
        number=-(2**63),
        at=datetime.fromisoformat("2018-09-03T23:59:59.999999+13:45"),
        facts={"z": [1, -2.5, 1e-9, None, True, "🙂"], "": {"é": {}}},
    )
    await asyncio.create_task(odd_school(database, keyring, odd))
    await kept_from(database, tmp_path / "one.zip", keyring)
    await filled_from(tmp_path / "one.zip", target, keyring)
    await kept_from(target, tmp_path / "two.zip", keyring)
    assert rows_in(tmp_path / "two.zip", keyring) == rows_in(tmp_path / "one.zip", keyring)


async def odd_school(database: str, keyring: Keyring, odd: Odd) -> None:
    async with records_of(database, keyring), in_transaction():
        await odd_rows(odd)


async def odd_rows(odd: Odd) -> None:
    for text in odd.texts:
        person = await Person.create(name=text, pinyin=text[::-1])
        await Room.create(platform=text, app=str(person.id), chat=text, title=text)
    for blob in odd.blobs:
        await WrappedKey.create(wrapped=blob)
        await Family.create(joined_on=odd.at.date(), wishes=Sealed(blob), special_reason=None)
    details = {"facts": odd.facts}
    await Deed.create(person_id=1, at=odd.at, kind="x", record_id=odd.number, details=details)


# --- nothing is left out, nothing is half -----------------------------------------------------


def test_no_table_is_forgotten(empty_database: Path) -> None:
    with closing(sqlite3.connect(empty_database)) as base:
        there = {
            name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
    assert {table.name for table in tables()} == there - {"sqlite_sequence", "tortoise_migrations"}


def test_no_model_is_forgotten_and_each_comes_after_those_it_points_to() -> None:
    order = [table.model for table in tables()]
    assert {model.__name__ for model in order} == set(models.__all__)
    assert {model for model in every_model(Model) if inspect.getmodule(model)} == set(order)
    for place, model in enumerate(order):
        for name in model._meta.fk_fields | model._meta.o2o_fields:
            assert model._meta.fields_map[name].related_model in order[: place + 1]


def every_model(parent: type[Model]) -> Iterator[type[Model]]:
    """All that is declared below domain.models, listed there or not."""
    for model in parent.__subclasses__():
        if model.__module__.startswith("domain.models"):
            yield model
        yield from every_model(model)


@pytest.mark.sqlite  # its columns and rows are looked at from beside
async def test_every_column_of_every_table_is_in_the_file(school: School, tmp_path: Path) -> None:
    await lived_in(school)
    await write_backup(tmp_path / "one.zip")
    with (
        zipfile.ZipFile(tmp_path / "one.zip") as archive,
        closing(sqlite3.connect(database_file(school.database))) as base,
    ):
        for table in tables():
            columns = {name for _, name, *_ in base.execute(f"PRAGMA table_info({table.name})")}
            lines = archive.read(f"{table.name}.jsonl").splitlines()
            (count,) = base.execute(f"SELECT count(*) FROM {table.name}").fetchone()  # noqa: S608
            assert len(lines) == count
            assert all(set(json.loads(line)) == columns for line in lines)


async def test_a_backup_shows_one_moment_and_holds_nobody_up(
    school: School, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is being written another connection writes: at once, and not into the backup."""
    await lived_in(school)
    keys, spoke = await WrappedKey.all().count(), []

    def speak() -> None:
        # In a thread of its own already, in which no loop runs.
        asyncio.run(said_beside(school.database))
        spoke.append(True)

    monkeypatch.setattr("domain.keeping.backup._Lines.add", after_the_first(speak))
    await write_backup(tmp_path / "one.zip")
    assert spoke == [True]
    assert await WrappedKey.all().count() == keys + 1
    assert await models.ImportedRow.all().count() == 0
    with opened_backup(tmp_path / "one.zip", keyring) as whole:
        rows = {table.name: table.rows for table in whole.manifest.tables}
    assert (rows["imported_row"], rows["wrapped_key"]) == (1, keys)


BESIDE = "DELETE FROM imported_row", "INSERT INTO wrapped_key (wrapped) VALUES ('x')"


async def said_beside(database: str) -> None:
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database_file(database), timeout=0.2)) as base:
            for statement in BESIDE:
                base.execute(statement)
            base.commit()
        return
    connection = await asyncpg.connect(database)
    try:
        for statement in BESIDE:
            await connection.execute(statement, timeout=0.2)
    finally:
        await connection.close()


def after_the_first(speak: Callable[[], None]) -> Callable[..., None]:
    from domain.keeping.backup import _Lines

    add, times = _Lines.add, []

    def added(self: _Lines, *rest: Any) -> None:
        add(self, *rest)
        times.append(1)
        if len(times) == 1:
            speak()

    return added


@pytest.mark.sqlite  # a disk is slow for either database
async def test_while_a_slow_disk_takes_a_backup_in_the_loop_goes_on(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loops, moved = threading.current_thread(), asyncio.Event()
    loop, there = asyncio.get_running_loop(), []

    def slow(_handle: int) -> None:
        there.append(threading.current_thread())
        # Held up until the loop has moved; were this the loop, it never would.
        if there[-1] is not loops:
            asyncio.run_coroutine_threadsafe(moved.wait(), loop).result(10)

    monkeypatch.setattr("domain.keeping.whole_file.os.fsync", slow)
    loop.call_later(0.05, moved.set)
    await write_backup(tmp_path / "one.zip")
    assert len(there) == 2
    assert loops not in there


async def test_a_backup_is_its_owners_alone_and_never_written_over_another(
    school: School, tmp_path: Path
) -> None:
    file = tmp_path / "one.zip"
    await write_backup(file)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = file.read_bytes()
    assert (await fault_of(write_backup(file))).code == "taken"
    assert file.read_bytes() == first
    assert (await fault_of(write_backup(tmp_path / "nowhere" / "one.zip"))).code == "unwritable"


async def test_a_backup_that_fails_leaves_no_file(
    school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setattr("domain.keeping.backup._Lines.add", fails)
    assert (await fault_of(write_backup(folder / "one.zip"))).code == "unwritable"
    assert list(folder.iterdir()) == []
    # The records are as usable as before: no transaction was left open.
    assert (await school.one("林晓", "/visit 七3 13号 好"))["notice"] == "VisitRecorded"


async def test_the_keys_are_not_in_it_and_nothing_personal_can_be_read(
    school: School, tmp_path: Path
) -> None:
    await lived_in(school)
    await write_backup(tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert "林晓".encode() in everything
    for personal in ("王小明", "王小红", "奶奶照顾", "希望有晚托", "走失的猫", "有点累"):
        assert personal.encode() not in everything
        assert json.dumps(personal).strip('"').encode() not in everything
    for key in (b"1" * 32, b"s" * 32):
        assert key not in everything
        assert key.hex().encode() not in everything


@pytest.mark.sqlite  # how much is held in memory is the same on both
async def test_many_rows_take_no_more_memory_than_few(
    records: Records, keyring: Keyring, tmp_path: Path, fresh: str
) -> None:
    async def peak(doing: Any) -> int:
        tracemalloc.start()
        try:
            await doing
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    async def add(rows: int) -> None:
        await WrappedKey.bulk_create([WrappedKey(wrapped=b"x" * 500) for _ in range(rows)])

    await add(2_000)
    few = await peak(write_backup(tmp_path / "few.zip"))
    await add(10_000)
    many = await peak(write_backup(tmp_path / "many.zip"))
    assert many < 1.5 * few
    again = await peak(filled_from(tmp_path / "many.zip", fresh, keyring))
    assert again < 12_000 * 500
