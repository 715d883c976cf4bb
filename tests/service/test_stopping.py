"""Asked to stop, it finishes what it has begun to answer, takes nothing new, and ends well."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp

from tests.fixtures.processes import Start

SPEAKER = 1
TEXT = "/走访 教师 何国良 第{n}次谈话 诉求：少开会"


async def test_each_message_that_was_answered_is_kept_and_each_that_was_not_may_be_sent_again(
    start: Start, tmp_path: Path
) -> None:
    process = await asyncio.to_thread(start, "serve", CONSOLE="on", LANGUAGE="en")
    address = (await asyncio.to_thread(process.line, "ready")).split()[-1]
    answered: list[int] = []
    async with aiohttp.ClientSession() as http:

        async def say(number: int) -> None:
            body = {
                "person": SPEAKER,
                "chat": "direct",
                "text": TEXT.format(n=number),
                "message_id": f"m{number}",
            }
            try:
                async with http.post(f"{address}/console/api/messages", json=body) as response:
                    (reply,) = (await response.json())["replies"]
            except aiohttp.ClientError:
                return
            if reply["notice"] == "VisitRecorded":
                answered.append(number)

        speaking = [asyncio.create_task(say(number)) for number in range(40)]
        while len(answered) < 5:  # noqa: ASYNC110  it is the answers that come
            await asyncio.sleep(0.01)
        process.popen.send_signal(signal.SIGTERM)
        await asyncio.gather(*speaking)
    assert await asyncio.to_thread(process.status) == 0
    with closing(sqlite3.connect(tmp_path / "zoufang.db")) as base:
        heard = {key for (key,) in base.execute("SELECT message_key FROM heard")}
        (visits,) = base.execute("SELECT count(*) FROM visit").fetchone()
    assert {f"m{number}" for number in answered} <= heard
    assert visits == len(heard)
