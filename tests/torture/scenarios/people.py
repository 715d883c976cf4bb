"""People act at the very moment, are away, or gone from the platform: F33, F34."""

from __future__ import annotations

import asyncio
import time

from domain.records import set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.dingtalk_door import account
from tests.fixtures.passing import at
from tests.fixtures.system import over
from tests.torture.fault import Fault, Measure, Stage

HE = "何国良"


async def _claimed_as_it_is_told(stage: Stage) -> list[Measure]:
    """Claims and the morning's calls for them, within seconds of each other."""
    school, many = stage.school, 20 if stage.scale.notices < 1000 else 200
    numbers = [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(many)]
    await over()
    await set_now(at("2018-09-05T07:29:58"))
    claimed: dict[str, float] = {}

    async def claim(number: int) -> None:
        await asyncio.sleep(stage.dice.uniform(0.5, 4.5))
        reply = await school.one(CAI, f"/认领 {number}")
        # Where the machine is at its end the claim is refused, and its caller is told so.
        if reply["notice"] == "ProblemMoved":
            claimed[str(number)] = time.time()

    await asyncio.gather(*(claim(number) for number in numbers))
    await over()
    calls = [one for one in stage.system.platform.brought if "/claim" in one.text]
    late = [
        number
        for one in calls
        for (_, number) in [receipt.key for receipt in one.receipts()]
        if claimed.get(number, one.at) < one.at - 2
    ]
    return [
        Measure("called for after it was claimed", len(late)),
        Measure("nobody was called", not calls),
    ]


async def _gone_from_the_platform(stage: Stage) -> list[Measure]:
    """The line leader is no account of DingTalk's any more when the call comes."""
    school, platform = stage.school, stage.system.platform
    # Not earlier than the fault before left it: the school's clock only goes on.
    await set_now(at("2018-09-05T10:00"))
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await over()
    platform.brought.clear()
    platform.gone = frozenset({account(CAI)})
    await set_now(at("2018-09-07T07:29:58"))
    await asyncio.sleep(2.2)
    await over()
    platform.gone = frozenset()
    up = [one for one in platform.brought if account(HE) in one.accounts]
    return [
        Measure("calls that went to nobody", not any(f"#{number}" in one.text for one in up)),
        Measure("taken by who is gone", _taken_by(stage, CAI)),
    ]


def _taken_by(stage: Stage, name: str) -> int:
    brought = stage.system.platform.brought
    return sum(account(name) in one.accounts and one.outcome == "taken" for one in brought)


FAULTS = (
    Fault("F33", "A claim stops the call for one, however close they are", _claimed_as_it_is_told),
    Fault(
        "F34",
        "A call that never reaches its leader goes to the next one up",
        _gone_from_the_platform,
    ),
)
