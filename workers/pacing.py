"""Keeps us from calling a platform oftener than it allows, and at all while it shuts us out."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import math
import time
import uuid
from collections.abc import Mapping
from typing import Any

import redis

from domain.errors import log_fault

log = logging.getLogger(__name__)

# So many calls may come at once before the next must wait its turn (seconds' worth of them).
_BURST = 0.5
# A group's minute, and as long as a call may be on its way: a slow one arrives beside later ones.
_MINUTE = 60.0 + 10.0


class Pacer:
    """Gives each call to a platform its turn, within this process.

    `rates` are calls a second by platform, `in_groups` messages a minute to any one of its groups;
    a platform that isn't among them has no such limit.
    """

    def __init__(
        self, rates: Mapping[str, float], in_groups: Mapping[str, int] | None = None
    ) -> None:
        self._rates = rates
        self._in_groups = in_groups or {}
        self._turn: dict[str, float] = {}
        self._shut: dict[str, float] = {}
        self._said: dict[str, list[float]] = {}

    async def wait(
        self, platform: str, group: str | None = None, *, most: float = math.inf
    ) -> float:
        """How long a call must wait for its turn (seconds), `group` is the chat it speaks in.

        The turn is taken with it, unless it is longer than `most`: who won't wait that long asks
        again, and keeps no turn from others.
        """
        present = time.monotonic()
        wait = max(self._closed(platform, group, present), self._full(platform, group, present))
        rate = self._rates.get(platform)
        turn = max(self._turn.get(platform, 0.0), present - _BURST) if rate else present
        wait = max(wait, turn - present)
        if wait <= most:
            if rate:
                self._turn[platform] = turn + 1 / rate
            self._note(platform, group, present + wait)
        return wait

    def _closed(self, platform: str, group: str | None, present: float) -> float:
        ends = (self._shut.get(key, 0.0) for key in _doors(platform, group))
        return max(0.0, *(end - present for end in ends))

    def _full(self, platform: str, group: str | None, present: float) -> float:
        """How long the group has heard enough: until the last so many are a minute ago."""
        limit, said = self._in_groups.get(platform), self._said.get(_door(platform, group), [])
        if group is None or limit is None or len(said) < limit:
            return 0.0
        return max(said[-limit] + _MINUTE - present, 0.0)

    def _note(self, platform: str, group: str | None, at: float) -> None:
        limit = self._in_groups.get(platform)
        if group is None or limit is None:
            return
        door = _door(platform, group)
        self._said[door] = sorted((*self._said.get(door, ()), at))[-limit:]
        long_ago = at - 2 * _MINUTE
        self._said = {one: said for one, said in self._said.items() if said[-1] > long_ago}

    async def shut(self, platform: str, seconds: float, group: str | None = None) -> None:
        """The platform wants no call, or the group no message, before so many seconds are over."""
        door, present = _door(platform, group), time.monotonic()
        until = max(present + seconds, self._shut.get(door, 0.0))
        self._shut = {one: end for one, end in self._shut.items() if end > present} | {door: until}

    async def close(self) -> None:
        """Nothing is open."""


# The turn of the next call, by Redis' own clock: several machines never agree on theirs. What lies
# further ahead than any turn was written by a clock that has been set back since.
_TAKE = """
local t = redis.call('TIME')
local now = t[1] + t[2] / 1000000
local rate, burst, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local limit, minute = tonumber(ARGV[4]), tonumber(ARGV[5])
local wait = 0
for place = 2, 3 do
  wait = math.max(wait, redis.call('PTTL', KEYS[place]) / 1000)
end
if limit > 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - minute)
  redis.call('ZREMRANGEBYSCORE', KEYS[4], now + minute, '+inf')
  local last = redis.call('ZREVRANGE', KEYS[4], limit - 1, limit - 1, 'WITHSCORES')
  if last[2] then wait = math.max(wait, last[2] + minute - now) end
end
local turn = now
if rate > 0 then
  turn = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now - burst)
  wait = math.max(wait, turn - now)
end
if most < 0 or wait <= most then
  if rate > 0 then redis.call('SET', KEYS[1], string.format('%.6f', turn + 1 / rate), 'EX', 60) end
  if limit > 0 then
    redis.call('ZADD', KEYS[4], string.format('%.6f', now + wait), ARGV[6])
    redis.call('EXPIRE', KEYS[4], math.ceil(2 * minute))
  end
end
return tostring(wait)
"""
_SHUT = """
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
return 1
"""


class SharedPacer(Pacer):
    """The same among several processes, over Redis; while it is away, each for itself."""

    def __init__(
        self,
        rates: Mapping[str, float],
        client: redis.Redis,
        in_groups: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(rates, in_groups)
        self._client = client
        self._take, self._close = client.register_script(_TAKE), client.register_script(_SHUT)

    async def wait(
        self, platform: str, group: str | None = None, *, most: float = math.inf
    ) -> float:
        """How long a call must wait for its turn; taken with it unless longer than `most`."""
        doors = _doors(platform, group)
        keys = [
            _key("turn", platform),
            *(_key("shut", door) for door in (doors[0], doors[-1])),
            _key("said", doors[-1]),
        ]
        limit = self._in_groups.get(platform, 0) if group is not None else 0
        patience = -1.0 if math.isinf(most) else most
        values = [self._rates.get(platform, 0.0), _BURST, patience, limit, _MINUTE, _unique()]
        found = await self._asked(self._take, keys, values)
        if found is None:
            return await super().wait(platform, group, most=most)
        return float(found)

    async def shut(self, platform: str, seconds: float, group: str | None = None) -> None:
        """The platform, or the group, wants nothing for so many seconds from any of us."""
        await super().shut(platform, seconds, group)
        keys = [_key("shut", _door(platform, group))]
        await self._asked(self._close, keys, [max(int(seconds * 1000), 1)])

    async def _asked(self, script: Any, keys: list[str], values: list[Any]) -> Any:
        try:
            return await asyncio.to_thread(script, keys=keys, args=values)
        except redis.RedisError as error:
            log_fault(log, "Redis is away: each process paces itself", error)
            return None

    async def close(self) -> None:
        """Give the connections back."""
        await asyncio.to_thread(self._client.close)


def _doors(platform: str, group: str | None) -> list[str]:
    """The platform's, and the group's if it is for one."""
    return [_door(platform, None)] + ([] if group is None else [_door(platform, group)])


def _door(platform: str, group: str | None) -> str:
    """A name for it that says nothing of whose group it is."""
    if group is None:
        return platform
    return f"{platform}:{hashlib.sha256(group.encode()).hexdigest()[:32]}"


def _key(what: str, door: str) -> str:
    return f"zoufang:pace:{what}:{door}"


def _unique() -> str:
    return uuid.uuid4().hex
