"""A school as large as a real one, made up, for every measurement to be made in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, product

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from benchmarks.past import Past, children, write_past
from benchmarks.scripts import FIRST_ID, tables
from domain.actions.school import (
    ChildListed,
    FamilyListed,
    add_account,
    add_class,
    add_family,
    add_person,
    add_seat,
    load_plan_roster,
)
from domain.house import SCHOOL_TIME
from domain.migrating import migrate_records
from domain.models import ChainHead
from domain.records import open_records, set_now
from domain.rules.plan import read_plan
from domain.sealing import Keyring, parse_keys, parse_secret

# Nobody's keys: what they seal is made up and is gone when the measuring ends.
KEYS = "bench:MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXY="
SECRET = "a secret of the benchmarks, long enough to be one"  # noqa: S105  see above
START = datetime(2018, 9, 3, 8, 0, tzinfo=SCHOOL_TIME)
_TERM = date(2018, 8, 1)
GRADES = (7, 8, 9, 10, 11, 12)
CLASSES = 8
CHILDREN = 40
TEACHERS = len(GRADES) * CLASSES
# As many wait in each grade as what is said next is compared with.
OPEN_PROBLEMS = len(GRADES) * 160
_AN_HOUR = 1 / 24

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_FIRST = "子雨思佳文俊浩梓欣怡"
_SECOND = "涵轩琪然宇晨悦博"


@dataclass(frozen=True)
class Platform:
    """By which platform the teachers speak: its name, the app, what it calls a teacher."""

    name: str
    app: str
    account: str

    def account_of(self, teacher: int, person: int) -> str:
        """What the platform calls a teacher."""
        return self.account.format(teacher=teacher, person=person)


def keyring() -> Keyring:
    """The keys above."""
    return Keyring(parse_keys(KEYS), parse_secret(SECRET))


@asynccontextmanager
async def records_of(database: str) -> AsyncIterator[None]:
    """Its records, opened and entered."""
    records = await open_records(database, keyring(), read_plan(None))
    try:
        yield
    finally:
        await records.close()


def names() -> Iterator[str]:
    """Names for children, no two alike within a grade."""
    for first, second, surname in product(_FIRST, _SECOND, _SURNAMES):
        yield surname + first + second


async def fill(
    database: str,
    platform: Platform,
    *,
    open_problems: int = OPEN_PROBLEMS,
    grades: Sequence[int] = GRADES,
) -> list[int]:
    """Make the school in an empty database; the teachers as persons, by number."""
    await migrate_records(database)
    records = await open_records(database, keyring(), read_plan(None))
    try:
        async with in_transaction():
            await load_plan_roster()
            teachers = await _classes(platform, grades)
            await set_now(START)
        await write_past(
            Past(open_problems, 0, days=_AN_HOUR, until=START, people=teachers),
            await children(grades, CLASSES),
        )
        await begin_high()
        return teachers
    finally:
        await records.close()


async def _classes(platform: Platform, grades: Sequence[int]) -> list[int]:
    teachers: list[int] = []
    for grade in grades:
        children = names()
        for number in range(1, CLASSES + 1):
            school_class = await add_class(grade, number, _TERM)
            teacher = await add_person(f"教师{grade}{number}")
            await add_seat(teacher, "teacher", _TERM, school_class=school_class)
            account = platform.account_of(len(teachers), teacher)
            await add_account(teacher, platform.name, platform.app, account)
            teachers.append(teacher)
            for seat, name in enumerate(islice(children, CHILDREN), 1):
                child = ChildListed(school_class, seat, name)
                await add_family(FamilyListed((child,), _TERM))
    return teachers


async def begin_high() -> None:
    """Let each table number its further rows from a million of its own (see scripts)."""
    connection = get_connection("default")
    for place, table in enumerate(tables()):
        first = FIRST_ID + place * 1_000_000
        if connection.capabilities.dialect == "postgres":
            await connection.execute_query(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {first}")
            continue
        await connection.execute_query("DELETE FROM sqlite_sequence WHERE name = ?", [table])
        await connection.execute_query(
            "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, first]
        )
    chain = FIRST_ID + tables().index("chain_head") * 1_000_000
    await ChainHead.update_or_create(id=1, defaults={"number": chain})
    # As a school that has run for a while: the planner knows what there is.
    await connection.execute_query("ANALYZE")
