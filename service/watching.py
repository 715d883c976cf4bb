"""Tells who watches whether the program lives, whether it can work, and how much it does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import nan
from typing import Any, Generic, TypeVar

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from domain.errors import log_fault
from domain.queries.outbox import Queue, queue
from domain.queries.timers import Overdue, overdue
from domain.queries.watching import last_watch, parked_count
from service.measures import (
    DUE,
    OLDEST,
    PARKED,
    REGISTRY,
    TIMERS_DUE,
    TIMERS_OLDEST,
    TIMERS_UNATTENDED,
    UNATTENDED,
    UP,
    WATCHED_AGO,
)

log = logging.getLogger(__name__)
routes = web.RouteTableDef()

# An answer is given within two seconds, whatever hangs (seconds).
_PATIENCE = 1.5
# A look that takes longer is given up, so that the next one may find things mended (seconds).
_GIVEN_UP = 10.0

# Whether the broker answers; raises or returns False when it doesn't.
Ping = Callable[[], Awaitable[bool]]
T = TypeVar("T")


class Look(Generic[T]):
    """Looks at something that may hang: once at a time, however many ask."""

    def __init__(self, what: str, look: Callable[[], Awaitable[T]]) -> None:
        self._what, self._look = what, look
        self._running: asyncio.Task[T | None] | None = None

    async def seen(self) -> T | None:
        """What was found, None when it couldn't be found in time."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._looked())
        done, _waiting = await asyncio.wait({self._running}, timeout=_PATIENCE)
        return self._running.result() if done else None

    async def _looked(self) -> T | None:
        try:
            async with asyncio.timeout(_GIVEN_UP):
                return await self._look()
        except Exception as error:  # noqa: BLE001  whatever it is, it isn't there
            log_fault(log, f"{self._what} does not answer", error)
            return None

    def end(self) -> None:
        """Look no more."""
        if self._running is not None:
            self._running.cancel()


@dataclass(frozen=True)
class Found:
    """What the database says: what waits to be told, what to be done, and how the watch is."""

    told: Queue
    done: Overdue
    parked: int
    watch: float | None


async def _found() -> Found:
    return Found(await queue(), await overdue(), await parked_count(), (await last_watch()).ago)


@dataclass(frozen=True)
class Watched:
    """What is looked at: the database by what it says, and the broker, if one can be away."""

    database: Look[Found]
    broker: Look[bool] | None


WATCHED = web.AppKey("watched", Watched)


def watch(app: web.Application, broker: Ping | None = None) -> None:
    """Add the three addresses; `broker` where the queue is another process's."""
    watched = Watched(Look("the database", _found), Look("the broker", broker) if broker else None)
    app[WATCHED] = watched

    async def end(_app: web.Application) -> None:
        for look in (watched.database, watched.broker):
            if look is not None:
                look.end()

    app.on_cleanup.append(end)
    app.add_routes(routes)


@routes.get("/healthz")
async def lives(_request: web.Request) -> web.Response:
    """The process lives; nothing is asked of anybody else."""
    return _said({"status": "ok"})


@routes.get("/readyz")
async def ready(request: web.Request) -> web.Response:
    """Whether it can hear and record: 200, or 503 without a database.

    What is slow or away beside that is told, and is no reason to send people elsewhere: there it
    would be as slow, and what they say is kept meanwhile.
    """
    found, broker = await _seen(request)
    told: dict[str, Any] = {
        "status": "ok" if found else "unavailable",
        "database": "ok" if found else "unreachable",
        "broker": {None: "embedded", True: "ok", False: "unreachable"}[broker],
    }
    if found:
        told["waiting"] = _ages(found.told) | {"parked": found.parked}
        told["timers"] = _ages(found.done)
        told["watch"] = {"seconds_ago": None if found.watch is None else round(found.watch, 1)}
    return _said(told, 200 if found else 503)


def _ages(what: Queue | Overdue) -> dict[str, Any]:
    return {
        "due": what.due,
        "oldest_seconds": round(what.oldest, 1),
        "unattended_seconds": round(what.unattended, 1),
    }


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """All that is counted, in Prometheus' form."""
    found, broker = await _seen(request)
    _gauge(found)
    UP.labels("database").set(found is not None)
    if broker is not None:
        UP.labels("broker").set(broker)
    headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    return web.Response(body=generate_latest(REGISTRY), headers=headers)


def _gauge(found: Found | None) -> None:
    """What isn't known is no number; least of all none."""
    told, done = (found.told, found.done) if found else (None, None)
    for gauges, what in (
        ((DUE, OLDEST, UNATTENDED), told),
        ((TIMERS_DUE, TIMERS_OLDEST, TIMERS_UNATTENDED), done),
    ):
        values = (what.due, what.oldest, what.unattended) if what else (nan, nan, nan)
        for gauge, value in zip(gauges, values, strict=True):
            gauge.set(value)
    PARKED.set(found.parked if found else nan)
    WATCHED_AGO.set(nan if found is None or found.watch is None else found.watch)


async def _seen(request: web.Request) -> tuple[Found | None, bool | None]:
    """What the database says, None without one; whether the broker answers, None: there is none."""
    watched = request.app[WATCHED]
    if watched.broker is None:
        return await watched.database.seen(), None
    found, broker = await asyncio.gather(watched.database.seen(), watched.broker.seen())
    return found, bool(broker)


def _said(told: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(told, status=status, headers={"Cache-Control": "no-store"})
