"""Plays a story on a database of its own, in memory: all clocks, dice and waits are the world's."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import msgspec

import chat.platforms
import domain.clock
import domain.rules.calendar
import workers.stuck
import workers.watch
from chat.dingtalk.names import APP, PLATFORM
from domain.actions.school import add_account
from domain.migrating import migrate_records
from domain.records import open_records
from domain.rules.plan import Plan, read_plan
from domain.sealing import Keyring
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import filled_anew
from tests.sim.inline import by_machines, machine
from tests.sim.outcome import Outcome
from tests.sim.story import Story
from tests.sim.timeless import TimelessLoop, run_timeless
from tests.sim.world import World

_MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108  it is ours, below


@contextmanager
def as_it_is(_world: World) -> Iterator[None]:
    """Nothing is planted."""
    yield


def play(
    story: Story,
    within: Callable[[World], AbstractContextManager[object]] = as_it_is,
    records: Callable[[Path], None] = lambda _file: None,
) -> Outcome:
    """Play a story to its end.

    All of it happens in what `within` makes of the world, and on what `records` makes of the
    database's file.
    """
    school = _school()
    with tempfile.TemporaryDirectory(prefix="sim-", dir=_MEMORY) as folder:
        file = Path(folder) / "zoufang.db"
        shutil.copyfile(school, file)
        records(file)

        async def main(loop: TimelessLoop) -> Outcome:
            world = World(loop, story, f"sqlite://{file}", _ring(), _plan())
            with _in(world), within(world):
                try:
                    await world.play()
                    rows = world.rows()
                finally:
                    world.close()
            heard, told, ends = tuple(world.heard), tuple(world.post.told), tuple(world.deaths)
            return Outcome(story, heard, told, ends, rows, world.mended)

        return run_timeless(main)


@cache
def _school() -> Path:
    """A database with the school in it, on DingTalk: made once, copied for each story."""
    folder = Path(tempfile.mkdtemp(prefix="sim-", dir=_MEMORY))
    file = folder / "school.db"

    async def fill() -> None:
        database = f"sqlite://{file}"
        await migrate_records(database)
        people, _ = await asyncio.create_task(filled_anew(database))
        records = await open_records(database, _ring(), _plan())
        try:
            for name, person in people.items():
                await add_account(person, PLATFORM, APP, account(name))
        finally:
            await records.close()

    asyncio.run(fill())
    return file


def _ring() -> Keyring:
    return Keyring({"k1": b"1" * 32}, b"s" * 32)


@cache
def _plan() -> Plan:
    return read_plan(None).with_minimum(0.33)


@contextmanager
def _in(world: World) -> Iterator[None]:
    """Within, all clocks, dice and waits are the world's, and what the watch mends is counted."""
    clock = SimpleNamespace(monotonic=world.loop.time)
    dingtalk = chat.platforms.PLATFORMS[PLATFORM]
    mend = workers.watch._look_at

    def seen(view: Any, message: Any, where: str) -> dict[str, Any]:
        return {**dingtalk.payload(view, message, where), "seen": msgspec.to_builtins(view)}

    async def mended(problems: Any, why: str) -> None:
        world.mended += 1
        await mend(problems, why)

    with ExitStack() as within:
        for one in (
            by_machines(),
            patch.object(domain.clock, "real_now", world.now),
            patch("domain.queries.watching.real_now", lambda: machine.get().clock()),  # type: ignore[attr-defined]
            patch("workers.pacing.time", clock),
            patch("workers.budget.time", clock),
            patch("workers.watch.perf_counter", world.loop.time),
            patch.object(workers.watch, "_look_at", mended),
            patch.object(workers.stuck, "random", world.dice),
            patch.dict(chat.platforms.PLATFORMS, {PLATFORM: replace(dingtalk, payload=seen)}),
        ):
            within.enter_context(one)
        if not world.story.ordered:
            within.enter_context(_unknown_year())
        yield


@contextmanager
def _unknown_year() -> Iterator[None]:
    """Nobody knows the holidays of any year."""
    calendar = domain.rules.calendar
    with patch.object(calendar, "covered", lambda _year: False):
        calendar.is_working.cache_clear()
        yield
    calendar.is_working.cache_clear()
