"""What a fault is measured by: many notices, due one after the other, and what became of them."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from domain.actions.outbox import Address, put
from domain.models import ProblemEvent, Timer
from domain.notices.rungs import NobodyToTell
from domain.records import now
from tests.commands.dialogs import LIN, listed
from tests.faults.oracle import Judgement, Key, judged
from tests.fixtures.dingtalk_door import account
from tests.fixtures.system import over
from tests.torture.fault import Measure, Stage

# What it takes to ask for one, on a machine that does other things too; the first is due when all
# have been asked for, and not sooner than in a second (seconds).
_ASKING = 0.02
_SOON = 1.0
# How many problems the notices are about: to make one takes longer than to tell of it.
_MOST_PROBLEMS = 80


async def ask_for(stage: Stage, seconds: float = 0.0) -> dict[Key, float]:
    """Have so many things told to many people over the next seconds; when each is due.

    It lasts as long as the scale says, and at least so many seconds. Each is known by its reader
    and its number, so no reader is told of one number twice.
    """
    lasts = max(seconds, stage.scale.seconds)
    soon = max(_SOON, _ASKING * stage.scale.notices)
    who = sorted(stage.school.people)
    about = [
        await listed(stage.school, LIN, f"第 {n} 件")
        for n in range(min(stage.scale.notices, _MOST_PROBLEMS))
    ]
    # What is to come of the problems themselves is nothing of this.
    await Timer.filter(duty="problem").update(due_at=None)
    events = {one.problem_id: one.id for one in await ProblemEvent.filter(problem_id__in=about)}
    present, real = await now(), time.time()
    expected: dict[Key, float] = {}
    for n in range(stage.scale.notices):
        problem, person = about[n % len(about)], who[(n // len(about) + n) % len(who)]
        later = soon + lasts * n / stage.scale.notices
        notice = NobodyToTell(problem=problem, event=events[problem])
        to = Address(person=stage.school.people[person])
        at = present + timedelta(seconds=later)
        await put(notice, to, f"fault:{problem}:{person}", at=at)
        expected[(account(person), str(problem))] = real + later
    assert len(expected) == stage.scale.notices
    return expected


async def until_first(expected: dict[Key, float]) -> None:
    """Wait until the first of them has been due for a moment."""
    await asyncio.sleep(max(0.0, min(expected.values()) + 0.2 - time.time()))


async def ended(stage: Stage, expected: dict[Key, float]) -> Judgement:
    """Wait until everything is over, then judge."""
    await asyncio.sleep(max(0.0, max(expected.values()) - time.time() + 0.1))
    await over()
    return judged(expected, stage.system.platform.receipts(), stage.system.deaths)


def measures(found: Judgement, *, repeats: float = 0, times: int = 0, late: float) -> list[Measure]:
    """Nothing lost, early, unasked or repeated without a reason; within its time (seconds).

    `repeats` may have a reason; where `times` is given, none may come more often than that.
    """
    most = [Measure("times that one came", found.times, times)] if times else []
    return [
        Measure("lost", len(found.lost)),
        Measure("early", len(found.early)),
        Measure("asked for by nobody", len(found.unasked)),
        Measure("unexplained repeats", len(found.unexplained)),
        Measure("explained repeats", found.explained, repeats),
        *most,
        Measure("latest, s", max(found.late, default=0.0), late),
    ]
