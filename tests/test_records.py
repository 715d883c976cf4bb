"""The records: what is sealed stays sealed, what belongs together stays together, time is right."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tortoise.apps import Apps
from tortoise.connection import get_connection
from tortoise.context import get_current_context
from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.models import Model
from tortoise.transactions import in_transaction

from commands.dispatch import dispatch
from domain import models
from domain.errors import AlreadyHeard, RecordsUnusable
from domain.migrating import migrate_records
from domain.models import (
    Clock,
    Family,
    Heard,
    KeyCheck,
    OutboxEntry,
    Person,
    ReadLog,
    Student,
    Visit,
    VisitAnswer,
    Voice,
    WrappedKey,
)
from domain.notices.views import VisitSeen
from domain.notices.visits import VisitShared
from domain.queries.drafts import draft_of
from domain.queries.opening import opened
from domain.queries.outbox import inbox_of
from domain.queries.seen import seen_by
from domain.records import (
    Records,
    hearing,
    now,
    open_records,
    reachable,
    real_now,
    savepoint,
    set_now,
    today,
)
from domain.rules.plan import read_plan
from domain.sealing import KeyFault, Keyring, Sealed, Tampered
from service.faults import sentence_of
from tests.fixtures.console import Console
from tests.fixtures.house import CHILDREN, START, School
from tests.servers import Postgres, run_on

SAID = "奶奶照顾 诉求：希望有晚托 性格：内向"
PLAN = read_plan(None).with_minimum(0.33)


async def visit_seen(school: School, who: str, number: int, occasion: str) -> VisitSeen:
    notice = VisitShared(visit=number, by=school.people["林晓"])
    view = await seen_by(notice, school.people[who], occasion=occasion)
    assert isinstance(view, VisitSeen)
    return view


def file_of(school: School) -> Path:
    return Path(school.database.removeprefix("sqlite://"))


# --- sealed -------------------------------------------------------------------------------


async def test_words_are_kept_byte_for_byte(school: School) -> None:
    words = "食堂\u200b排队\r\n太久 👩‍👧‍👦 \u202eשלום\u202c é𠮷 " + "长" * 20_000
    (receipt,) = await school.say("林晓", f"/visit 七3 12号 诉求：{words}")
    assert receipt["facts"]["words"] == words.strip()
    voice = await Voice.get().prefetch_related("key")
    assert isinstance(voice.words, Sealed)
    assert opened(voice, "words", voice.key) == words.strip()


async def test_ciphertexts_that_changed_places_are_not_opened(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 甲 性格：乙 学情：丙")
    await school.say("林晓", "/visit 七3 13号 丁")
    first, second = await Visit.all().order_by("id").prefetch_related("key")
    assert first.key is not None
    # Another row, under another family's key; then under the same key, another row and column.
    texts = first.text, second.text
    first.text, second.text = second.text, first.text
    for row in (first, second):
        with pytest.raises(Tampered):
            opened(row, "text", row.key)
    one, other = await VisitAnswer.all().order_by("id")
    one.text, other.text = other.text, one.text
    for answer in (one, other):
        with pytest.raises(Tampered):
            opened(answer, "text", first.key)
    first.text, first.talk = None, texts[0]
    with pytest.raises(Tampered):
        opened(first, "talk", first.key)


async def test_a_swap_in_the_database_is_an_error_and_still_an_answer(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    await school.say("林晓", "/visit 七3 12号 甲甲", message_id="a")
    await school.say("林晓", "/visit 七3 13号 乙乙", message_id="b")
    first, second = await Visit.all().order_by("id")
    await Visit.filter(id=first.id).update(text=second.text)
    with pytest.raises(Tampered):
        await visit_seen(school, "林晓", first.id, "look")
    (reply,) = await school.say("林晓", "again", message_id="a")
    assert reply["notice"] == "NotSure"
    assert "Tampered" in caplog.text
    (reply,) = await school.say("林晓", "again", message_id="b")
    assert reply["facts"]["text"] == "乙乙"


async def test_without_its_key_a_family_is_silent_and_all_goes_on(school: School) -> None:
    """The key is destroyed: every text is gone at once, and no command stumbles over it."""
    said = f"/visit 七3 王小明 {SAID} 宣讲：影片 当场答复：会办"
    first = await school.say("林晓", said, message_id="before")
    assert first[0]["facts"]["words"] == "希望有晚托"
    student = await Student.get(seat_number=12).prefetch_related("family")
    await WrappedKey.filter(id=student.family.key_id).delete()

    view = await visit_seen(school, "林晓", 1, "after")
    assert (view.text, view.words, view.answers) == (None, None, {})
    assert view.student is not None
    assert (view.student.name, str(view.student)) == (None, "12号")
    (repeat,) = await school.say("林晓", said, message_id="before")
    assert repeat["notice"] == "VisitRecorded"
    assert "晚托" not in json.dumps(repeat, ensure_ascii=False)
    for text, notice in [
        ("/todo", "TodoShown"),
        ("/coverage", "CoverageShown"),
        ("/visit 七3 12号", "VisitTwice"),
        ("/visit 七3 王小红", "StudentUnknown"),
        ("/visit V1 又说 性格：开朗 诉求：换座", "VisitRecorded"),
        ("/visit 七3 12号 日期：昨天 新的 诉求：修灯", "VisitRecorded"),
        ("/todo", "TodoShown"),
        ("/visit 七3 王小红", "StudentUnknown"),
    ]:
        assert (await school.one("林晓", text))["notice"] == notice, text
    # What is said from now on is kept; what was said before stays unreadable.
    added = await visit_seen(school, "林晓", 1, "added")
    assert (added.text, added.answers) == ("又说", {"character": "开朗"})
    newer = await visit_seen(school, "林晓", 2, "newer")
    assert (newer.text, newer.words, newer.student and newer.student.name) == ("新的", "修灯", None)


async def test_a_draft_without_its_key_is_no_draft(school: School) -> None:
    await school.say("林晓", "/visit 七3 王小红 苹果")
    assert await draft_of(school.people["林晓"])
    await WrappedKey.filter(drafts__person_id=school.people["林晓"]).delete()
    assert await draft_of(school.people["林晓"]) is None
    assert (await school.one("林晓", "1"))["notice"] == "Pointer"


async def test_an_answer_whose_message_was_erased_says_what_you_wrote(school: School) -> None:
    (first,) = await school.say("林晓", "/visit 七3 王小红 苹果", message_id="a")
    assert "王小红" in first["text"]
    await WrappedKey.filter(heard__message_key="a").delete()
    (again,) = await school.say("林晓", "x", message_id="a")
    assert again["notice"] == "StudentUnknown"
    assert again["facts"]["typed"] is None
    assert "王小红" not in json.dumps(again, ensure_ascii=False)


async def test_a_sealed_column_takes_no_text(school: School) -> None:
    with pytest.raises(TypeError, match="Sealed"):
        await Visit.filter(id=1).update(text="plain")
    assert repr(Sealed(b"secret")) == "<Sealed>"


# --- sealed at rest -----------------------------------------------------------------------

NAMES = {name for _, _, name, _, _ in CHILDREN} | {"王小红", "诸葛小花"}
WORDS = {
    "奶奶照顾",
    "希望有晚托",
    "内向得很",
    "家里搬迁",
    "走失的猫",
    "vsiit",
    "李老三",
    "婆媳不和",
}
SOUNDS = {"wangxiaoming", "ouyangnana", "zhugexiaohua"}
SCENARIO = [
    (
        "林晓",
        "/visit 七3 王小明 奶奶照顾 诉求：希望有晚托 性格：内向得很 同行：李梅、许宁",
        "direct",
    ),
    ("林晓", "情况：家里搬迁", "direct"),
    ("林晓", "/visit 七3 王小明 走失的猫", "grade-7"),
    ("林晓", "@走访 1", "grade-7"),
    ("林晓", "/visit 七3 诸葛小花 走失的猫", "direct"),
    ("林晓", "9", "direct"),
    ("林晓", "/visit 七3 王小红 走失的猫", "direct"),
    ("李梅", "/visit 七5 陈晨 走失的猫", "direct"),
    ("李梅", "2", "direct"),
    ("李梅", "/vsiit 王小明", "direct"),
    ("李梅", "/visit 教师 李老三 婆媳不和", "direct"),
    ("李梅", "/visit 教师 林晓 婆媳不和", "direct"),
    ("李梅", "/visit 教师 王小明 婆媳不和", "direct"),
    ("李梅", "/roster 王小明", "direct"),
    ("李梅", "/coverage 欧阳娜娜", "direct"),
    ("李梅", "/help 欧阳娜娜", "direct"),
    ("高远", "/visit V1 走失的猫", "direct"),
    ("高远", "/visit 张伟 走失的猫", "direct"),
    ("高远", "/visit 八1 赵一诺 同行：欧阳娜娜", "direct"),
    ("许宁", "/todo", "direct"),
    ("许宁", "/todo", "grade-7"),
    ("邵毓君", "王小明怎么样了", "direct"),
]


def found_in(data: bytes) -> set[str]:
    """The canaries whose bytes stand there, in any of the ways SQLite might write them."""
    return {
        canary
        for canary in NAMES | WORDS | SOUNDS
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
        if canary.encode(encoding) in data
    } | {
        canary
        for canary in NAMES | WORDS
        if json.dumps(canary).strip('"').encode() in data and not canary.isascii()
    }


def texts_in(facts: Any) -> Iterator[str]:
    """Every text in a JSON value, keys included."""
    if isinstance(facts, dict):
        for key, value in facts.items():
            yield str(key)
            yield from texts_in(value)
    elif isinstance(facts, list):
        for value in facts:
            yield from texts_in(value)
    elif isinstance(facts, str):
        yield facts


async def test_nothing_readable_rests_in_file_log_or_queue(
    console: Console,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    engine: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    queued: list[bytes] = []
    enqueue = console.workers.broker.enqueue

    def watched(message: Any, **more: Any) -> Any:
        queued.append(message.encode())
        return enqueue(message, **more)

    monkeypatch.setattr(console.workers.broker, "enqueue", watched)
    for who, text, chat in SCENARIO:
        assert await console.say(who, text, chat), text
    assert len(await console.inbox("许宁")) >= 1
    # What must not be found is there to be found: it was said, and can be read by its reader.
    assert "王小明" in str(await console.inbox("李梅"))

    kept = sqlite_files(console.school) if engine == "sqlite" else await postgres_files(request)
    # Where it rests is where we look: the address of a chat is readable, and is there.
    assert any(b"grade-7" in part.read_bytes() for part in kept)
    for part in kept:
        assert found_in(part.read_bytes()) == set(), part.name
    assert queued
    assert found_in(b"".join(queued)) == set()
    assert found_in(caplog.text.encode()) == set()
    assert caplog.records, "the log was listened to"

    for entry in await OutboxEntry.all():
        for text in texts_in(entry.facts):
            assert re.fullmatch(r"[\x21-\x7e]*", text), (entry.notice, text)
        assert re.fullmatch(r"[\x21-\x7e]+", entry.key)


def sqlite_files(school: School) -> list[Path]:
    file = file_of(school)
    return [file, file.with_name(file.name + "-wal")]


async def postgres_files(request: pytest.FixtureRequest) -> list[Path]:
    """The database's own files; what the server writes ahead holds other tests' rows as well."""
    server: Postgres = request.getfixturevalue("postgres")
    await run_on(server, "CHECKPOINT")
    ((found),) = await get_connection("default").execute_query_dict(
        "SELECT oid FROM pg_database WHERE datname = current_database()"
    )
    own = server.folder / "data" / "base" / str(found["oid"])
    return [file for file in own.rglob("*") if file.is_file()]


def test_the_canaries_would_be_found() -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert found_in("x王小明x".encode(encoding)) == {"王小明"}
    assert found_in(json.dumps({"a": "王小明"}).encode()) == {"王小明"}


async def test_the_log_holds_nothing_when_everything_fails(
    school: School, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(spoken: Any, asker: Any) -> Any:
        await dispatch(spoken, asker)
        raise ValueError(spoken.text)

    monkeypatch.setattr("service.answering.dispatch", fails)
    caplog.set_level(logging.DEBUG)
    for who, text, chat in SCENARIO:
        (reply,) = await school.say(who, text, chat)
        assert reply["notice"] == "NotRecorded"
    assert "ValueError" in caplog.text
    assert found_in(caplog.text.encode()) == set()


# --- the start ----------------------------------------------------------------------------


async def test_other_keys_stop_the_start(school: School, keyring: Keyring) -> None:
    for keys, code in [
        (Keyring({"k1": b"2" * 32}, b"s" * 32), "wrong_key"),
        (Keyring({"k1": b"1" * 32}, b"t" * 32), "wrong_secret"),
        (Keyring({"k2": b"1" * 32}, b"s" * 32), "not_given"),
    ]:
        with pytest.raises(KeyFault) as caught:
            await open_records(school.database, keys, PLAN)
        assert caught.value.code == code
        for language in ("zh-CN", "en"):
            sentence = sentence_of(caught.value, language)
            assert sentence == caught.value.sentence(language)
            assert len(sentence) > 10
    # The refused starts have changed nothing.
    again = await open_records(school.database, keyring, PLAN)
    await again.close()


async def test_a_newer_key_beside_the_old_one_is_rotation(school: School) -> None:
    both = Keyring({"k2": b"2" * 32, "k1": b"1" * 32}, b"s" * 32)
    opened_again = await open_records(school.database, both, PLAN)
    try:
        assert (await KeyCheck.get()).value == both.check_value()
    finally:
        await opened_again.close()


@pytest.mark.parametrize("what", ["folder", "under a file", "no folder", "not a database"])
async def test_a_file_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, keyring: Keyring, what: str
) -> None:
    file = tmp_path / "zoufang.db"
    if what == "folder":
        file.mkdir()
    elif what == "under a file":
        file.write_text("x", encoding="utf-8")
        file = file / "zoufang.db"
    elif what == "no folder":
        file = tmp_path / "nowhere" / "zoufang.db"
    else:
        file.write_bytes(b"this is no database " * 100)
    await unusable(file, keyring)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
async def test_what_may_not_be_written_is_one_sentence(
    tmp_path: Path, keyring: Keyring, empty_database: Path
) -> None:
    file = tmp_path / "closed" / "zoufang.db"
    file.parent.mkdir()
    shutil.copyfile(empty_database, file)
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        await unusable(file, keyring)
    finally:
        file.parent.chmod(0o700)


async def unusable(file: Path, keyring: Keyring) -> None:
    database = f"sqlite://{file}"
    for language in ("zh-CN", "en"):
        with pytest.raises(RecordsUnusable) as caught:
            await migrate_records(database)
        assert str(file) in sentence_of(caught.value, language)
    with pytest.raises(RecordsUnusable):
        await open_records(database, keyring, PLAN)


async def test_an_old_schema_is_not_opened(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(RecordsUnusable, match="no such table"):
        await open_records(f"sqlite://{tmp_path / 'empty.db'}", keyring, PLAN)


async def test_whether_the_database_answers(records: Records) -> None:
    assert await reachable()


# --- migrations ---------------------------------------------------------------------------


async def test_the_migrations_say_what_the_models_say(records: Records) -> None:
    context = get_current_context()
    assert context is not None
    assert isinstance(context.apps, Apps)
    config = {"domain": {"models": ["domain.models"], "migrations": "domain.migrations"}}
    changes = await MigrationAutodetector(context.apps, config).changes()
    assert [writer.operations for writer in changes] == []


async def test_migrating_twice_is_harmless(school: School) -> None:
    await school.say("林晓", f"/visit 七3 12号 {SAID}")
    before = await dumped()
    await migrate_records(school.database)
    await migrate_records(school.database)
    assert await dumped() == before
    assert (await school.one("林晓", "/whoami"))["notice"] == "WhoamiShown"


async def dumped() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    tables = [model._meta.db_table for model in ALL]
    return {
        table: [
            tuple(row.values())
            for row in await get_connection("default").execute_query_dict(
                f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608  our own tables
            )
        ]
        for table in tables
    }


ALL = [getattr(models, name) for name in models.__all__]


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.__name__)
def test_each_unique_key_is_in_the_database(model: type[Model], empty_database: Path) -> None:
    described = model.describe()
    wanted = [list(columns) for columns in described["unique_together"]]
    by_name = {one["name"]: one for one in described["data_fields"]}
    wanted += [[one["db_column"]] for one in by_name.values() if one["unique"]]
    for one in described["o2o_fields"]:
        wanted.append([one["raw_field"]])
    wanted = [
        [by_name[name]["db_column"] if name in by_name else name for name in columns]
        for columns in wanted
    ]
    there = unique_in(empty_database, model._meta.db_table)
    for columns in wanted:
        assert columns in there, f"{model.__name__} {columns}"


def unique_in(file: Path, table: str) -> list[list[str]]:
    with closing(sqlite3.connect(file)) as base:
        indexes = base.execute(f"PRAGMA index_list({table})").fetchall()
        unique = [name for _, name, is_unique, *_ in indexes if is_unique]
        return [
            [column for *_, column in base.execute(f"PRAGMA index_info({name})")] for name in unique
        ]


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Heard, ["platform", "message_key"]),
        (OutboxEntry, ["key"]),
        (ReadLog, ["person_id", "record", "record_id", "occasion"]),
        (models.Delivery, ["entry_id"]),
        (models.Visitor, ["visit_id", "person_id"]),
        (models.Account, ["platform", "app", "user_id"]),
        (models.Room, ["platform", "app", "chat"]),
        (models.SchoolClass, ["stage", "entry_year", "number"]),
        (Student, ["school_class_id", "seat_number"]),
        (models.Draft, ["person_id"]),
        (Visit, ["seal"]),
        (Voice, ["seal"]),
    ],
)
def test_what_must_be_one_of_its_kind(
    model: type[Model], columns: list[str], empty_database: Path
) -> None:
    assert columns in unique_in(empty_database, model._meta.db_table)


@pytest.mark.sqlite
def test_the_database_writes_safely(school: School) -> None:
    with closing(sqlite3.connect(file_of(school))) as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)


# --- time ---------------------------------------------------------------------------------


async def test_an_instant_without_a_zone_is_refused(records: Records) -> None:
    naive = datetime(2018, 9, 3, 8)  # noqa: DTZ001  that is the point
    with pytest.raises(ValueError, match="time zone"):
        await heard_at(naive, "a")
    with pytest.raises(ValueError, match="time zone"):
        await Heard.filter(at__lt=naive).count()
    assert await Heard.all().count() == 0


async def heard_at(at: datetime, key: str) -> None:
    await Heard.create(platform="x", message_key=key, account="", conversation="", at=at)


async def test_instants_are_kept_in_utc_and_compared_rightly(school: School) -> None:
    tokyo, lisbon = timezone(timedelta(hours=9)), timezone(timedelta(hours=-1))
    second = timedelta(seconds=1)
    noon = datetime(2018, 9, 3, 12, tzinfo=UTC)
    said = {
        "b": noon.astimezone(tokyo),
        "d": (noon + 2 * second).astimezone(lisbon),
        "c": (noon + second / 2).astimezone(tokyo),
        "a": (noon - second).astimezone(lisbon),
    }
    for key, at in said.items():
        await heard_at(at, key)
    assert [row.message_key for row in await Heard.all().order_by("at")] == list("abcd")
    earlier = Heard.filter(at__lt=(noon + second).astimezone(tokyo))
    assert await earlier.count() == 3
    assert (await Heard.get(message_key="b")).at == noon


@pytest.mark.sqlite
async def test_an_instant_is_written_in_utc(school: School) -> None:
    await heard_at(datetime(2018, 9, 3, 12, tzinfo=timezone(timedelta(hours=9))), "a")
    with closing(sqlite3.connect(file_of(school))) as base:
        kept = [text for (text,) in base.execute("SELECT at FROM heard")]
    assert kept
    assert all(text.endswith("+00:00") for text in kept)


async def test_now_is_the_schools_and_leases_are_real(school: School) -> None:
    assert abs((await now() - START).total_seconds()) < 60
    assert (await now()).utcoffset() == timedelta(0)
    assert abs((real_now() - datetime.now(UTC)).total_seconds()) < 5
    # A day of the school begins at its own midnight.
    for hour, day in [(15, date(2018, 9, 3)), (16, date(2018, 9, 4))]:
        await school.move_to(datetime(2018, 9, 3, hour, 30, tzinfo=UTC))
        assert await today() == day
    await set_now(real_now())
    assert abs((await now() - real_now()).total_seconds()) < 5
    assert await Clock.all().count() == 1


# --- together or not at all ---------------------------------------------------------------


@pytest.mark.sqlite
async def test_twenty_that_read_and_then_write_never_find_it_locked(school: School) -> None:
    async def one_more() -> None:
        async with in_transaction():
            clock = await Clock.get(id=1)
            await asyncio.sleep(0)
            await Clock.filter(id=1).update(offset_seconds=clock.offset_seconds + 1)

    await Clock.all().update(offset_seconds=0)
    await asyncio.gather(*(one_more() for _ in range(20)))
    assert (await Clock.get(id=1)).offset_seconds == 20


@pytest.mark.sqlite
async def test_two_connections_wait_their_turn(school: School, keyring: Keyring) -> None:
    """As the worker's and the door's: each has a connection of its own."""

    async def add(times: int) -> None:
        mine = await open_records(school.database, keyring, PLAN)
        try:
            for _ in range(times):
                async with in_transaction():
                    clock = await Clock.get(id=1)
                    await asyncio.sleep(0)
                    await Clock.filter(id=1).update(offset_seconds=clock.offset_seconds + 1)
                await Person.filter(id=1).update(pinyin=F("pinyin"))
        finally:
            await mine.close()

    await Clock.all().update(offset_seconds=0)
    # A task of its own each, so that what one enters the other doesn't see.
    await asyncio.gather(*(asyncio.create_task(add(5)) for _ in range(4)))
    assert (await Clock.get(id=1)).offset_seconds == 20


async def test_a_refused_command_keeps_what_was_done_before_it(school: School) -> None:
    replies = await school.say(
        "林晓",
        "/visit 七3 12号 好\n/visit 七3 13号 日期：2030-01-01\n/visit V99 更好\n/visit 七3 5号 也好",
    )
    assert [one["notice"] for one in replies] == [
        "VisitRecorded",
        "DayInFuture",
        "VisitUnknown",
        "VisitRecorded",
    ]
    assert await Visit.all().count() == 2
    assert await Heard.all().count() == 1


async def test_a_savepoint_undoes_its_own_part_alone(records: Records) -> None:
    async with hearing("x", "a", "", "") as heard:
        async with savepoint():
            await Person.create(name="甲")
        with pytest.raises(ZeroDivisionError):
            await undone()
        with pytest.raises(IntegrityError):
            await refused_by_the_database()
        async with savepoint():
            await Person.create(name="丁")
    assert sorted(one.name for one in await Person.all()) == ["丁", "甲"]
    assert (await Heard.get()).id == heard.id
    with pytest.raises(AlreadyHeard):
        await heard_again()


async def undone() -> None:
    async with savepoint():
        await Person.create(name="乙")
        raise ZeroDivisionError


async def refused_by_the_database() -> None:
    async with savepoint():
        await Person.create(name="丙")
        await WrappedKey.create(id=7, wrapped=b"")
        await WrappedKey.create(id=7, wrapped=b"")


async def heard_again() -> None:
    async with hearing("x", "a", "", ""):
        pytest.fail("heard twice")


async def test_what_is_in_a_family_goes_with_the_transaction(school: School) -> None:
    """A child off the list, refused later in the same command, leaves no family behind."""
    families = await Family.all().count()
    asked = await school.one("林晓", "/visit 七3 诸葛小花 日期：2030-01-01")
    assert asked["notice"] in {"DayInFuture", "StudentUnknown"}
    assert await Family.all().count() == families


async def test_adding_twice_at_once_keeps_both(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号")
    said = [school.say("林晓", f"/visit V1 第{n}句 性格：{n}") for n in range(6)]
    await asyncio.gather(*said)
    view = await visit_seen(school, "林晓", 1, "look")
    kept = "\n".join(filter(None, [view.text, *view.answers.values()]))
    for n in range(6):
        assert f"第{n}句" in kept
    assert await inbox_of("console", school.people["林晓"]) == []
