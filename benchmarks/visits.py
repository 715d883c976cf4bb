"""/visit over HTTP, kept for good, beside bare stacks that send the same statements."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import school
from benchmarks.bare import bare_server
from benchmarks.capturing import Captured, captured
from benchmarks.doors import SignedDoor
from benchmarks.figures import Figure, Report
from benchmarks.load import Said, Speakers, at_a_rate, closed_loop, settled
from benchmarks.programs import program, serving
from benchmarks.replaying import raw_driver
from tests.servers import Postgres, copy_of, run_on

OURS, ORM = "zoufang", "Tortoise"
CLIENTS = 32
RATE = 100.0


@dataclass(frozen=True)
class Effort:
    """How long each is measured: rounds, seconds of each, seconds to warm up."""

    rounds: int
    seconds: float
    warm_up: float


@dataclass(frozen=True)
class Way:
    """A way to put load on: its name, and what does it."""

    name: str
    put: Callable[[Speakers, float], Awaitable[Said]]


WAYS = (
    Way("1 client", lambda to, seconds: closed_loop(to, 1, seconds)),
    Way(f"{CLIENTS} clients", lambda to, seconds: closed_loop(to, CLIENTS, seconds)),
    Way(f"{RATE:.0f} a second", lambda to, seconds: at_a_rate(to, CLIENTS, RATE, seconds)),
)

# What each subject did in each way, round by round.
Results = dict[str, dict[str, list[Said]]]


async def on_postgres(effort: Effort) -> Report:
    """On a PostgreSQL of our own that waits for its disk."""
    server = await asyncio.to_thread(Postgres, quick=False)
    try:
        await run_on(server, "CREATE DATABASE bench")
        door = SignedDoor(tuple(await school.fill(server.address("bench"), SignedDoor.platform)))
        async with AsyncExitStack() as copies:

            async def another() -> str:
                return await copies.enter_async_context(copy_of(server, "bench"))

            how = "fsync and synchronous_commit on, full_page_writes on, in each of them"
            return await _measured(server.version, how, door, another, effort)
    finally:
        await asyncio.to_thread(server.remove)


async def on_sqlite(effort: Effort) -> Report:
    """On files of our own, in WAL with synchronous=FULL."""
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        whole = Path(folder, "bench.db")
        door = SignedDoor(tuple(await school.fill(f"sqlite://{whole}", SignedDoor.platform)))
        copies = iter(range(9))

        async def another() -> str:
            copy = Path(folder, f"copy-{next(copies)}.db")
            await asyncio.to_thread(shutil.copyfile, whole, copy)
            return f"sqlite://{copy}"

        how = "WAL, synchronous=FULL, in each of them"
        return await _measured("SQLite", how, door, another, effort)


async def _measured(
    database: str, how: str, door: SignedDoor, another: Callable[[], Awaitable[str]], effort: Effort
) -> Report:
    script = await captured(await another(), door)
    async with _subjects(door, script, another) as subjects:
        results = await _rounds(subjects, effort)
    return _report(database, how, script, results, effort)


@asynccontextmanager
async def _subjects(
    door: SignedDoor, script: Captured, another: Callable[[], Awaitable[str]]
) -> AsyncIterator[dict[str, Speakers]]:
    """Ours and the bare ones, each with a database of its own, all of them alike."""
    async with AsyncExitStack() as stack:
        database = await another()
        settings = serving(database, **door.settings())
        ours = await asyncio.to_thread(stack.enter_context, program("serve", settings=settings))
        subjects = {OURS: Speakers(door, ours.port, door.recorded)}
        for name, driver in ((ORM, "tortoise"), (raw_driver(database),) * 2):
            bare = bare_server(driver, await another(), script.scripts, script.answer)
            port = await asyncio.to_thread(stack.enter_context, bare)
            subjects[name] = Speakers(door, port, door.recorded)
        yield subjects


async def _rounds(subjects: dict[str, Speakers], effort: Effort) -> Results:
    """In turns, so that what else goes on in the machine meets all of them."""
    for speakers in subjects.values():
        await closed_loop(speakers, CLIENTS, effort.warm_up)
        await settled(speakers)
    results: Results = {name: {way.name: [] for way in WAYS} for name in subjects}
    for _ in range(effort.rounds):
        for way in WAYS:
            for name, speakers in subjects.items():
                results[name][way.name].append(await way.put(speakers, effort.seconds))
                await settled(speakers)
    return results


# --- what came of it ----------------------------------------------------------------------


def _report(database: str, how: str, script: Captured, results: Results, effort: Effort) -> Report:
    recording = script.recording
    counted = (
        f"{recording.statements} statements, {recording.count('begin')} transactions, "
        f"{recording.count('savepoint')} savepoint"
    )
    about = (
        f"{how}.",
        f"One /visit: {counted}.",
        "Bare: aiohttp that sends these very statements, with new values each time.",
        f"{effort.rounds} rounds of {effort.seconds:g} s in turns; medians of the rounds.",
        *_put_off(results),
    )
    return Report(
        f"/visit over HTTP on {database}",
        about,
        tuple(_figures("sqlite" if database == "SQLite" else "postgres", results)),
        tuple(_table(results)),
        {
            "statements": recording.statements,
            "transactions": recording.count("begin"),
            "clients": CLIENTS,
            "rate": int(RATE),
        },
    )


def _put_off(results: Results) -> Iterator[str]:
    """What our door could not answer within its 1.8 s, and brings afterwards instead."""
    for way, rounds in results[OURS].items():
        if late := sum(one.late for one in rounds):
            of_all = sum(len(one.took) for one in rounds)
            yield f"{way}: {late} of {of_all} answers were put off, after 1.8 s: none that counts."


def _table(results: Results) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("", *(cell for way in WAYS for cell in (way.name, "p50 ms", "p99 ms")))
    ]
    for name, ways in results.items():
        cells = [
            f"{_median(said, value):.{digits}f}{unit}"
            for said in ways.values()
            for value, digits, unit in _COLUMNS
        ]
        rows.append((name if name == OURS else f"bare {name}", *cells))
    return rows


_COLUMNS: tuple[tuple[Callable[[Said], float], int, str], ...] = (
    (lambda said: said.rate, 0, " /s"),
    (lambda said: said.milliseconds(50), 1, ""),
    (lambda said: said.milliseconds(99), 1, ""),
)


def _median(rounds: list[Said], value: Callable[[Said], float]) -> float:
    return median(value(said) for said in rounds)


def _figures(kind: str, results: Results) -> list[Figure]:
    one, many, paced = (way.name for way in WAYS)
    ours = results[OURS]
    figures = [
        _ratio(results, other, way, _key(kind, other, way))
        for other in results
        if other != OURS
        for way in (one, many)
    ]
    p50, p99 = (lambda said: said.milliseconds(50)), (lambda said: said.milliseconds(99))
    return [
        *figures,
        Figure(f"p50, {one}", _median(ours[one], p50), "ms", "≤ 8 ms", key=f"visit.{kind}.p50"),
        Figure(
            f"p99, {paced} on {CLIENTS}",
            _median(ours[paced], p99),
            "ms",
            "≤ 60 ms",
            key=f"visit.{kind}.p99",
        ),
    ]


def _key(kind: str, other: str, way: str) -> str:
    to = "orm" if other == ORM else "raw"
    return f"visit.{kind}.{to}" + ("" if way == WAYS[0].name else ".many")


def _ratio(results: Results, other: str, way: str, key: str) -> Figure:
    """How much of the other's rate ours reaches, round by round."""
    pairs = zip(results[OURS][way], results[other][way], strict=True)
    goal = "≥ 75 %" if other == ORM else ""
    rounds = tuple(100 * ours.rate / theirs.rate for ours, theirs in pairs)
    return Figure(f"of bare {other}, {way}", median(rounds), "%", goal, rounds, key)
