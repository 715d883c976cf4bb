"""Processes that work die, are stopped, stand still: F1 to F4, F7, F26, F27."""

from __future__ import annotations

import asyncio
import time

from domain.records import now, set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.faults.oracle import Death, judged
from tests.faults.quick import LEASE
from tests.fixtures.dingtalk_door import account
from tests.fixtures.passing import at
from tests.fixtures.system import over
from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import LAG, Fault, Measure, Stage

WORKERS = ("worker 1", "worker 2")
SCHEDULERS = ("scheduler 1", "scheduler 2")
# A lease of the tests, and what a new start takes (seconds).
LATE = LEASE + 6.0
# Where nobody dies (seconds).
IN_TIME = 3.0
# From one blow to the next, with the new start that it waits for (seconds).
BETWEEN = 2.0
# What a worker has in hand at once.
IN_HAND = 16
# For so many problems somebody is called in one morning: as many as one message has room for.
_CALLS = 8


async def _untouched(stage: Stage) -> list[Measure]:
    return measures(await ended(stage, await ask_for(stage)), late=IN_TIME)


async def _killed(stage: Stage) -> list[Measure]:
    return await _while_they_die(stage, in_hand=IN_HAND, repeats=100, times=3)


async def _while_they_die(stage: Stage, *, in_hand: int, repeats: int, times: int) -> list[Measure]:
    """Each death explains what its worker had in hand; `repeats` are the most all the same."""
    expected = await ask_for(stage, BETWEEN * stage.scale.blows)
    await until_first(expected)
    for _ in range(stage.scale.blows):
        await asyncio.sleep(stage.dice.uniform(0.2, 1.0))
        name = stage.dice.choice(WORKERS)
        await _calls(stage, name)
        stage.system.kill(name)
        await asyncio.to_thread(stage.system.begin, name)
    repeats = min(stage.scale.blows * in_hand, repeats)
    return measures(await ended(stage, expected), repeats=repeats, times=times, late=LATE)


async def _calls(stage: Stage, name: str) -> None:
    """Until that worker has a call under way, or none for a while; and a moment more."""
    until = time.time() + 1.0
    while name not in stage.system.platform.calling and time.time() < until:  # noqa: ASYNC110  it is another thread's
        await asyncio.sleep(0.002)
    await asyncio.sleep(stage.dice.uniform(0.0, LAG / 2))


async def _killed_in_the_morning(stage: Stage) -> list[Measure]:
    """Many problems' timers fall due at once; who looks after them dies, and who hands them out."""
    system, school = stage.system, stage.school
    numbers = [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(_CALLS)]
    await over()
    system.platform.brought.clear()
    await set_now(at("2018-09-05T07:29:58"))
    morning = time.time() + (at("2018-09-05T07:30") - await now()).total_seconds()
    expected = {(account(CAI), str(number)): morning for number in numbers}
    await asyncio.sleep(max(0.0, morning - time.time()))
    for _ in range(stage.scale.blows):
        await asyncio.sleep(stage.dice.uniform(0.0, 0.4))
        name = stage.dice.choice((*WORKERS, *SCHEDULERS))
        system.kill(name)
        await asyncio.to_thread(system.begin, name)
    await over()
    calls = [one for one in system.platform.receipts() if one.key in expected]
    return measures(judged(expected, calls, system.deaths), repeats=_CALLS, times=3, late=LATE)


async def _killed_with_one_sender(stage: Stage) -> list[Measure]:
    for name in WORKERS:
        stage.system.kill(name)
    await asyncio.to_thread(stage.system.begin, *WORKERS, THREADS="1")
    found = await _while_they_die(stage, in_hand=1, repeats=70, times=2)
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
        *measures(found, repeats=100, times=6, late=stage.scale.seconds + 60),
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
    stage.system.deaths.append(Death(time.time(), "worker 1"))
    for name in ("worker 1", "scheduler 1"):
        stage.system.go_on(name)
    return measures(await ended(stage, expected), repeats=IN_HAND, late=LATE)


async def _five_schedulers(stage: Stage) -> list[Measure]:
    more = ("scheduler 3", "scheduler 4", "scheduler 5")
    await asyncio.to_thread(stage.system.begin, *more)
    try:
        return measures(await ended(stage, await ask_for(stage)), late=IN_TIME)
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
    Fault(
        "F2b",
        "Timers that fall due while workers are killed are looked after",
        _killed_in_the_morning,
    ),
    Fault("F3", "So it is with one sender in each", _killed_with_one_sender),
    Fault("F4", "Workers that die as they start lose nothing", _crash_loop),
    Fault("F7", "A worker that is asked to end ends, and repeats nothing", _deployed),
    Fault("F26", "Who stood still while sending and goes on disturbs nobody", _stood_still),
    Fault("F26b", "Five schedulers tell each thing once", _five_schedulers),
    Fault("F27", "A restart of each in turn loses and repeats nothing", _all_restarted_in_turn),
)
