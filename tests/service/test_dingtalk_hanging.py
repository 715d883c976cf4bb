"""PostgreSQL hangs, and the door still answers within two seconds; rubbish fills no log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from domain.records import open_records
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from service.dingtalk.door import PATH
from service.measures import MALFORMED
from tests.fixtures.dingtalk import Gateway
from tests.fixtures.dingtalk_door import Ding, at_the_door
from tests.fixtures.hanging import Way, way_to
from tests.fixtures.house import START, Filled, School
from tests.servers import Postgres, copy_of

# What is promised (seconds).
PROMISED = 2.0


@asynccontextmanager
async def school_by(
    postgres: Postgres, filled: Filled, keyring: Keyring, gateway: Gateway
) -> AsyncIterator[tuple[Way, Ding]]:
    """The school on DingTalk, whose way to its database can hang."""
    async with copy_of(postgres, filled.source) as address, way_to(address) as (way, by_it):
        records = await open_records(by_it, keyring, read_plan(None).with_minimum(0.33))
        try:
            school = School(dict(filled.people), dict(filled.classes), by_it)
            await school.move_to(START)
            async with at_the_door(school, keyring, gateway) as ding:
                yield way, ding
                way.goes_on()
        finally:
            await records.close()


async def test_with_a_hung_database_the_door_says_within_two_seconds_that_it_can_t_know(
    postgres: Postgres, filled_template: Filled, keyring: Keyring, gateway: Gateway
) -> None:
    clock = asyncio.get_running_loop()
    async with school_by(postgres, filled_template, keyring, gateway) as (way, ding):
        assert (await ding.say("林晓", "/我是")).startswith("🔔")
        way.hangs = True
        # More of them at once than there are connections to the database.
        began = clock.time()
        messages = [ding.say("林晓", f"/家访 七3 12号 {n}") for n in range(15)]
        lives = clock.create_task(alive(ding))
        said = await asyncio.gather(*messages)
        assert clock.time() - began < PROMISED
        assert all(one.startswith("⛔ 不确定这条记下没有") for one in said)
        assert await lives < PROMISED
        way.goes_on()
        assert await well_again(ding)


async def alive(ding: Ding) -> float:
    """How long /healthz takes, while the messages wait (seconds)."""
    began = asyncio.get_running_loop().time()
    async with ding.http.get(f"{ding.url}/healthz") as response:
        assert response.status == 200
    return asyncio.get_running_loop().time() - began


async def well_again(ding: Ding) -> bool:
    """Whether what is said afterwards is answered; the first may meet a connection that is gone."""
    for _ in range(20):
        if (await ding.say("林晓", "/我是")).startswith("🔔"):
            return True
    return False


# --- rubbish ------------------------------------------------------------------------------

HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (HEAD + "Content-Length: abc\r\n\r\n", 400),
        (HEAD + "Content-Length: -5\r\n\r\n", 400),
        (HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
        (HEAD + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 415),
        (HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", 400),
        (HEAD + "bad header\r\n\r\n", 400),
    ],
)
async def test_what_is_not_even_http_is_refused_and_counted_and_fills_no_log(
    ding: Ding, caplog: pytest.LogCaptureFixture, request_: str, status: int
) -> None:
    counted = MALFORMED._value.get()
    port = int(ding.url.rpartition(":")[2])
    with caplog.at_level(logging.WARNING):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request_.encode())
        first = (await reader.readline()).decode()
        writer.close()
    assert first.split()[1] == str(status)
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
    # A body that is never read is refused by its header alone.
    assert MALFORMED._value.get() > counted or status == 415
