"""Who watches is told the truth in time, whatever hangs, and nothing about anybody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, get_args

import aiohttp
import asyncpg
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families as families
from tortoise.connection import get_connection

from chat.console.names import PLATFORM
from chat.errors import NotDelivered
from chat.platforms import PLATFORMS
from domain.models import OutboxEntry
from domain.queries.outbox import Queue, queue
from domain.records import now, real_now
from domain.sealing import Keyring
from service import watching
from service.measures import Outcome
from service.watching import Ping, watch
from tests.fixtures.console import Console, listening
from tests.fixtures.house import START, School
from workers.delivery import Outcome as Delivered


@asynccontextmanager
async def watched(broker: Ping | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    app = web.Application()
    watch(app, broker)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as http:
            yield http
    finally:
        await runner.cleanup()


async def told(http: aiohttp.ClientSession, path: str) -> tuple[int, Any]:
    async with http.get(path) as response:
        assert response.headers["Cache-Control"] == "no-store"
        return response.status, await response.json()


async def counted(http: aiohttp.ClientSession) -> dict[tuple[str, ...], float]:
    async with http.get("/metrics") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain; version=")
        text = await response.text()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families(text)
        for sample in family.samples
    }


async def answers() -> bool:
    return True


async def is_away() -> bool:
    raise OSError("王小明")


# --- ready ------------------------------------------------------------------------------------


async def test_all_is_well(school: School) -> None:
    async with watched() as http:
        assert await told(http, "/healthz") == (200, {"status": "ok"})
        status, said = await told(http, "/readyz")
    assert status == 200
    nothing = {"due": 0, "oldest_seconds": 0.0, "unattended_seconds": 0.0}
    assert said == {
        "status": "ok",
        "database": "ok",
        "broker": "embedded",
        "waiting": nothing | {"parked": 0},
        "timers": nothing,
        "watch": {"seconds_ago": None},
    }


async def test_what_waits_is_told_with_its_age(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅、许宁")
    first, second = await OutboxEntry.filter(notice="VisitShared").order_by("id")
    await OutboxEntry.filter(id=first.id).update(
        available_at=await now() - timedelta(seconds=90),
        lease_until=real_now() + timedelta(seconds=30),
    )
    await OutboxEntry.filter(id=second.id).update(available_at=await now() - timedelta(seconds=20))
    async with watched() as http:
        status, said = await told(http, "/readyz")
        counts = await counted(http)
    # A platform that takes nothing is no reason to send people to another of our processes.
    assert status == 200
    assert said["waiting"]["due"] == 2
    assert 90 <= said["waiting"]["oldest_seconds"] < 100
    assert 20 <= said["waiting"]["unattended_seconds"] < 30
    assert counts["zoufang_outbox_due",] == 2
    assert 90 <= counts["zoufang_outbox_oldest_seconds",] < 100
    assert 20 <= counts["zoufang_outbox_unattended_seconds",] < 30


async def test_what_is_for_later_does_not_wait_yet(school: School) -> None:
    await school.say("林晓", "/visit 七3 12号 同行：李梅")
    later = OutboxEntry.filter(notice="VisitShared")
    await later.update(available_at=await now() + timedelta(hours=2))
    assert await queue() == Queue(0, 0.0, 0.0)
    await school.move_to(START + timedelta(hours=3))
    assert (await queue()).due == 1


async def test_a_broker_that_is_away_is_told(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    for broker, said in [(answers, "ok"), (is_away, "unreachable")]:
        async with watched(broker) as http:
            status, found = await told(http, "/readyz")
            # The door records and answers without it, so nobody need be sent elsewhere.
            assert (status, found["broker"], found["database"]) == (200, said, "ok")
            assert (await counted(http))["zoufang_up", "broker"] == (said == "ok")
    assert "the broker does not answer: OSError" in caplog.text
    assert "王小明" not in caplog.text


async def test_a_database_that_is_away_is_told(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away() -> Queue:
        raise OSError

    monkeypatch.setattr(watching, "queue", away)
    async with watched() as http:
        assert await told(http, "/healthz") == (200, {"status": "ok"})
        status, said = await told(http, "/readyz")
        counts = await counted(http)
    assert status == 503
    assert said == {"status": "unavailable", "database": "unreachable", "broker": "embedded"}
    assert counts["zoufang_up", "database"] == 0
    assert counts["zoufang_outbox_due",] != counts["zoufang_outbox_due",], "unknown is not none"


# --- what hangs -------------------------------------------------------------------------------


def hanging() -> tuple[Callable[[], Awaitable[Any]], list[int], asyncio.Event]:
    """Something to look at that hangs until it is let go, and how often it was looked at."""
    looks: list[int] = []
    free = asyncio.Event()

    async def look() -> Any:
        looks.append(1)
        await free.wait()
        return Queue(0, 0.0, 0.0)

    return look, looks, free


async def test_whatever_hangs_the_answer_comes_in_time_and_looks_do_not_pile_up(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, looks, free = hanging()
    broker, pings, _never = hanging()
    monkeypatch.setattr(watching, "queue", database)
    loop = asyncio.get_running_loop()
    async with watched(broker) as http:
        began = loop.time()
        found = await asyncio.gather(
            *(told(http, "/readyz") for _ in range(20)), counted(http), return_exceptions=False
        )
        assert loop.time() - began < 2
        assert [one[0] for one in found[:20]] == [503] * 20
        assert (len(looks), len(pings)) == (1, 1)
        # The process itself is as alive as before.
        assert await told(http, "/healthz") == (200, {"status": "ok"})
        free.set()
        monkeypatch.setattr(watching, "_PATIENCE", 0.05)
        _status, said = await told(http, "/readyz")
        assert (said["database"], said["broker"]) == ("ok", "unreachable")
        assert len(pings) == 1


@pytest.mark.postgres  # in SQLite's file nobody who reads is kept waiting
async def test_a_database_that_really_hangs_is_told_in_time_and_found_again(
    school: School,
) -> None:
    holding = await asyncpg.connect(school.database)
    loop = asyncio.get_running_loop()
    async with watched() as http:
        held = holding.transaction()
        await held.start()
        await holding.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        began = loop.time()
        found = await asyncio.gather(*(told(http, "/readyz") for _ in range(5)))
        assert loop.time() - began < 2
        assert {(status, said["database"]) for status, said in found} == {(503, "unreachable")}
        await held.rollback()
        await holding.close()
        assert (await told(http, "/readyz"))[0] == 200


async def test_a_look_that_hangs_for_long_is_given_up_and_the_next_finds_things_mended(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_PATIENCE", 0.01)
    monkeypatch.setattr(watching, "_GIVEN_UP", 0.05)
    look, looks, free = hanging()
    seen = watching.Look("it", look)
    # Many ask while it hangs, longer than anybody would look at it.
    assert {await seen.seen() for _ in range(20)} == {None}
    assert 2 <= len(looks) < 20
    free.set()
    assert await seen.seen() == Queue(0, 0.0, 0.0)


@pytest.mark.sqlite  # how it plans to look can be asked in the same words
async def test_looking_reads_what_waits_and_not_what_was_ever_said(
    school: School, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tortoise.db_client")
    await queue()
    asked = [record.args for record in caplog.records if "outbox" in str(record.args)]
    assert len(asked) == 3
    for query, values in asked:
        _, plan = await get_connection("default").execute_query(
            f"EXPLAIN QUERY PLAN {query}", values
        )
        told = " ".join(str(row["detail"]) for row in plan)
        assert "INDEX" in told
        assert "done_at=?" in told
        assert "TEMP B-TREE" not in told


# --- what is counted --------------------------------------------------------------------------


def grown(
    before: dict[tuple[str, ...], float], after: dict[tuple[str, ...], float]
) -> dict[tuple[str, ...], float]:
    return {
        name: value - before.get(name, 0)
        for name, value in after.items()
        if value != before.get(name, 0)
        and name[0].startswith("zoufang")
        and "_bucket" not in name[0]
    }


async def test_what_is_heard_said_and_brought_is_counted(console: Console) -> None:
    before = await console_counts(console)
    await console.say("林晓", "/visit 七3 12号 同行：李梅、许宁", message_id="a")
    await console.say("林晓", "/visit 七3 12号 同行：李梅、许宁", message_id="a")
    assert len(await console.inbox("李梅")) == 1
    assert len(await console.inbox("许宁")) == 1
    found = grown(before, await console_counts(console))
    assert found["zoufang_messages_total", "answered", "console"] == 1
    assert found["zoufang_messages_total", "console", "repeat"] == 1
    assert found["zoufang_answers_total", "console"] == 2
    assert found["zoufang_deliveries_total", "console", "delivered"] == 2
    assert found["zoufang_answer_seconds_count", "console"] == 2
    assert found["zoufang_delivery_seconds_count", "console"] == 2


async def console_counts(console: Console) -> dict[tuple[str, ...], float]:
    async with aiohttp.ClientSession(f"http://{console.host}") as http:
        return await counted(http)


class Deaf:
    """A platform that takes nothing."""

    async def send(self, *_: object) -> None:
        raise NotDelivered("busy", for_good=False)

    async def close(self) -> None:
        """Nothing is open."""


async def test_what_goes_wrong_is_counted(
    school: School, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> Any:
        raise ValueError

    async with listening(school, keyring, {PLATFORM: Deaf()}) as console:
        before = await console_counts(console)
        await console.say("林晓", "/visit 七3 12号 同行：李梅")
        await console.inbox("李梅")
        monkeypatch.setattr("service.answering.dispatch", fails)
        await console.say("林晓", "/whoami")
        found = grown(before, await console_counts(console))
    assert found["zoufang_messages_total", "console", "not_recorded"] == 1
    assert found["zoufang_deliveries_total", "console", "not_taken"] == 1


async def test_nobody_is_in_what_is_told(console: Console) -> None:
    await console.say("林晓", "/visit 七3 王小明 奶奶照顾 同行：李梅", "grade-7")
    await console.inbox("李梅")
    async with aiohttp.ClientSession(f"http://{console.host}") as http:
        for path in ("/healthz", "/readyz", "/metrics"):
            async with http.get(path) as response:
                text = await response.text()
            assert text.isascii()
            assert "grade-7" not in text
            assert "林晓" not in text
        # All platforms of this run, since the counts are the process's: those that are, and a fake.
        known = {*PLATFORMS, "fake", "database", "broker", *get_args(Outcome)}
        assert labels(text) <= known | set(get_args(Delivered))


def labels(text: str) -> set[str]:
    return {
        value
        for family in families(text)
        for sample in family.samples
        for name, value in sample.labels.items()
        if sample.name.startswith("zoufang") and name != "le"
    }
