"""How long it takes to find and take what is due, among few open timers and among a million."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from tortoise.connection import get_connection

from benchmarks.figures import Figure, Report
from benchmarks.school import START, records_of
from domain.actions.timers import lease_timers
from domain.migrating import migrate_records
from domain.models import Timer
from domain.records import set_now
from domain.timing import PROBLEM
from tests.servers import Postgres, copy_of
from workers.relay import Relay

GOAL = "≤ 1.3"
_DUE = 1000
# Over so many days what isn't due yet falls due.
_DAYS = 30
_AT_ONCE = 50_000


@dataclass(frozen=True)
class Tick:
    """One look at a table of timers: how long what was due took to be found and taken, and with
    the handing over to a broker (seconds).
    """

    taken: float
    whole: float


async def measured(few: int, many: int, rounds: int) -> Report:
    """On both databases, each with a table of either size, in turns."""
    figures: list[Figure] = []
    server = await asyncio.to_thread(Postgres, quick=False)
    try:
        async with copy_of(server) as small, copy_of(server) as large:
            figures += await _compared("PostgreSQL", {few: small, many: large}, rounds)
    finally:
        await asyncio.to_thread(server.remove)
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        files = {size: f"sqlite://{Path(folder, f'{size}.db')}" for size in (few, many)}
        figures += await _compared("SQLite", files, rounds)
    about = (
        f"{_DUE:,} timers are due, spread over the whole table, among {few:,} and among {many:,};",
        f"{rounds} rounds in turns, medians. Taken: found and leased, a hundred at a time, until",
        "nothing is due. A whole tick also gives each to a broker that does nothing with it.",
    )
    facts = {"few": few, "many": many, "due": _DUE}
    return Report("Ticks", about, tuple(figures), facts=facts)


async def _compared(kind: str, databases: dict[int, str], rounds: int) -> list[Figure]:
    for size, database in databases.items():
        await _fill(database, size)
    ticks: dict[int, list[Tick]] = {size: [] for size in databases}
    # The first round warms up.
    for place in range(rounds + 1):
        for size, database in databases.items():
            tick = await _tick(database, size)
            ticks[size] += [tick] if place else []
    few, many = databases
    pairs = list(zip(ticks[few], ticks[many], strict=True))
    taken = tuple(large.taken / small.taken for small, large in pairs)
    whole = tuple(large.whole / small.whole for small, large in pairs)
    key = f"ticks.{'postgres' if kind == 'PostgreSQL' else 'sqlite'}"
    return [
        Figure(f"{kind}: {many:,} to {few:,}, taken", median(taken), "×", GOAL, taken),
        Figure(f"{kind}: {many:,} to {few:,}, whole tick", median(whole), "×", GOAL, whole, key),
        Figure(
            f"{kind}: {_DUE:,} of {many:,} taken",
            1000 * median(one.taken for one in ticks[many]),
            "ms",
        ),
    ]


async def _tick(database: str, size: int) -> Tick:
    async with records_of(database):
        # The statements are known to the connection, as they are to one that has run for a while.
        await lease_timers()
        await _let_fall_due(size)
        taken = await _seconds(_all_taken)
        await _let_fall_due(size)
        relay = Relay(lambda *_: None, _nothing)
        return Tick(taken, await _seconds(lambda: _handed_over(relay)))


async def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    done = await work()  # type: ignore[misc]
    took = perf_counter() - began
    if done != _DUE:
        raise RuntimeError(f"{done} timers were taken instead of {_DUE}")
    return took


async def _all_taken() -> int:
    number = 0
    while ids := await lease_timers():
        number += len(ids)
    return number


async def _handed_over(relay: Relay) -> int:
    number = 0
    while handed := await relay.turn():
        number += handed
    return number


async def _nothing() -> None:
    await asyncio.sleep(0)


# --- the tables ---------------------------------------------------------------------------

_FILL = {
    "postgres": (
        "INSERT INTO timer (key, duty, subject, due_at, attempts) "
        "SELECT '{duty}:' || n, '{duty}', n, "
        "timestamptz '{start}' + (n::bigint * 7919 % {span} + 3600) * interval '1 second', 0 "
        "FROM generate_series({first}, {last}) AS n"
    ),
    "sqlite": (
        "INSERT INTO timer (key, duty, subject, due_at, attempts) "
        "WITH RECURSIVE up(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM up WHERE n < {last}) "
        "SELECT '{duty}:' || n, '{duty}', n, strftime('%Y-%m-%d %H:%M:%S', '{start}', "
        "'+' || (n * 7919 % {span} + 3600) || ' seconds') || '+00:00', 0 FROM up"
    ),
}


async def _fill(database: str, size: int) -> None:
    await migrate_records(database)
    async with records_of(database):
        await set_now(START)
        connection = get_connection("default")
        start = f"{START.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        said = _FILL[connection.capabilities.dialect]
        span = _DAYS * 86_400
        # So many that each is within what a question may take.
        for first in range(1, size + 1, _AT_ONCE):
            last = min(first + _AT_ONCE - 1, size)
            await connection.execute_query(
                said.format(duty=PROBLEM, start=start, span=span, first=first, last=last)
            )
        await connection.execute_query("ANALYZE")


async def _let_fall_due(size: int) -> None:
    """Have so many fall due a minute ago, whatever became of them before."""
    at = START - timedelta(minutes=1)
    await Timer.filter(id__in=range(1, size + 1, size // _DUE)).update(
        due_at=at, lease_until=None, attempts=0
    )
