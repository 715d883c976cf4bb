"""Has our program answer a /visit of each teacher, and takes down what the database was asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from benchmarks.doors import SignedDoor
from benchmarks.load import Client, Speakers
from benchmarks.recording import Recording, recorded
from benchmarks.school import TEACHERS, keyring
from benchmarks.scripts import Script, script_of
from domain.records import open_records
from domain.rules.plan import read_plan
from service.running import listen
from workers.relay import Relay

# How often a visit is tried that wasn't answered in time, and how long to wait before (seconds).
_TRIES, _A_WHILE = 10, 3.0
# At least such a part of them must ask the same.
_MOST = 0.9
_UNDONE = ("rollback", "rollback_to")


@dataclass(frozen=True)
class Captured:
    """A script for each teacher, what one of them was made from, and the answer that was given."""

    scripts: list[Script]
    recording: Recording
    answer: bytes


async def captured(database: str, door: SignedDoor) -> Captured:
    """The scripts of one /visit each; what is done after the answer is no part of them."""
    records = await open_records(database, keyring(), read_plan(None))
    try:
        async with _answering(door) as port:
            speakers = Speakers(door, port, door.recorded)
            async with speakers.client() as client:
                return await _captured(client)
    finally:
        await records.close()


@asynccontextmanager
async def _answering(door: SignedDoor) -> AsyncIterator[int]:
    # A relay that isn't run: what was said stays unmarked, and nothing is asked meanwhile.
    relay = Relay(lambda _entry: None, _nothing)
    runner = web.AppRunner(door.application(relay), access_log=None)
    await runner.setup()
    listening = listen("127.0.0.1", 0)
    try:
        await web.SockSite(runner, listening).start()
        yield listening.getsockname()[1]
    finally:
        await runner.cleanup()


async def _nothing() -> None:
    await asyncio.sleep(0)


async def _recorded(client: Client, teacher: int) -> tuple[Recording, bytes]:
    """A visit that was answered in time: of one that wasn't something still goes on afterwards."""
    for _ in range(_TRIES):
        # As every later one: after the first a visit waits for what may be added to it.
        before = await client.say(teacher)
        with recorded() as recording:
            answer = await client.say(teacher)
        if not any(map(client.speakers.is_late, (before, answer))):
            return recording, answer
        await asyncio.sleep(_A_WHILE)
    raise RuntimeError("the machine is too busy: no /visit is answered in time")


async def _captured(client: Client) -> Captured:
    scripts: list[Script] = []
    for teacher in range(TEACHERS):
        recording, answer = await _recorded(client, teacher)
        if recording.count(*_UNDONE):
            raise RuntimeError("a /visit that takes something back is not what is measured")
        scripts.append(script_of(recording))
    return Captured(_alike(scripts), recording, answer)


def _alike(scripts: list[Script]) -> list[Script]:
    """Those that ask the same, in whatever order: it is fetched side by side.

    On a busy machine a few are another's: what was put off goes on while the next is recorded.
    """
    shapes = [tuple(sorted((step.kind, step.sql) for step in script)) for script in scripts]
    (usual, times), *others = Counter(shapes).most_common()
    if times < _MOST * len(scripts):
        odd = set(usual) ^ set(others[0][0])
        raise RuntimeError(f"the /visits are not alike, {len(others)} kinds differ: {odd}")
    return [script for script, shape in zip(scripts, shapes, strict=True) if shape == usual]
