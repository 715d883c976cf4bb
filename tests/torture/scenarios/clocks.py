"""A worker's clock is wrong, the school's is moved, a night lies between: F28, F29, F35."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from domain.records import now, real_now, set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.dingtalk_door import account
from tests.fixtures.passing import at
from tests.fixtures.system import over
from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import Fault, Measure, Stage
from tests.torture.scenarios.workers import IN_TIME, SCHEDULERS, WORKERS


async def _workers_clock(stage: Stage) -> list[Measure]:
    """One a minute ahead, one a day behind: the database alone says what is due."""
    shifts = dict(zip((*WORKERS, *SCHEDULERS), ("65", "-86400", "86400", "-65"), strict=True))
    for name, ahead in shifts.items():
        stage.system.kill(name)
        await asyncio.to_thread(stage.system.begin, name, CLOCK_AHEAD=ahead)
    stage.system.deaths.clear()
    found = measures(await ended(stage, await ask_for(stage)), late=IN_TIME)
    for name in shifts:
        stage.system.kill(name)
        await asyncio.to_thread(stage.system.begin, name)
    return found


async def _school_clock(stage: Stage) -> list[Measure]:
    """It is put an hour on in the middle, and ten minutes back: each overdue comes once."""
    expected = await ask_for(stage)
    await until_first(expected)
    await asyncio.sleep(stage.scale.seconds / 2)
    # All that was still to come is due at this moment; none before it is.
    jump = time.time()
    expected = {key: min(due, jump) for key, due in expected.items()}
    await set_now(await now() + timedelta(hours=1))
    await over()
    await set_now(await now() - timedelta(minutes=10))
    await asyncio.sleep(1)
    return measures(await ended(stage, expected), late=IN_TIME)


async def _over_the_night(stage: Stage) -> list[Measure]:
    school, system = stage.school, stage.system
    number = await listed(school, LIN, "操场积水", category="logistics")
    await over()
    system.platform.brought.clear()
    await set_now(at("2018-09-11T22:00"))
    await school.say(CAI, f"/认领 {number}")
    names = (*WORKERS, *SCHEDULERS)
    for name in names:
        system.kill(name)
    await set_now(at("2018-09-12T07:29:56"))
    await asyncio.to_thread(system.begin, *names)
    morning = real_now() + (at("2018-09-12T07:30") - await now())
    await asyncio.sleep(max((morning - real_now()).total_seconds(), 0) + 0.2)
    await over()
    told = [one for one in system.platform.brought if account(LIN) in one.accounts]
    holding = [one for one in told if f"#{number}" in one.text]
    return [
        Measure("messages but one", abs(len(told) - 1)),
        Measure("told but once", abs(len(holding) - 1)),
        Measure("early", sum(one.at < morning.timestamp() for one in told)),
    ]


FAULTS = (
    Fault(
        "F28", "Whatever a worker's clock says, nothing is early and nothing twice", _workers_clock
    ),
    Fault("F29", "A clock that jumps tells each overdue once", _school_clock),
    Fault(
        "F35",
        "What rests over the night comes in the morning, whoever was restarted",
        _over_the_night,
    ),
)
