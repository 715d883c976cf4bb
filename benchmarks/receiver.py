"""A platform that takes every message, and knows how many it got, and when."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.bare import listening
from benchmarks.beside import Say, beside

_TOKEN_PATH = "/v1.0/oauth2/accessToken"  # noqa: S105  DingTalk's
_DIRECT_PATH = "/v1.0/robot/oToMessages/batchSend"
_TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105  DingTalk's
_TOKEN = {"accessToken": "a token", "expireIn": 7200}
_REACHED = {"processQueryKey": "key", "invalidStaffIdList": [], "flowControlledStaffIdList": []}
# How often it is asked whether all are there, and the longest they may take (seconds).
_LOOK, _PATIENCE = 0.05, 120


@dataclass(frozen=True)
class Call:
    """A call as it came in: its address, the JSON it held, and the header with the token."""

    url: str
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass(frozen=True)
class Receiver:
    """Where the platform is, and how to ask it what it got."""

    url: str
    session: aiohttp.ClientSession

    async def forget(self) -> None:
        """Count from nothing."""
        async with self.session.delete(f"{self.url}/calls") as response:
            response.raise_for_status()

    async def last(self) -> Call:
        """The last call that came."""
        async with self.session.get(f"{self.url}/calls") as response:
            got = await response.json()
        headers = {_TOKEN_HEADER: got["token"]}
        return Call(f"{self.url}{_DIRECT_PATH}", got["body"], headers)

    async def rate(self, calls: int) -> float:
        """How many it got a second, from the first of so many to the last.

        RuntimeError if they don't come.
        """
        until = monotonic() + _PATIENCE
        while monotonic() < until:
            async with self.session.get(f"{self.url}/calls") as response:
                got = await response.json()
            if got["calls"] >= calls:
                return float((calls - 1) / (got["last"] - got["first"]))
            await asyncio.sleep(_LOOK)
        raise RuntimeError(f"{got['calls']} of {calls} messages came")


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """Such a platform in a process of its own, spoken to as DingTalk is."""
    with beside(_run) as port:
        async with aiohttp.ClientSession() as session:
            yield Receiver(f"http://127.0.0.1:{port}", session)


def _run(say: Say) -> None:
    asyncio.run(_serve(say))


async def _serve(say: Say) -> None:
    at: list[float] = []
    latest: dict[str, Any] = {}

    async def give_token(_request: web.Request) -> web.Response:
        return web.json_response(_TOKEN)

    async def take(request: web.Request) -> web.Response:
        latest.update(body=await request.json(), token=request.headers[_TOKEN_HEADER])
        at.append(monotonic())
        return web.json_response(_REACHED)

    async def count(_request: web.Request) -> web.Response:
        ends = {"first": min(at, default=0.0), "last": max(at, default=0.0)}
        return web.json_response({"calls": len(at), **ends, **latest})

    async def forget(_request: web.Request) -> web.Response:
        at.clear()
        return web.Response()

    app = web.Application()
    app.router.add_post(_TOKEN_PATH, give_token)
    app.router.add_post(_DIRECT_PATH, take)
    app.router.add_get("/calls", count)
    app.router.add_delete("/calls", forget)
    await listening(app, say)
