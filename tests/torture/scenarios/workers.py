"""Processes that work die, are stopped, stand still: F1 to F4, F7, F26, F27."""

from __future__ import annotations

import asyncio
import time

from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import Fault, Measure, Stage

WORKERS = ("worker 1", "worker 2")
SCHEDULERS = ("scheduler 1", "scheduler 2")
# A lease of the tests, and what a new start takes on a busy machine (seconds).
LATE = 15.0
# From one blow to the next, with the new start that it waits for (seconds).
BETWEEN = 2.0
# What a worker has in hand at once.
IN_HAND = 16


async def _untouched(stage: Stage) -> list[Measure]:
    return measures(await ended(stage, await ask_for(stage)), late=3.0)


async def _killed(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage, BETWEEN * stage.scale.blows)
    await until_first(expected)
    for _ in range(stage.scale.blows):
        await asyncio.sleep(stage.dice.uniform(0.2, 1.0))
        name = stage.dice.choice(WORKERS)
        stage.system.kill(name)
        await asyncio.to_thread(stage.system.begin, name)
    repeats = min(stage.scale.blows * IN_HAND, 100)
    return measures(await ended(stage, expected), repeats=repeats, late=LATE)


async def _killed_with_one_sender(stage: Stage) -> list[Measure]:
    for name in WORKERS:
        stage.system.kill(name)
    await asyncio.to_thread(stage.system.begin, *WORKERS, THREADS="1")
    found = await _killed(stage)
    for name in WORKERS:
        stage.system.kill(name)
    await asyncio.to_thread(stage.system.begin, *WORKERS)
    return found


async def _crash_loop(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    await until_first(expected)
    for _ in range(stage.scale.blows):
        name = stage.dice.choice(WORKERS)
        stage.system.kill(name)
        # It dies again before it has got to work.
        stage.system.begin_unwatched(name)
        await asyncio.sleep(stage.dice.uniform(0.05, 0.3))
    for name in WORKERS:
        stage.system.kill(name)
    await asyncio.to_thread(stage.system.begin, *WORKERS)
    last = time.time()
    found = await ended(stage, expected)
    ending = time.time() - max(last, *expected.values())
    return [
        *measures(found, repeats=100, late=stage.scale.seconds + 60),
        Measure("over after the last kill, s", ending, 60),
    ]


async def _deployed(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    await until_first(expected)
    slowest = 0.0
    for _ in range(max(2, stage.scale.blows // 10)):
        name = stage.dice.choice(WORKERS)
        slowest = max(slowest, await asyncio.to_thread(stage.system.end_gently, name))
        await asyncio.to_thread(stage.system.begin, name)
    return [
        *measures(await ended(stage, expected), late=LATE),
        Measure("slowest to end when asked, s", slowest, 15),
    ]


async def _stood_still(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    await until_first(expected)
    await asyncio.sleep(0.3)
    for name in ("worker 1", "scheduler 1"):
        stage.system.pause(name)
    # Longer than its leases last.
    await asyncio.sleep(5)
    # What it had sent before, it may not have written down: as with a death.
    stage.system.deaths.append(time.time())
    for name in ("worker 1", "scheduler 1"):
        stage.system.go_on(name)
    return measures(await ended(stage, expected), repeats=IN_HAND, late=LATE)


async def _five_schedulers(stage: Stage) -> list[Measure]:
    more = ("scheduler 3", "scheduler 4", "scheduler 5")
    await asyncio.to_thread(stage.system.begin, *more)
    try:
        return measures(await ended(stage, await ask_for(stage)), late=3.0)
    finally:
        for name in more:
            stage.system.forget(name)


async def _all_restarted_in_turn(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    await until_first(expected)
    for name in (*WORKERS, *SCHEDULERS):
        await asyncio.to_thread(stage.system.end_gently, name)
        await asyncio.to_thread(stage.system.begin, name)
    return measures(await ended(stage, expected), late=LATE)


FAULTS = (
    Fault("F1", "Without any fault each comes once, in time, and none early", _untouched),
    Fault("F2", "Workers killed at any moment lose nothing", _killed),
    Fault("F3", "So it is with one sender in each", _killed_with_one_sender),
    Fault("F4", "Workers that die as they start lose nothing", _crash_loop),
    Fault("F7", "A worker that is asked to end ends, and repeats nothing", _deployed),
    Fault("F26", "Who stood still while sending and goes on disturbs nobody", _stood_still),
    Fault("F26b", "Five schedulers tell each thing once", _five_schedulers),
    Fault("F27", "A restart of each in turn loses and repeats nothing", _all_restarted_in_turn),
)
