"""How many rows of a school's lists are taken in a second, beside their bare inserts."""

from __future__ import annotations

import asyncio
import csv
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.doors import noted
from benchmarks.figures import Figure, Report
from benchmarks.recording import recorded
from benchmarks.replaying import opened, raw_driver
from benchmarks.school import CHILDREN, CLASSES, GRADES, START, names, records_of
from benchmarks.scripts import Script, ScriptStep
from domain.actions.school import load_plan_roster
from domain.migrating import migrate_records
from domain.records import set_now
from domain.rules.plan import read_plan
from service.lists.report import Taken
from service.lists.taking_families import take_families
from service.lists.taking_people import take_people
from service.lists.taking_visits import take_visits
from tests.servers import Postgres, copy_of, run_on

_TEMPLATE = "lists"


async def measured(visited: int, rounds: int) -> Report:
    """On both databases; so many children of each class are visited."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        lists = _lists(Path(folder), visited)
        server = await asyncio.to_thread(Postgres, quick=False)
        try:
            await run_on(server, f"CREATE DATABASE {_TEMPLATE}")
            database = server.address(_TEMPLATE)
            figures += await _on(
                "PostgreSQL", database, lambda: copy_of(server, _TEMPLATE), lists, rounds
            )
        finally:
            await asyncio.to_thread(server.remove)
        file = Path(folder, "lists.db")
        figures += await _on("SQLite", f"sqlite://{file}", lambda: _copy(file), lists, rounds)
    about = (
        f"{', '.join(f'{one.rows:,} rows of {one.name}' for one in lists)}, each list",
        "into a database that has the ones before it. Bare: all that was asked while it was",
        "taken, with the same values, by the driver alone, on a copy of the same database.",
        f"{rounds} rounds, medians. Taking also reads the file, finds who is meant, and seals.",
    )
    return Report("Lists", about, tuple(figures))


Copies = Callable[[], AbstractAsyncContextManager[str]]


async def _on(
    kind: str, database: str, copies: Copies, lists: Sequence[_List], rounds: int
) -> list[Figure]:
    await migrate_records(database)
    async with records_of(database):
        await set_now(START)
        await load_plan_roster()
    figures: list[Figure] = []
    for one in lists:
        async with copies() as copy:
            script = await _recorded(copy, one)
        ours, bare = [], []
        for _ in range(rounds):
            async with copies() as copy, records_of(copy):
                ours.append(one.rows / await _seconds(one.taken_in()))
            async with copies() as copy, opened(raw_driver(copy), copy) as play:
                bare.append(one.rows / await _seconds(play(script)))
        ratios = tuple(100 * a / b for a, b in zip(ours, bare, strict=True))
        key = "lists.visits" if (kind, one.name) == ("PostgreSQL", "visits") else ""
        figures += [
            Figure(f"{kind}: {one.name}", median(ours), "rows/s", "", tuple(ours), key),
            Figure(f"{kind}: {one.name}, of the bare SQL", median(ratios), "%", rounds=ratios),
        ]
        async with records_of(database):
            await one.taken_in()
    return figures


async def _recorded(database: str, one: _List) -> Script:
    async with records_of(database):
        with recorded() as recording:
            await one.taken_in()
    return tuple(ScriptStep(step.kind, step.sql, step.values) for step in recording.steps)


async def _seconds(work: Awaitable[object]) -> float:
    began = perf_counter()
    await work
    return perf_counter() - began


@asynccontextmanager
async def _copy(file: Path) -> AsyncIterator[str]:
    copy = file.with_suffix(".copy")
    await asyncio.to_thread(shutil.copyfile, file, copy)
    try:
        yield f"sqlite://{copy}"
    finally:
        for one in file.parent.glob("lists.copy*"):
            one.unlink()


# --- the lists ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _List:
    """A list of a school: its name, the file, its rows, what takes it in."""

    name: str
    file: Path
    rows: int
    take: Callable[[Path], Awaitable[Taken]]

    async def taken_in(self) -> None:
        """Take it in; RuntimeError unless each row is new there."""
        taken = await self.take(self.file)
        if taken.new != self.rows:
            raise RuntimeError(f"{taken.new} of {self.rows} rows of the {self.name} were taken")


def _lists(folder: Path, visited: int) -> list[_List]:
    lists = []
    for name, head, rows, take in (
        ("roster", "姓名 单位 职务", list(_people()), take_people),
        ("families", "班级 学号 姓名", list(_families()), take_families),
        ("visits", "日期 走访人 班级 学号 备注 诉求", list(_visits(visited)), take_visits),
    ):
        file = folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head.split(), *rows])
        lists.append(_List(name, file, len(rows), take))
    return lists


def _classes() -> Iterator[tuple[int, str]]:
    plan = read_plan(None)
    for place, grade in enumerate(GRADES):
        for number in range(1, CLASSES + 1):
            yield place * CLASSES + number, f"{plan.grade(grade).name}{number}班"


def _people() -> Iterator[Sequence[str]]:
    for place, name in _classes():
        yield (f"教师{place}", name, "班主任")


def _families() -> Iterator[Sequence[str]]:
    for _, name in _classes():
        for seat, child in enumerate(islice(names(), CHILDREN), 1):
            yield (name, str(seat), child)


def _visits(visited: int) -> Iterator[Sequence[str]]:
    for place, name in _classes():
        for seat in range(1, visited + 1):
            note, wish = noted(place + seat)
            yield (f"2018-08-{16 + seat % 14}", f"教师{place}", name, str(seat), note, wish)
