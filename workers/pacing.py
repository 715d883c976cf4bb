"""Keeps us from calling a platform oftener than it allows, and at all while it shuts us out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

import redis

from domain.errors import log_fault

log = logging.getLogger(__name__)

# So many calls may come at once before the next must wait its turn (seconds' worth of them).
_BURST = 0.5


class Pacer:
    """Gives each call to a platform its turn, within this process.

    `rates` are calls a second by platform; a platform that isn't among them has none.
    """

    def __init__(self, rates: Mapping[str, float]) -> None:
        self._rates = rates
        self._turn: dict[str, float] = {}
        self._shut: dict[str, float] = {}

    async def wait(self, platform: str) -> float:
        """How long a call must wait for its turn, which is taken with it (seconds)."""
        present = time.monotonic()
        if (shut := self._shut.get(platform, 0.0)) > present:
            return shut - present
        rate = self._rates.get(platform)
        if rate is None:
            return 0.0
        turn = max(self._turn.get(platform, 0.0), present - _BURST)
        self._turn[platform] = turn + 1 / rate
        return max(turn - present, 0.0)

    async def shut(self, platform: str, seconds: float) -> None:
        """The platform wants no call before so many seconds are over."""
        until = time.monotonic() + seconds
        self._shut[platform] = max(until, self._shut.get(platform, 0.0))

    async def close(self) -> None:
        """Nothing is open."""


# The turn of the next call, by Redis' own clock: several machines never agree on theirs.
_TAKE = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local shut = redis.call('PTTL', KEYS[2])
if shut > 0 then return tostring(shut / 1000) end
if tonumber(ARGV[1]) <= 0 then return '0' end
local turn = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now - tonumber(ARGV[2]))
redis.call('SET', KEYS[1], string.format('%.6f', turn + 1 / ARGV[1]), 'EX', 60)
return tostring(math.max(turn - now, 0))
"""
_SHUT = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
return 1
"""


class SharedPacer(Pacer):
    """The same among several processes, over Redis; while it is away, each for itself."""

    def __init__(self, rates: Mapping[str, float], client: redis.Redis) -> None:
        super().__init__(rates)
        self._client = client
        self._take, self._close = client.register_script(_TAKE), client.register_script(_SHUT)

    async def wait(self, platform: str) -> float:
        """How long a call must wait for its turn, which is taken with it (seconds)."""
        keys = [_key("turn", platform), _key("shut", platform)]
        found = await self._asked(self._take, keys, [self._rates.get(platform, 0.0), _BURST])
        return await super().wait(platform) if found is None else float(found)

    async def shut(self, platform: str, seconds: float) -> None:
        """The platform wants no call before so many seconds are over, from any of us."""
        await super().shut(platform, seconds)
        await self._asked(self._close, [_key("shut", platform)], [max(int(seconds * 1000), 1)])

    async def _asked(self, script: Any, keys: list[str], values: list[Any]) -> Any:
        try:
            return await asyncio.to_thread(script, keys=keys, args=values)
        except redis.RedisError as error:
            log_fault(log, "Redis is away: each process paces itself", error)
            return None

    async def close(self) -> None:
        """Give the connections back."""
        await asyncio.to_thread(self._client.close)


def _key(what: str, platform: str) -> str:
    return f"zoufang:pace:{what}:{platform}"
