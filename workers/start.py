"""Starts the duties: in the threads of this process, or in processes of their own over Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import dramatiq
from dramatiq import Broker

from domain.records import Records
from domain.timing import LIMIT_SECONDS, LONG_SECONDS
from workers.broker import (
    DELIVER,
    FIRE,
    answers,
    hand_over,
    middleware,
    nothing_to_settle,
    own_broker,
    redis_broker,
    redis_client,
    settled,
)
from workers.clients import ClientsMiddleware
from workers.delivery import Delivering, in_groups, rates
from workers.firing import Firing
from workers.guard import keep_guard
from workers.pacing import SharedPacer
from workers.relay import Relay, always
from workers.schedule import Duty
from workers.upkeep import Upkeep, keep_up

_THREADS = 4
# A message of ours mostly waits for a platform: what is to reach a whole school wants threads.
MANY_THREADS = 16
# How often an idle thread looks for a message (milliseconds).
LOOK_MS = 100

Open = Callable[[], Awaitable[Records]]


@dataclass(frozen=True)
class Workers:
    """The duties at work in this process, if any, and the relay that feeds them.

    `ping` tells whether the broker answers, where it is another process.
    """

    relay: Relay
    broker: Broker
    ping: Callable[[], Awaitable[bool]] | None = None


@asynccontextmanager
async def embedded(
    open_records: Open,
    delivering: Delivering,
    may_work: Callable[[], bool] = always,
    upkeep: Upkeep | None = None,
) -> AsyncIterator[Workers]:
    """Run the duties in this process, in threads with a loop and a connection of their own.

    The broker keeps nothing: what it forgets at a stop, the relay finds due again. While
    `may_work` says no, nothing new is begun.
    """
    upkeep = upkeep or Upkeep()
    broker = own_broker(open_records)
    relay = Relay(partial(hand_over, broker), lambda: settled(broker), may_work=may_work)
    async with (
        _working(broker, delivering, Firing(upkeep.duties, relay.wake), _THREADS),
        _running(relay.run()),
        _running(keep_up(upkeep, may_work)),
        _running(keep_guard(may_work, relay.wake, delivering if upkeep.mail else None)),
    ):
        yield Workers(relay, broker)


@asynccontextmanager
async def feeding(redis_url: str, letters: Delivering | None = None) -> AsyncIterator[Workers]:
    """Hand over to workers elsewhere what falls due: for the door.

    `letters` tells the admins by mail when those workers don't work.
    """
    broker = redis_broker(redis_url, [])
    relay = Relay(partial(hand_over, broker), nothing_to_settle)
    try:
        guard = keep_guard(always, relay.wake, letters)
        async with _running(relay.run()), _running(guard):
            yield Workers(relay, broker, lambda: answers(broker))
    finally:
        await asyncio.to_thread(broker.close)


@asynccontextmanager
async def scheduling(
    redis_url: str, upkeep: Upkeep, letters: Delivering | None = None
) -> AsyncIterator[Workers]:
    """The same, and look after what nobody asks for; any number may do it at once."""
    async with feeding(redis_url, letters) as fed, _running(keep_up(upkeep, always)):
        yield fed


@asynccontextmanager
async def working(
    redis_url: str, open_records: Open, delivering: Delivering, duties: Mapping[str, Duty]
) -> AsyncIterator[Workers]:
    """Do the duties that are handed over, and look for what is due as well."""
    broker = redis_broker(redis_url, middleware(open_records))
    relay = Relay(partial(hand_over, broker), nothing_to_settle)
    firing = Firing(duties, relay.wake)
    delivering = replace(delivering, pacer=shared_pacer(redis_url))
    async with _working(broker, delivering, firing, MANY_THREADS), _running(relay.run()):
        yield Workers(relay, broker, lambda: answers(broker))


def shared_pacer(redis_url: str) -> SharedPacer:
    """Paces what all processes send together, as fast as each platform and group allows."""
    return SharedPacer(rates(), redis_client(redis_url), in_groups())


@asynccontextmanager
async def _working(
    broker: Broker, delivering: Delivering, firing: Firing, threads: int
) -> AsyncIterator[None]:
    broker.add_middleware(ClientsMiddleware(delivering.clients))
    dramatiq.actor(broker=broker, actor_name=DELIVER)(delivering.deliver)
    # For what heeds no end: each duty is broken off by a limit of its own, and tried again.
    limit = 1000 * (max(LONG_SECONDS.values()) + LIMIT_SECONDS)
    dramatiq.actor(broker=broker, actor_name=FIRE, time_limit=limit)(firing.fire)
    worker = dramatiq.Worker(broker, worker_threads=threads, worker_timeout=LOOK_MS)
    await asyncio.to_thread(worker.start)
    try:
        yield
    finally:
        await asyncio.to_thread(worker.stop)
        await asyncio.to_thread(broker.close)


@asynccontextmanager
async def _running(what: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """In the background, until the end."""
    running = asyncio.create_task(what)
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
