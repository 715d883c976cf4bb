"""Where the time of one /visit goes, and of one notice: which part of the program spends it."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from time import perf_counter, process_time
from typing import Any

from benchmarks import school
from benchmarks.deliveries import filled
from benchmarks.doors import NOWHERE, SignedDoor, dingtalk_values
from benchmarks.figures import Figure, Report
from chat.dingtalk.inbound import receive
from chat.dingtalk.names import PLATFORM
from service.answering import answer
from tests.servers import Postgres, run_on
from workers.delivery import Delivering
from workers.pacing import Pacer

# Whose time it is, by the file in which it is spent; the first that fits.
_PARTS = (
    ("building statements", r"/pypika_tortoise/|/tortoise/(queryset|query_utils|expressions)\.py"),
    ("building statements", r"/tortoise/(manager|filters|functions)|/copy\.py"),
    ("the ORM otherwise: rows, fields, connections", r"/tortoise/"),
    ("the driver", r"/asyncpg/"),
    ("the event loop", r"/(asyncio|concurrent)/|/(selectors|socket|contextvars)\.py"),
    ("sealing and unsealing", r"/domain/sealing/|/cryptography/"),
    ("rules", r"/domain/rules/"),
    ("the rest of domain", r"/domain/"),
    ("commands", r"/commands/"),
    ("chat, service, workers", r"/(chat|service|workers)/"),
)
_ELSE, _WAITS = "all else", "waiting for the database"
# What the loop does when there is nothing to do.
_WAITING = "'poll' of 'select"
_WARM = 40

# How a profile knows a function: its file, line and name.
_Function = tuple[str, int, str]
_Do = Callable[[], Awaitable[object]]


async def measured(times: int) -> Report:
    """So many of each, on PostgreSQL, once by the clock and once under the profiler."""
    server = await asyncio.to_thread(Postgres, quick=False)
    try:
        await run_on(server, "CREATE DATABASE bench")
        database = server.address("bench")
        people = await school.fill(database, SignedDoor.platform)
        notices = await filled(database, _WARM + 2 * times)
        async with school.records_of(database):
            visit = await _spent(_visits(people), times)
            notice = await _spent(_notices(notices), times)
    finally:
        await asyncio.to_thread(server.remove)
    return _report(visit, notice, times)


# --- what is done -------------------------------------------------------------------------


def _visits(people: Sequence[int]) -> _Do:
    """The next /visit of the next teacher, from its bytes to its answer, without HTTP."""
    door, values, turns = SignedDoor(tuple(people)), dingtalk_values(NOWHERE), count()

    async def say() -> None:
        turn, teacher = divmod(next(turns), len(people))
        request = door.request(1, teacher, turn, f"profile-{teacher}-{turn}")
        body = request.split(b"\r\n\r\n", 1)[1]
        assert await answer(receive(body, values), "zh-CN", lambda: None)

    return say


class _Taken:
    """A platform that takes all at once: its client is not what is measured."""

    async def send(
        self, _conversation: str, _payload: Mapping[str, Any], _reply_to: str | None = None
    ) -> str | None:
        return None

    async def send_together(
        self, _conversations: Sequence[str], _payload: Mapping[str, Any]
    ) -> tuple[None, Mapping[str, Any]]:
        return None, {}

    async def close(self) -> None:
        """There is nothing to close."""


def _notices(entries: Sequence[int]) -> _Do:
    delivering = Delivering({PLATFORM: _Taken()}, "zh-CN", lambda *_: None, pacer=Pacer({}))
    waiting = iter(entries)

    async def bring() -> None:
        await delivering.deliver(next(waiting))

    return bring


# --- what it took -------------------------------------------------------------------------


@dataclass(frozen=True)
class Spent:
    """Of one: seconds by the clock, seconds of the processor, and each part's share (0 to 1)."""

    seconds: float
    processor: float
    shares: dict[str, float]


async def _spent(do: _Do, times: int) -> Spent:
    for _ in range(_WARM):
        await do()
    began, used = perf_counter(), process_time()
    for _ in range(times):
        await do()
    took, used = perf_counter() - began, process_time() - used
    async with _profiled() as profile:
        for _ in range(times):
            await do()
    return Spent(took / times, used / times, shares(pstats.Stats(profile)))


@asynccontextmanager
async def _profiled() -> AsyncIterator[cProfile.Profile]:
    profile = cProfile.Profile()
    profile.enable()
    try:
        yield profile
    finally:
        profile.disable()


def shares(stats: pstats.Stats) -> dict[str, float]:
    """Each part's share of the time; what is built into Python falls to whoever calls it."""
    spent: Counter[str] = Counter()
    of: dict[_Function, Any] = stats.stats  # type: ignore[attr-defined]
    for function, (_, _, own, _, callers) in of.items():
        if _WAITING in function[2]:
            spent[_WAITS] += own
        elif function[0] == "~":
            for caller, (_, _, part, _) in callers.items():
                spent[_part(caller[0])] += part
        else:
            spent[_part(function[0])] += own
    whole = sum(spent.values())
    return {name: part / whole for name, part in spent.most_common()}


def _part(file: str) -> str:
    return next((name for name, fits in _PARTS if re.search(fits, file)), _ELSE)


def _report(visit: Spent, notice: Spent, times: int) -> Report:
    names = dict.fromkeys((*visit.shares, *notice.shares))
    rows = [
        (name, *(f"{100 * one.shares.get(name, 0):.0f} %" for one in (visit, notice)))
        for name in names
    ]
    about = (
        f"{times} of each, one after the other in one process, on a PostgreSQL that waits for its",
        "disk: a /visit with a request, from DingTalk's bytes to its answer, and a notice of a",
        "problem, for a platform that takes it at once. The shares are the profiler's, which makes",
        "calls of Python dearer than they are; the milliseconds were measured without it.",
    )
    figures = (
        Figure("a /visit", 1000 * visit.seconds, "ms"),
        Figure("a /visit, of the processor", 1000 * visit.processor, "ms"),
        Figure("a notice", 1000 * notice.seconds, "ms"),
        Figure("a notice, of the processor", 1000 * notice.processor, "ms"),
    )
    return Report("Where the time goes", about, figures, (("", "/visit", "notice"), *rows))
