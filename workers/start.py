"""Builds the broker, declares the duties on it, and starts the threads that do them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import dramatiq
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import AsyncIO, ShutdownNotifications, TimeLimit

from domain.records import Records
from workers.delivery import Delivering
from workers.records import RecordsMiddleware
from workers.relay import Relay

_THREADS = 4
# How often an idle thread looks for a message (milliseconds).
_LOOK_MS = 100
_QUEUE = "default"


@dataclass(frozen=True)
class Workers:
    """The duties at work in this process, and the relay that feeds them."""

    relay: Relay
    broker: StubBroker


@asynccontextmanager
async def embedded(
    open_records: Callable[[], Awaitable[Records]], delivering: Delivering
) -> AsyncIterator[Workers]:
    """Run the duties in this process, in threads with a loop and a connection of their own.

    The broker keeps nothing: what it forgets at a stop, the relay finds due again.
    """
    broker = StubBroker(
        middleware=[
            TimeLimit(),
            ShutdownNotifications(),
            AsyncIO(),
            RecordsMiddleware(open_records),
        ]
    )
    deliver = dramatiq.actor(broker=broker, actor_name="deliver")(delivering.deliver)
    relay = Relay(lambda entry: _send(deliver, entry), lambda: _settled(broker))
    worker = dramatiq.Worker(broker, worker_threads=_THREADS, worker_timeout=_LOOK_MS)
    await asyncio.to_thread(worker.start)
    running = asyncio.create_task(relay.run())
    try:
        yield Workers(relay, broker)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.to_thread(worker.stop)
        await asyncio.to_thread(broker.close)


def _send(deliver: dramatiq.Actor[[int], None], entry: int) -> None:
    deliver.send(entry)


async def _settled(broker: StubBroker) -> None:
    await asyncio.to_thread(broker.join, _QUEUE, fail_fast=False)
