"""The broker that carries the ids of what is due: in this process, or Redis between several."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import redis
from dramatiq import Broker, Message
from dramatiq.brokers.redis import RedisBroker
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import AsyncIO, Middleware, ShutdownNotifications, TimeLimit
from redis.backoff import NoBackoff
from redis.retry import Retry

from domain.records import Records
from workers.records import RecordsMiddleware

QUEUE = "default"
DELIVER = "deliver"
FIRE = "fire"

# What doesn't answer within this is as good as gone: the rows stay due (seconds).
_PATIENCE = 2.0
_NAMESPACE = "zoufang"


def middleware(open_records: Callable[[], Awaitable[Records]]) -> list[Middleware]:
    """What surrounds each duty. Retries aren't among it: what isn't done is found due again."""
    return [TimeLimit(), ShutdownNotifications(), AsyncIO(), RecordsMiddleware(open_records)]


def own_broker(open_records: Callable[[], Awaitable[Records]]) -> StubBroker:
    """A broker in this process: it keeps nothing, and needs nothing."""
    return StubBroker(middleware=middleware(open_records))


def redis_client(address: str) -> redis.Redis:
    """A connection that gives up soon instead of holding its thread."""
    return redis.Redis.from_url(
        address,
        socket_timeout=_PATIENCE,
        socket_connect_timeout=_PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )


def redis_broker(address: str, around: list[Middleware]) -> RedisBroker:
    """A broker between processes; what it loses is found due again."""
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=redis_client(address), namespace=_NAMESPACE, middleware=around
    )


def hand_over(broker: Broker, actor: str, *rows: int) -> None:
    """Give the broker the ids of rows for an actor; may block, and raise what its connection does.

    For DELIVER they are of the outbox and tell the same, for FIRE it is a timer.
    """
    broker.enqueue(Message(queue_name=QUEUE, actor_name=actor, args=rows, kwargs={}, options={}))


async def answers(broker: RedisBroker) -> bool:
    """Whether Redis answers; raises what its connection does when it doesn't."""
    return bool(await asyncio.to_thread(broker.client.ping))


async def settled(broker: StubBroker) -> None:
    """Wait until everything handed over is done."""
    await asyncio.to_thread(broker.join, QUEUE, fail_fast=False)


async def nothing_to_settle() -> None:
    """Between processes nobody waits for anybody."""
