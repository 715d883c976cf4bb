"""How much memory each of our processes holds: when it has started, and after minutes of visits."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import school
from benchmarks.doors import SignedDoor
from benchmarks.figures import Figure, Report
from benchmarks.load import Said, Speakers, at_a_rate
from benchmarks.programs import program, serving
from benchmarks.receiver import receiver
from tests.servers import Postgres, Redis, copy_of

# Over how many connections each of the two installations is spoken to.
_CLIENTS = 8
# What a process has started with settles within so long (seconds).
_SETTLES = 3.0


@dataclass(frozen=True)
class Watched:
    """A process of ours: what it is, its key in the README's table, its number."""

    name: str
    key: str
    pid: int

    def megabytes(self) -> float:
        """What it holds in memory, its libraries among it."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        (held,) = [line.split()[1] for line in lines if line.startswith("VmRSS")]
        return int(held) / 1024


async def measured(minutes: float, rate: float) -> Report:
    """One process on SQLite, and three on PostgreSQL and Redis; so many visits a second each."""
    if not _is_told():
        return Report("Memory", ("Not measured: this system doesn't tell as Linux does.",))
    async with AsyncExitStack() as stack:
        alone = await stack.enter_async_context(_alone())
        several = await stack.enter_async_context(_several())
        processes = [*alone.processes, *several.processes]
        await asyncio.sleep(_SETTLES)
        before = [one.megabytes() for one in processes]
        async with asyncio.TaskGroup() as both:
            loads = [both.create_task(_load(one, minutes, rate)) for one in (alone, several)]
        after = [one.megabytes() for one in processes]
    said = [len(load.result().took) for load in loads]
    about = (
        f"Resident memory, libraries among it. {minutes:g} minutes at {rate:g} visits a second on",
        f"each of the two: {said[0]:,} visits were answered on SQLite, {said[1]:,} on PostgreSQL,",
        "and what they make due was brought to a DingTalk that takes all.",
    )
    figures = [
        figure
        for one, low, high in zip(processes, before, after, strict=True)
        for figure in (
            Figure(f"{one.name}, started", low, "MB"),
            Figure(f"{one.name}, after", high, "MB", key=one.key),
        )
    ]
    return Report(
        "Memory", about, tuple(figures), facts={"minutes": int(minutes), "visits": sum(said)}
    )


def _is_told() -> bool:
    return Path("/proc/self/status").exists()


@dataclass(frozen=True)
class _Installation:
    """Processes, and what speaks to them."""

    processes: tuple[Watched, ...]
    speakers: Speakers


async def _load(to: _Installation, minutes: float, rate: float) -> Said:
    return await at_a_rate(to.speakers, _CLIENTS, rate, 60 * minutes)


@asynccontextmanager
async def _alone() -> AsyncIterator[_Installation]:
    """`serve` with its duties in it, on a SQLite file."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="zoufang-bench-"))
        database = f"sqlite://{Path(folder, 'school.db')}"
        door = await _door(stack, database)
        serve = program("serve", settings=serving(database, **door.settings()))
        started = await asyncio.to_thread(stack.enter_context, serve)
        watched = (Watched("serve on SQLite", "memory.serve", started.pid),)
        yield _Installation(watched, Speakers(door, started.port, door.recorded))


@asynccontextmanager
async def _several() -> AsyncIterator[_Installation]:
    """`serve`, a worker and a scheduler on PostgreSQL and Redis."""
    async with AsyncExitStack() as stack:
        postgres = await asyncio.to_thread(Postgres, quick=False)
        stack.push_async_callback(asyncio.to_thread, postgres.remove)
        redis = await asyncio.to_thread(Redis)
        stack.push_async_callback(asyncio.to_thread, redis.remove)
        database = await stack.enter_async_context(copy_of(postgres))
        door = await _door(stack, database)
        settings = serving(database, REDIS_URL=redis.address, WATCH_PORT="0", **door.settings())
        started = {
            name: await asyncio.to_thread(stack.enter_context, program(name, settings=settings))
            for name in ("serve", "worker", "scheduler")
        }
        watched = (
            Watched("serve on PostgreSQL", "", started["serve"].pid),
            Watched("worker", "memory.worker", started["worker"].pid),
            Watched("scheduler", "memory.scheduler", started["scheduler"].pid),
        )
        yield _Installation(watched, Speakers(door, started["serve"].port, door.recorded))


async def _door(stack: AsyncExitStack, database: str) -> SignedDoor:
    teachers = await school.fill(database, SignedDoor.platform)
    platform = await stack.enter_async_context(receiver())
    return SignedDoor(tuple(teachers), platform.url)
