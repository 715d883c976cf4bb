"""People act at the very moment, are away, or gone from the platform: F33, F34."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence

from domain.records import set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.faults.platform import Brought, Platform
from tests.fixtures.dingtalk_door import account
from tests.fixtures.passing import at
from tests.fixtures.system import PATIENCE, over
from tests.torture.fault import Fault, Measure, Stage

HE = "何国良"
# What was on its way when its reason went may still arrive (seconds).
_ON_ITS_WAY = 2.0


async def _claimed_as_it_is_told(stage: Stage) -> list[Measure]:
    """Claims, and the morning's calls for them, which the platform doesn't take at first: what is
    claimed while its call waits for another try is called for no more.
    """
    school, platform = stage.school, stage.system.platform
    # Not earlier than what was played before left it: the school's clock only goes on.
    await set_now(at("2018-09-05T10:00"))
    many = 20 if stage.scale.notices < 1000 else 200
    numbers = [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(many)]
    await over()
    platform.brought.clear()
    platform.mood = lambda: "500"
    await set_now(at("2018-09-07T07:29:58"))
    claimed: dict[str, float] = {}

    async def claim(number: int) -> None:
        # Half of them at about the time of the call, half of them while it waits for another try.
        if number % 2:
            await asyncio.sleep(stage.dice.uniform(0.5, 4.5))
        else:
            await _tried(platform)
            await asyncio.sleep(stage.dice.uniform(0.0, 2.0))
        reply = await school.one(CAI, f"/认领 {number}")
        # Where the machine is at its end the claim is refused, and its caller is told so.
        if reply["notice"] == "ProblemMoved":
            claimed[str(number)] = time.time()

    await asyncio.gather(*(claim(number) for number in numbers))
    await asyncio.sleep(_ON_ITS_WAY)
    well = time.time()
    platform.mood = lambda: "well"
    await over()
    return _called_for(platform.brought, claimed, well)


async def _tried(platform: Platform) -> None:
    """Until somebody was to be called."""
    until = time.time() + PATIENCE
    while not any("/claim" in one.text for one in platform.brought):
        assert time.time() < until, "nobody is called"
        await asyncio.sleep(0.05)


def _called_for(
    brought: Sequence[Brought], claimed: Mapping[str, float], well: float
) -> list[Measure]:
    calls = [one for call in brought if "/claim" in call.text for one in call.receipts()]
    tried = {one.key[1]: one.at for one in reversed(calls)}
    taken = [one for one in calls if one.outcome == "taken"]
    late = [one for one in taken if claimed.get(one.key[1], one.at) < one.at - _ON_ITS_WAY]
    # These would be called for, did nobody look again.
    waited = [
        number
        for number, when in claimed.items()
        if tried.get(number, well) < when < well - _ON_ITS_WAY
    ]
    return [
        Measure("called for after it was claimed", len(late)),
        Measure("none was claimed while its call waited", not waited),
    ]


async def _gone_from_the_platform(stage: Stage) -> list[Measure]:
    """The line leader is no account of DingTalk's any more when the call comes."""
    school, platform = stage.school, stage.system.platform
    await set_now(at("2018-09-07T10:00"))
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await over()
    platform.brought.clear()
    platform.gone = frozenset({account(CAI)})
    await set_now(at("2018-09-11T07:29:58"))
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
