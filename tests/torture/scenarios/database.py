"""PostgreSQL is away, crashes, hangs; a SQLite file's process is killed, its disk is full: F8 to F13."""

from __future__ import annotations

import asyncio
import signal
import time

from domain.models import Heard, Problem
from tests.commands.dialogs import LIN
from tests.faults.oracle import Death
from tests.fixtures.system import door, over
from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import Fault, Measure, Stage
from tests.torture.on_sqlite import disk_full, killed_while_writing
from tests.torture.scenarios.door import ASKS, asked
from tests.torture.scenarios.workers import BETWEEN, IN_HAND, LATE, WORKERS

# How long a crash of PostgreSQL may keep everybody from work (seconds).
BACK = 5.0


async def _away(stage: Stage) -> list[Measure]:
    """Down for a while, and people go on to speak."""
    postgres = stage.system.postgres
    before = await Problem.all().count()
    async with door(stage.system, stage.school) as there:
        await there.post(there.message(LIN, "/whoami"))
        await asyncio.to_thread(postgres.stop)
        slowest, bodies, until = 0.0, [], time.perf_counter() + min(stage.scale.seconds, 60)
        while time.perf_counter() < until:
            bodies.append(there.message(LIN, ASKS))
            began = time.perf_counter()
            status, said = await there.post(bodies[-1])
            slowest = max(slowest, time.perf_counter() - began)
            assert status == 200
            assert "#" not in str(said)
            await asyncio.sleep(0.1)
        await asyncio.to_thread(postgres.start)
        await asyncio.sleep(1)
        # They were asked to send it again.
        for body in bodies:
            await there.post(body)
    await over()
    kept = await Problem.all().count() - before
    return [
        Measure("slowest honest answer, s", slowest, 2.0),
        Measure("messages lost or doubled", abs(kept - len(bodies))),
    ]


async def _crashes(stage: Stage) -> list[Measure]:
    """It crashes again and again while workers are killed as well."""
    blows = max(2, stage.scale.blows // 2)
    expected = await ask_for(stage, BETWEEN * blows)
    await until_first(expected)
    for blow in range(blows):
        await asyncio.sleep(stage.dice.uniform(0.3, 1.0))
        name = stage.dice.choice(WORKERS)
        stage.system.kill(name)
        if blow % 2 == 0:
            # All of them may have sent what they couldn't write down.
            stage.system.deaths.append(Death(time.time()))
            await asyncio.to_thread(stage.system.postgres.stop, signal.SIGQUIT)
            await asyncio.to_thread(stage.system.postgres.start)
            stage.system.deaths.append(Death(time.time() + 1))
        await asyncio.to_thread(stage.system.begin, name)
    found = await ended(stage, expected)
    return measures(found, repeats=min(blows * IN_HAND * 2, 60), late=BACK + LATE)


async def _hangs(stage: Stage) -> list[Measure]:
    """It takes connections and answers nothing; then it goes on as if nothing had been."""
    before = await Problem.all().count()
    seconds = min(stage.scale.seconds, 30.0)
    async with door(stage.system, stage.school) as there:
        body = there.message(LIN, ASKS)
        stage.system.postgres.hang()
        try:
            slowest, promised = await asked(there, body, seconds)
        finally:
            stage.system.postgres.go_on()
        await asyncio.sleep(1)
        began = time.perf_counter()
        _status, said = await there.post(body)
        until = time.perf_counter() + 20
        while "#" not in str(said) and time.perf_counter() < until:
            await asyncio.sleep(0.2)
            _status, said = await there.post(body)
        recovered = time.perf_counter() - began
    await over()
    heard = await Heard.filter(message_key__contains=body["msgId"]).count()
    return [
        Measure("slowest answer, s", slowest, 2.0),
        Measure("receipts while it hung", promised),
        Measure("well again after, s", recovered, 15.0),
        Measure("effects but one", abs(await Problem.all().count() - before - 1)),
        Measure("times heard but one", abs(heard - 1)),
    ]


async def _hard_on_sqlite(stage: Stage) -> list[Measure]:
    return await killed_while_writing(stage)


async def _full_on_sqlite(stage: Stage) -> list[Measure]:
    return await disk_full(stage)


FAULTS = (
    Fault("F8", "While PostgreSQL is away each hears so, and nothing is dropped in silence", _away),
    Fault("F9", "A PostgreSQL that crashes while workers die loses nothing", _crashes),
    Fault(
        "F11", "A PostgreSQL that hangs holds up no answer, and all is well again by itself", _hangs
    ),
    Fault(
        "F12", "A full disk is said before anything is answered for, and passes", _full_on_sqlite
    ),
    Fault(
        "F13",
        "A SQLite school that is killed while it writes keeps what it answered",
        _hard_on_sqlite,
    ),
)
