"""A database that is brought up to date keeps every row, every index and every key."""

from __future__ import annotations

import asyncio
import copy
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise, fields
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations import executor
from tortoise.migrations import operations as ops
from tortoise.migrations.api.migrate import migrate
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.transactions import in_transaction

from domain.engines import orm_config
from domain.late_states import LateState
from domain.migrating import migrate_records, missing_migrations
from domain.models import Student, Visit, VisitAnswer, Visitor, Voice
from domain.records import open_records
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from domain.sqlite_rebuild import RebuildingEditor, RebuildRefused
from tests.fixtures.house import School

FIRST = "domain.0001_initial"
# As a school had it when the tables were as they first were.
ROWS = (
    "INSERT INTO person (name, pinyin) VALUES ('林晓', 'linxiao')",
    "INSERT INTO unit (kind, name, aliases, place) VALUES ('school', '全校', '[]', 0)",
    "INSERT INTO seat (person_id, unit_id, role, since) VALUES (1, 1, 'teacher', '2018-08-01')",
    """INSERT INTO heard (seal, platform, message_key, account, conversation, at)
       VALUES ('s', 'console', 'm', '1', 'direct', '2018-09-03 00:00:00+00:00')""",
    """INSERT INTO visit (seal, kind, method, result, day, recorded_at, recorded_by_id)
       VALUES ('v', 'home', 'home', 'visited', '2018-09-03', '2018-09-03 00:00:00+00:00', 1)""",
    "INSERT INTO visitor (visit_id, person_id) VALUES (1, 1)",
)
TABLES = ("person", "unit", "seat", "heard", "visit", "visitor")


async def at_first(database: str) -> None:
    """The tables as they first were, with rows in them."""
    context = TortoiseContext()
    with context:
        await migrate(config=orm_config(database, migrating=True), target=FIRST)
        for row in ROWS:
            await get_connection("default").execute_query(row)
        await context.close_connections()


async def asked(database: str, *queries: str) -> list[list[dict[str, Any]]]:
    context = TortoiseContext()
    with context:
        await Tortoise.init(config=orm_config(database))
        try:
            base = get_connection("default")
            return [await base.execute_query_dict(query) for query in queries]
        finally:
            await context.close_connections()


INDEXES = {
    "sqlite": "SELECT tbl_name AS t, name AS n FROM sqlite_master WHERE type = 'index'",
    "postgres": "SELECT tablename AS t, indexname AS n FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def source(engine: str, tmp_path: Path) -> str:
    """Nothing to copy: these tests begin with an empty database."""
    file = tmp_path / "nothing.db"
    sqlite3.connect(file).close()
    return str(file) if engine == "sqlite" else "template0"


async def test_an_older_database_keeps_its_rows_and_gets_every_index(
    database: str, engine: str, tmp_path: Path, keyring: Keyring
) -> None:
    await at_first(database)
    assert len(await missing_migrations(database)) >= 1
    await migrate_records(database)
    assert await missing_migrations(database) == ()
    counts = await asked(database, *(f"SELECT count(*) AS n FROM {one}" for one in TABLES))  # noqa: S608  our own tables
    assert [rows[0]["n"] for rows in counts] == [1] * len(TABLES)
    records = await open_records(database, keyring, read_plan(None))
    assert (await Visit.get(id=1)).undone_at is None
    await records.close()
    if engine == "sqlite":
        fresh = f"sqlite://{tmp_path / 'fresh.db'}"
        await migrate_records(fresh)
        (had,), (wanted,) = (
            await asked(database, INDEXES[engine]),
            await asked(fresh, INDEXES[engine]),
        )
        assert sorted(map(str, had)) == sorted(map(str, wanted))
        assert await asked(database, "PRAGMA foreign_key_check") == [[]]


@pytest.mark.postgres
async def test_two_who_migrate_at_once_do_it_once(database: str) -> None:
    await asyncio.gather(*(asyncio.create_task(migrate_records(database)) for _ in range(3)))
    assert await missing_migrations(database) == ()


def around(file: Path, table: str) -> tuple[set[str], set[tuple[str, ...]]]:
    """The indexes of a table as statements, and its unique keys as columns."""
    with closing(sqlite3.connect(file)) as base:
        made = base.execute(
            "SELECT sql FROM sqlite_master WHERE type='index' AND sql NOT NULL AND tbl_name=?",
            (table,),
        )
        indexes = {sql for (sql,) in made if "UNIQUE" not in sql}
        keys = {
            tuple(name for _, _, name in base.execute(f'PRAGMA index_info("{row[1]}")'))
            for row in base.execute(f'PRAGMA index_list("{table}")')
            if row[2]
        }
    return indexes, keys


async def widened(database: str, model: type[Any], column: str, *, migrating: bool) -> None:
    """Make a table anew, as SQLite does for a column that may hold more."""
    context = TortoiseContext()
    with context:
        await Tortoise.init(config=orm_config(database, migrating=migrating))
        try:
            old = model._meta.fields_map[column]
            new = copy.copy(old)
            new.max_length = 200
            async with in_transaction() as connection:
                editor = RebuildingEditor(connection, atomic=True)
                await editor._remake_table(model, alter_fields=[(old, new)])
        finally:
            await context.close_connections()


class TestRebuilt:
    """A table of SQLite that is made anew."""

    @pytest.fixture
    def source(self, filled: Any) -> str:
        source: str = filled.source
        return source

    @pytest.mark.sqlite
    async def test_it_keeps_rows_children_indexes_and_keys(self, school: School) -> None:
        await school.say("林晓", "/visit 七3 12号 奶奶照顾 诉求：晚托 性格：内向 同行：李梅")
        kept = (Visit, VisitAnswer, Visitor, Voice, Student)
        before = [await model.all().order_by("id").values() for model in kept]
        file = Path(school.database.removeprefix("sqlite://"))
        for model, column in ((Visit, "kind"), (Student, "seal")):
            table = model._meta.db_table
            indexes, keys = around(file, table)
            assert keys
            await asyncio.create_task(widened(school.database, model, column, migrating=True))
            assert around(file, table)[0] >= indexes
            assert around(file, table)[1] >= keys
        assert [await model.all().order_by("id").values() for model in kept] == before
        assert await asyncio.create_task(asked(school.database, "PRAGMA foreign_key_check")) == [[]]

    @pytest.mark.sqlite
    async def test_it_is_refused_while_rows_that_point_to_it_would_go(self, school: School) -> None:
        await school.say("林晓", "/visit 七3 12号 奶奶照顾 性格：内向")
        with pytest.raises(RebuildRefused):
            await asyncio.create_task(widened(school.database, Visit, "kind", migrating=False))
        assert await VisitAnswer.all().count() == 1


def test_the_schema_before_a_step_is_as_it_was_whenever_it_is_asked_for() -> None:
    state = LateState(models={}, apps=StateApps())
    fields_before = [("id", fields.IntField(primary_key=True))]
    ops.CreateModel("Thing", fields_before, {"table": "thing"}).state_forward("domain", state)
    before = state.clone()
    ops.AddField("Thing", "more", fields.IntField(null=True)).state_forward("domain", state)

    def known(of: LateState) -> set[str]:
        return set(of.apps.get_model("domain.Thing")._meta.fields_map)

    assert known(state) == {"id", "more"}
    assert known(before) == known(before.clone()) == {"id"}


def test_steps_keep_the_schema_before_them_that_way() -> None:
    assert executor.State is LateState
