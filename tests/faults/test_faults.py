"""Nothing is lost, nothing comes early, nothing comes twice without a reason: real processes.

Each fault is short here: leases last seconds instead of half a minute, and nothing else of the
program is changed (quick.py). DingTalk alone is a fake.
"""

from __future__ import annotations

import asyncio
import random
import time
from datetime import timedelta

from domain.actions.outbox import Address, put
from domain.models import Delivery, Heard, OutboxEntry, Problem, ProblemEvent, Timer
from domain.notices.rungs import NobodyToTell
from domain.records import now, real_now, set_now
from tests.commands.dialogs import CAI, LIN, listed
from tests.faults.oracle import Judgement, Key, judged
from tests.faults.platform import chaotic
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School
from tests.fixtures.passing import at
from tests.fixtures.system import System, door, over
from workers.broker import redis_client

# So many notices, due over so many seconds.
NOTICES, SECONDS = 80, 4.0
# Not much later than its time may something come that nothing kept (seconds); for the arrows only.
_SOON = 1.0


async def ask_for(school: School, number: int, seconds: float) -> dict[Key, float]:
    """Have so many things told to many people over the next seconds; when each is due."""
    who = sorted(school.people)
    present, real = await now(), time.time()
    expected: dict[Key, float] = {}
    for n in range(number):
        problem = await listed(school, LIN, f"第 {n} 件")
        event = await ProblemEvent.filter(problem_id=problem).first()
        assert event is not None
        later = _SOON + seconds * n / number
        notice = NobodyToTell(problem=problem, event=event.id)
        person = who[n % len(who)]
        to = Address(person=school.people[person])
        await put(notice, to, f"fault:{problem}", at=present + timedelta(seconds=later))
        expected[(account(person), str(problem))] = real + later
    # What is to come of the problems themselves is nothing of this.
    await Timer.filter(duty="problem").update(due_at=None)
    return expected


async def judge(system: System, expected: dict[Key, float]) -> Judgement:
    """Wait until everything is over, then judge."""
    await asyncio.sleep(max(expected.values()) - time.time() + 0.1)
    await over()
    return judged(expected, system.platform.receipts(), system.deaths)


async def test_f1_without_any_fault_each_comes_once_and_none_early(
    system: System, school_there: School
) -> None:
    found = await judge(system, await ask_for(school_there, NOTICES, SECONDS))
    assert found.clean, found
    assert found.explained == 0


async def test_f2_workers_that_are_killed_lose_nothing(
    system: System, school_there: School
) -> None:
    expected = await ask_for(school_there, NOTICES, SECONDS)
    dice = random.Random(2)
    for _ in range(4):
        await asyncio.sleep(dice.uniform(0.2, 1.0))
        name = dice.choice(("worker 1", "worker 2"))
        system.kill(name)
        await asyncio.to_thread(system.begin, name)
    found = await judge(system, expected)
    assert found.clean, found
    # Each death may leave what its threads were just sending.
    assert found.explained <= 4 * 16


async def test_f15_a_redis_that_forgets_everything_loses_nothing(
    system: System, school_there: School
) -> None:
    expected = await ask_for(school_there, NOTICES, SECONDS)
    client = redis_client(system.redis.address)
    for _ in range(5):
        await asyncio.sleep(0.8)
        client.flushall()
    found = await judge(system, expected)
    assert found.clean, found
    assert found.explained == 0


async def test_f18_a_platform_in_chaos_gets_each_at_last(
    system: System, school_there: School
) -> None:
    system.platform.mood = chaotic(18)
    expected = await ask_for(school_there, NOTICES, SECONDS)
    found = await judge(system, expected)
    assert found.clean, found
    silent = sum(one.outcome == "silent" for one in system.platform.receipts())
    assert found.explained <= silent
    assert silent > 0


async def test_f22_a_message_that_comes_many_times_counts_once(
    system: System, school_there: School
) -> None:
    before = await Problem.all().count()
    async with door(system, school_there) as there:
        body = there.message(LIN, "/问题 七年级 操场积水，要绕着走 来源=电话 反映人=家长")
        said = await asyncio.gather(*(there.post(body) for _ in range(20)))
        redis_client(system.redis.address).flushall()
        said += await asyncio.gather(*(there.post(body) for _ in range(5)))
    assert {status for status, _ in said} == {200}
    assert await Problem.all().count() == before + 1
    assert await Heard.filter(message_key__contains=body["msgId"]).count() == 1


async def test_f26_who_stood_still_while_sending_and_goes_on_disturbs_nobody(
    system: System, school_there: School
) -> None:
    expected = await ask_for(school_there, NOTICES, SECONDS)
    await asyncio.sleep(1.5)
    system.pause("worker 1")
    system.pause("scheduler 1")
    # Longer than its leases last.
    await asyncio.sleep(5)
    # What it had sent before, it may not have written down: as with a death.
    system.deaths.append(time.time())
    system.go_on("worker 1")
    system.go_on("scheduler 1")
    found = await judge(system, expected)
    assert found.clean, found
    assert await Delivery.filter(entry__key__startswith="fault:").count() == (
        await OutboxEntry.filter(key__startswith="fault:").count()
    )


async def test_f33_a_claim_stops_the_call_for_one_however_close_they_are(
    system: System, school_there: School
) -> None:
    school = school_there
    numbers = [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(20)]
    await over()
    await set_now(at("2018-09-05T07:29:58"))
    claimed: dict[str, float] = {}
    dice = random.Random(33)

    async def claim(number: int) -> None:
        await asyncio.sleep(dice.uniform(0.5, 4.5))
        await school.say(CAI, f"/认领 {number}")
        claimed[str(number)] = time.time()

    await asyncio.gather(*(claim(number) for number in numbers))
    await over()
    calls = [
        one for one in system.platform.brought if "等您认领" in one.text or "claim" in one.text
    ]
    late = [
        number
        for one in calls
        for (_, number) in [receipt.key for receipt in one.receipts()]
        if claimed.get(number, one.at) < one.at - 2
    ]
    assert late == []


async def test_f35_what_rests_over_the_night_comes_in_the_morning_whoever_was_restarted(
    system: System, school_there: School
) -> None:
    school = school_there
    number = await listed(school, LIN, "操场积水", category="logistics")
    await over()
    system.platform.brought.clear()
    night = at("2018-09-10T22:00")
    await set_now(night)
    await school.say(CAI, f"/认领 {number}")
    names = ("worker 1", "worker 2", "scheduler 1", "scheduler 2")
    for name in names:
        system.kill(name)
    await set_now(at("2018-09-11T07:29:56"))
    await asyncio.to_thread(system.begin, *names)
    morning = real_now() + (at("2018-09-11T07:30") - await now())
    await asyncio.sleep(max((morning - real_now()).total_seconds(), 0) + 0.2)
    await over()
    told = [one for one in system.platform.brought if account(LIN) in one.accounts]
    assert [f"#{number}" in one.text for one in told] == [True]
    assert told[0].at >= morning.timestamp()
