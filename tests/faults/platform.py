"""A fake of DingTalk in a thread of its own, which records all that reaches it and can misbehave."""

from __future__ import annotations

import asyncio
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.faults.oracle import Outcome, Receipt
from tests.fixtures.dingtalk import DIRECT_PATH, REACHED, REPLY_PATH, TOKEN_PATH

# What is unique in a text: the number of a problem.
_NUMBER = re.compile(r"#(\d+)")
# Long enough that whoever sent it has given up (seconds).
_TOO_LONG = 3.5


@dataclass(frozen=True)
class Brought:
    """A message as it arrived: to whom, its text, when, what we answered, and which process sent it."""

    accounts: tuple[str, ...]
    text: str
    at: float
    outcome: Outcome
    mood: str = "well"
    sender: str = ""

    def receipts(self) -> list[Receipt]:
        """One for each of those whom it was for, and each number in it."""
        return [
            Receipt((account, number), self.at, self.outcome, self.sender)
            for account in self.accounts
            for number in dict.fromkeys(_NUMBER.findall(self.text))
        ]


_OUTCOMES: dict[str, Outcome] = {
    "well": "taken",
    "late": "silent",
    "close": "silent",
    **dict.fromkeys(("500", "code", "429", "busy page"), "refused"),
}
# What it does with a message; the default is to take it.
Mood = Callable[[], str]


@dataclass
class Platform:
    """The fake; `mood` says what becomes of each message: well, 500, code, 429
    (with `retry_after`, seconds), busy page, late or close. A call takes up to `lag` seconds,
    before it has come and after; `calling` are the processes whose call is under way."""

    mood: Mood = lambda: "well"
    brought: list[Brought] = field(default_factory=list)
    url: str = ""
    retry_after: int = 1
    gone: frozenset[str] = frozenset()
    tokens: int = 0
    calling: set[str] = field(default_factory=set)
    lag: float = 0.0
    _token: str = "token0"

    def start(self) -> None:
        """Listen, in a thread."""
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(self._listen())
            ready.set()
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert ready.wait(10)

    def stop(self) -> None:
        """Listen no more."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        app = web.Application()
        app.router.add_post(TOKEN_PATH, self._give_token)
        app.router.add_post(DIRECT_PATH, self._take)
        app.router.add_post(REPLY_PATH, self._take_answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _give_token(self, _request: web.Request) -> web.Response:
        self.tokens += 1
        return web.json_response({"accessToken": self._token, "expireIn": 7200})

    def forget_token(self) -> None:
        """Know the token no more that it gave."""
        self._token = f"token{self.tokens}-{time.time_ns()}"

    async def _take_answer(self, _request: web.Request) -> web.Response:
        """What is said to the address that a message brought: the old API's way."""
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body, mood = await request.json(), self.mood()
        if request.headers.get("x-acs-dingtalk-access-token") != self._token:
            return web.json_response({"code": "InvalidAuthentication"}, status=401)
        sender = request.headers.get("User-Agent", "")
        self.calling.add(sender)
        try:
            return await self._taken(request, body, mood, sender)
        finally:
            self.calling.discard(sender)

    async def _taken(
        self, request: web.Request, body: dict[str, Any], mood: str, sender: str
    ) -> web.StreamResponse:
        await asyncio.sleep(random.uniform(0.0, self.lag / 2))
        if request.transport is None:
            # Whoever sent it is gone, and with it what was still on its way.
            return web.Response()
        accounts = tuple(one for one in body["userIds"] if one not in self.gone)
        if not accounts:
            return web.json_response({"code": "staffId.notExisted"}, status=400)
        self.brought.append(
            Brought(accounts, body["msgParam"], time.time(), _OUTCOMES[mood], mood, sender)
        )
        await asyncio.sleep(random.uniform(0.0, self.lag / 2))
        if mood == "500":
            return web.json_response({"code": "system.error"}, status=500)
        if mood == "code":
            return web.json_response({"errcode": -1, "errmsg": "busy"})
        if mood == "429":
            wait = {"Retry-After": str(self.retry_after)}
            return web.json_response({"code": "throttled"}, status=429, headers=wait)
        if mood == "busy page":
            return web.Response(text="<html>busy</html>", status=503, content_type="text/html")
        if mood == "late":
            await asyncio.sleep(_TOO_LONG)
        elif mood == "close":
            assert request.transport is not None
            request.transport.abort()
        missed = [one for one in body["userIds"] if one in self.gone]
        return web.json_response(REACHED | {"invalidStaffIdList": missed})

    def receipts(self) -> list[Receipt]:
        """All that has reached it, in the order it came."""
        return [one for brought in list(self.brought) for one in brought.receipts()]


def chaotic(seed: int) -> Mood:
    """One in ten a 500, one in ten a code in a 200, one in twenty late, one in twenty cut off."""
    dice = random.Random(seed)
    moods = ("500", "code", "late", "close", "well")
    return lambda: dice.choices(moods, weights=(10, 10, 5, 5, 70))[0]
