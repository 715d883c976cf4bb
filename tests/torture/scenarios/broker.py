"""Redis forgets, dies, fills up or is set wrongly: F15 to F17."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import redis as redis_library

from tests.commands.dialogs import LIN
from tests.faults.quick import LEASE, SWEEP
from tests.fixtures.processes import ROOT, RUN
from tests.fixtures.system import door
from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import Fault, Measure, Stage
from workers.broker import redis_client

# A lease, a sweep, and what is allowed beyond them (seconds).
LATE = LEASE + SWEEP + 5.0


async def _forgets(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    client = redis_client(stage.system.redis.address)
    await until_first(expected)
    blows = min(stage.scale.blows, 10)
    for _ in range(blows):
        await asyncio.sleep(stage.dice.uniform(0.4, 0.9) * stage.scale.seconds / blows)
        client.flushall()
    return measures(await ended(stage, expected), late=LATE)


async def _dies(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    await until_first(expected)
    away = answered = 0.0
    blows = min(max(1, stage.scale.blows // 3), 10)
    for _ in range(blows):
        await asyncio.sleep(stage.dice.uniform(0.1, 0.4) * stage.scale.seconds / blows)
        began = time.time()
        await asyncio.to_thread(stage.system.redis.stop, signal.SIGKILL)
        answered = max(answered, await _heard_while_away(stage))
        await asyncio.sleep(stage.dice.uniform(0.5, 1.5))
        await asyncio.to_thread(stage.system.redis.start)
        away = max(away, time.time() - began)
    return [
        *measures(await ended(stage, expected), late=away + LATE),
        Measure("slowest answer at the door, s", answered, 2.0),
    ]


async def _heard_while_away(stage: Stage) -> float:
    async with door(stage.system, stage.school) as there:
        began = time.perf_counter()
        status, _ = await there.post(there.message(LIN, "/whoami"))
    assert status == 200
    return time.perf_counter() - began


async def _full(stage: Stage) -> list[Measure]:
    client = redis_client(stage.system.redis.address)
    expected = await ask_for(stage)
    await until_first(expected)
    client.config_set("maxmemory", "1")
    refused = 0
    with suppress(redis_library.RedisError):
        refused = 1
        client.set("something", "x" * 100)
        refused = 0
    await asyncio.sleep(stage.scale.seconds)
    client.config_set("maxmemory", "0")
    found = await ended(stage, expected)
    return [
        *measures(found, late=stage.scale.seconds + LATE),
        Measure("writes that a full Redis took", 1 - refused),
    ]


async def _set_wrongly(stage: Stage) -> list[Measure]:
    client = redis_client(stage.system.redis.address)
    client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        said = await asyncio.to_thread(_check, stage)
    finally:
        client.config_set("maxmemory-policy", "noeviction")
    return [
        Measure("silent about eviction", "maxmemory-policy noeviction" not in said),
        Measure("silent about what a restart forgets", "appendonly yes" not in said),
    ]


def _check(stage: Stage) -> str:
    there = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, "check"],
        cwd=stage.system.folder,
        env=there | stage.system.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


FAULTS = (
    Fault("F15", "A Redis that forgets everything loses nothing", _forgets),
    Fault("F16", "A Redis that is killed and away delays, and the door answers", _dies),
    Fault("F16b", "A Redis without room delays and loses nothing", _full),
    Fault("F17", "zoufang check names what is set wrongly in Redis", _set_wrongly),
)
