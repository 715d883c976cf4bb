"""How many notices a second a worker brings, beside a bare Dramatiq actor on the same Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from statistics import median
from typing import Any

from dramatiq import Broker

from benchmarks import school
from benchmarks.beside import beside
from benchmarks.couriers import Brought, run_bare, run_ours
from benchmarks.doors import SignedDoor, dingtalk_values
from benchmarks.figures import Figure, Report
from benchmarks.receiver import Receiver, receiver
from benchmarks.recording import Recording, recorded
from benchmarks.scripts import Script, ScriptStep, statements_in
from chat.dingtalk.names import PLATFORM
from chat.errors import NotDelivered
from chat.platforms import Client, open_clients
from domain.models import OutboxEntry, ProblemEvent
from domain.notices.base import notice_facts
from domain.notices.problems import ProblemNews
from domain.records import real_now
from tests.servers import Postgres, Redis, copy_of, run_on
from workers.broker import DELIVER, hand_over, redis_broker
from workers.delivery import Delivering
from workers.pacing import Pacer
from workers.start import MANY_THREADS

GOAL = "≥ 70 %"
_OURS, _BARE = "ours", "bare"
_TEMPLATE = "deliveries"


async def measured(number: int, rounds: int, grades: Sequence[int] = school.GRADES) -> Report:
    """So many notices in each round, by ours and by the bare one in turns."""
    async with _servers() as servers, receiver() as platform:
        await run_on(servers.postgres, f"CREATE DATABASE {_TEMPLATE}")
        database = servers.postgres.address(_TEMPLATE)
        await school.fill(database, SignedDoor.platform, grades=grades)
        entries = await filled(database, number * (rounds + 1))
        async with copy_of(servers.postgres, _TEMPLATE) as database:
            brought = await _captured(database, entries, platform)
        rates = await _rounds(servers, platform, brought, number)
        return _report(servers, brought, rates, number)


@dataclass(frozen=True)
class _Servers:
    """What both workers share."""

    postgres: Postgres
    redis: Redis


@asynccontextmanager
async def _servers() -> AsyncIterator[_Servers]:
    """A PostgreSQL that waits for its disk, and a Redis."""
    async with AsyncExitStack() as stack:
        postgres = await asyncio.to_thread(Postgres, quick=False)
        stack.push_async_callback(asyncio.to_thread, postgres.remove)
        redis = await asyncio.to_thread(Redis)
        stack.push_async_callback(asyncio.to_thread, redis.remove)
        yield _Servers(postgres, redis)


# --- what is to be told -------------------------------------------------------------------


async def filled(database: str, number: int) -> list[int]:
    """So many notices that are due, each about a problem, to who recorded it; their ids.

    They are leased for long: no relay hands them over, they are given to each worker by us.
    """
    async with school.records_of(database):
        events = await ProblemEvent.all().order_by("id").prefetch_related("problem")
        until = real_now() + timedelta(hours=3)
        for place in range(number):
            event = events[place % len(events)]
            notice = ProblemNews(problem=event.problem_id, move="list", event=event.id)
            await OutboxEntry.create(
                key=f"bench:{place}",
                notice=type(notice).__name__,
                facts=notice_facts(notice),
                person_id=event.problem.recorded_by_id,
                available_at=school.START,
                lease_until=until,
                attempts=1,
            )
        return [row.id for row in await OutboxEntry.all().order_by("id").only("id")]


# --- what ours does to tell it ------------------------------------------------------------


@dataclass
class _Noting:
    """Our client, and a note of how much the database had been asked before each call."""

    client: Client
    recording: Recording = field(default_factory=Recording)
    place: int = 0

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Send it as ours does."""
        self.place = len(self.recording.steps)
        return await self.client.send(conversation, payload, reply_to)

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Nothing here goes to several."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close it."""
        await self.client.close()


async def _captured(
    database: str, entries: Sequence[int], platform: Receiver
) -> dict[int, Brought]:
    """What ours asks of the database and of the platform for each of them."""
    values = {PLATFORM: dingtalk_values(platform.url)}
    async with school.records_of(database), open_clients(values) as clients:
        noting = _Noting(clients[PLATFORM])
        delivering = Delivering({PLATFORM: noting}, "zh-CN", lambda *_: None, pacer=Pacer({}))
        brought = {}
        for entry in entries:
            with recorded() as noting.recording:
                await delivering.deliver(entry)
            script: Script = tuple(
                ScriptStep(one.kind, one.sql, one.values) for one in noting.recording.steps
            )
            call = await platform.last()
            brought[entry] = Brought(script[: noting.place], script[noting.place :], call)
    return brought


# --- both of them -------------------------------------------------------------------------


async def _rounds(
    servers: _Servers, platform: Receiver, brought: dict[int, Brought], number: int
) -> dict[str, list[float]]:
    """How many a second, in turns; the first round warms up."""
    rates: dict[str, list[float]] = {_OURS: [], _BARE: []}
    async with AsyncExitStack() as stack:
        queues: dict[str, Broker] = {}
        for name, run, given in ((_OURS, run_ours, platform.url), (_BARE, run_bare, brought)):
            database = await stack.enter_async_context(copy_of(servers.postgres, _TEMPLATE))
            redis = f"{servers.redis.address.removesuffix('/0')}/{len(queues)}"
            worker = beside(run, database, redis, given)
            await asyncio.to_thread(stack.enter_context, worker)
            queues[name] = redis_broker(redis, [])
        for turn in range(0, len(brought), number):
            entries = list(islice(brought, turn, turn + number))
            for name, queue in queues.items():
                rate = await _brought(queue, entries, platform)
                rates[name] += [rate] if turn else []
    return rates


async def _brought(queue: Broker, entries: Sequence[int], platform: Receiver) -> float:
    await platform.forget()
    for entry in entries:
        hand_over(queue, DELIVER, entry)
    rate = await platform.rate(len(entries))
    # What is written down after the last calls must not fall to the next one's time.
    await asyncio.sleep(0.5)
    return rate


def _report(
    servers: _Servers, brought: dict[int, Brought], rates: dict[str, list[float]], number: int
) -> Report:
    ours, bare = rates[_OURS], rates[_BARE]
    ratios = tuple(100 * a / b for a, b in zip(ours, bare, strict=True))
    one = next(reversed(brought.values()))
    asked = statements_in(one.before) + statements_in(one.after)
    about = (
        f"{number:,} notices of a problem that are in the queue, each to one person, by a worker",
        f"of {MANY_THREADS} threads, on {servers.postgres.version} and {servers.redis.version}.",
        f"One notice: {asked} statements and a call. Bare: an actor that sends these statements",
        "through Tortoise and makes the very call, with no wording, no pace and no budget.",
        f"{len(ratios)} rounds in turns, medians; from the first call to the last.",
    )
    figures = (
        Figure("brought", median(ours), "/s", rounds=tuple(ours)),
        Figure("by the bare actor", median(bare), "/s", rounds=tuple(bare)),
        Figure("of the bare actor", median(ratios), "%", GOAL, ratios, "delivery"),
    )
    return Report("Delivery", about, figures, facts={"statements": asked})
