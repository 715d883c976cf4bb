"""The door dies, is flooded with repeats, stands before a database that hangs: F5, F22, F23, F25."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import aiohttp
import asyncpg

from domain.models import Heard, Problem
from tests.commands.dialogs import LIN
from tests.fixtures.dingtalk_door import Ding
from tests.fixtures.system import door, over
from tests.torture.fault import Fault, Measure, Stage
from workers.broker import redis_client

ASKS = "/问题 七年级 操场积水，要绕着走 来源=电话 反映人=家长"


async def _killed(stage: Stage) -> list[Measure]:
    """Twenty messages a second, and the door dies again and again."""
    before = await Problem.all().count()
    answered: set[str] = set()
    sent: list[str] = []
    stop = asyncio.Event()

    async def speak() -> None:
        while not stop.is_set():
            await asyncio.sleep(0.05)
            if "is ready" not in stage.system.processes["serve"].text:
                continue
            async with door(stage.system, stage.school) as there:
                body = there.message(LIN, ASKS)
                sent.append(body["msgId"])
                with suppress(aiohttp.ClientError, TimeoutError):
                    status, said = await there.post(body)
                    if status == 200 and "#" in str(said):
                        answered.add(body["msgId"])

    speaking = asyncio.create_task(speak())
    for _ in range(min(stage.scale.blows, 200)):
        await asyncio.sleep(stage.dice.uniform(0.3, 0.8))
        stage.system.kill("serve")
        await asyncio.to_thread(stage.system.begin, "serve")
    stop.set()
    await speaking
    await over()
    kept = {row.message_key for row in await Heard.all() if _of(row.message_key, sent)}
    made = await Problem.all().count() - before
    return [
        Measure("answered and not kept", sum(not _is_in(one, kept) for one in answered)),
        Measure("effects without a message", max(0, made - len(kept))),
        Measure("messages without their effect", max(0, len(kept) - made)),
        Measure("nothing was answered", not answered),
    ]


def _of(key: str, sent: list[str]) -> bool:
    return any(one in key for one in sent)


def _is_in(message: str, kept: set[str]) -> bool:
    return any(message in key for key in kept)


async def _many_times(stage: Stage) -> list[Measure]:
    before = await Problem.all().count()
    async with door(stage.system, stage.school) as there:
        body = there.message(LIN, ASKS)
        said = await asyncio.gather(*(there.post(body) for _ in range(50)))
        redis_client(stage.system.redis.address).flushall()
        said += await asyncio.gather(*(there.post(body) for _ in range(5)))
    return [
        Measure("not answered", sum(status != 200 for status, _ in said)),
        Measure("effects but one", abs(await Problem.all().count() - before - 1)),
        Measure(
            "times heard but one",
            abs(await Heard.filter(message_key__contains=body["msgId"]).count() - 1),
        ),
    ]


async def _delivered_anew(stage: Stage) -> list[Measure]:
    """The same message in a new envelope is the same; to another robot it is another."""
    before = await Problem.all().count()
    async with door(stage.system, stage.school) as there:
        body = there.message(LIN, ASKS)
        await there.post(body)
        for later in (1000, 3_600_000):
            webhook = f"{body['sessionWebhook']}{later}"
            await there.post(
                body | {"createAt": body["createAt"] + later, "sessionWebhook": webhook}
            )
        anew = await Problem.all().count() - before
        await there.post(body | {"robotCode": "another"})
        another = await Problem.all().count() - before - anew
    return [
        Measure("effects but one", abs(anew - 1)),
        Measure("effects at another robot but one", abs(another - 1)),
    ]


async def _slow(stage: Stage) -> list[Measure]:
    """Somebody holds the table that every message writes to."""
    seconds = min(max(stage.scale.seconds, 3.0), 30.0)
    before = await Problem.all().count()
    holder = await asyncpg.connect(stage.system.postgres.address())
    try:
        transaction = holder.transaction()
        await transaction.start()
        await holder.execute("LOCK TABLE problem IN EXCLUSIVE MODE")
        async with door(stage.system, stage.school) as there:
            body = there.message(LIN, ASKS)
            slowest, promised = await asked(there, body, seconds)
        await transaction.rollback()
    finally:
        await holder.close()
    async with door(stage.system, stage.school) as there:
        # Whoever wasn't sure sends it again.
        _status, said = await there.post(body)
    await over()
    return [
        Measure("slowest answer, s", slowest, 2.0),
        Measure("receipts while it was held", promised),
        Measure("no receipt in the end", "#" not in str(said)),
        Measure("effects but one", abs(await Problem.all().count() - before - 1)),
    ]


async def asked(there: Ding, body: object, seconds: float) -> tuple[float, int]:
    """Send it again and again while it lasts; how long the slowest answer took, and how many of
    them were receipts, which nobody could give in good faith.
    """
    slowest, promised, until = 0.0, 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        status, said = await there.post(body)
        assert status == 200
        slowest, promised = max(slowest, time.perf_counter() - began), promised + ("#" in str(said))
    return slowest, promised


FAULTS = (
    Fault(
        "F5", "A door that is killed keeps what it answered for, and each has one effect", _killed
    ),
    Fault("F22", "A message that comes fifty times at once counts once", _many_times),
    Fault(
        "F23",
        "A message that is delivered anew counts once, and once for each robot",
        _delivered_anew,
    ),
    Fault("F25", "However long the database takes, an answer comes within two seconds", _slow),
)
