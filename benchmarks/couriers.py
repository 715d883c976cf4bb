"""Two workers in processes of their own that bring notices: ours, and a bare Dramatiq actor."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import aiohttp
import dramatiq
from dramatiq.asyncio import get_event_loop_thread
from dramatiq.middleware import AsyncIO, ShutdownNotifications, TimeLimit

from benchmarks.beside import Say
from benchmarks.doors import dingtalk_values
from benchmarks.receiver import Call
from benchmarks.replaying import through_tortoise
from benchmarks.school import keyring
from benchmarks.scripts import Script
from chat.dingtalk.names import PLATFORM
from chat.platforms import PLATFORMS, open_clients
from domain.records import Records, open_records
from domain.rules.plan import read_plan
from service import measures
from workers.broker import DELIVER, redis_broker
from workers.budget import Budget, Quotas
from workers.delivery import Delivering
from workers.records import RecordsMiddleware
from workers.start import LOOK_MS, MANY_THREADS, working

# More than any machine brings: what DingTalk allows isn't what is measured here.
_UNLIMITED = 1_000_000


@dataclass(frozen=True)
class Brought:
    """What one delivery asks of the database before and after its call, and the call itself."""

    before: Script
    after: Script
    call: Call


async def _opened(database: str) -> Records:
    return await open_records(database, keyring(), read_plan(None))


# --- ours ---------------------------------------------------------------------------------


def run_ours(database: str, redis_url: str, platform: str, say: Say) -> None:
    """As `zoufang worker` does, but with no limit to how often the platform is called."""
    PLATFORMS[PLATFORM] = replace(PLATFORMS[PLATFORM], per_second=_UNLIMITED)
    asyncio.run(_ours(database, redis_url, platform, say))


async def _ours(database: str, redis_url: str, platform: str, say: Say) -> None:
    await _opened(database)
    async with open_clients({PLATFORM: dingtalk_values(platform)}) as clients:
        budget = Budget({PLATFORM: Quotas(_UNLIMITED, _UNLIMITED)})
        delivering = Delivering(
            clients, "zh-CN", lambda *_: None, measures.delivered, budget=budget
        )
        async with working(redis_url, lambda: _opened(database), delivering, {}):
            say("ready")
            await asyncio.Event().wait()


# --- bare ---------------------------------------------------------------------------------


def run_bare(database: str, redis_url: str, brought: dict[int, Brought], say: Say) -> None:
    """An actor that asks the same of the database and makes the same call, and nothing else."""
    around = [
        TimeLimit(),
        ShutdownNotifications(),
        AsyncIO(),
        RecordsMiddleware(lambda: _opened(database)),
    ]
    broker = redis_broker(redis_url, around)
    actor = _Actor(brought)
    dramatiq.actor(broker=broker, actor_name=DELIVER)(actor.bring)
    worker = dramatiq.Worker(broker, worker_threads=MANY_THREADS, worker_timeout=LOOK_MS)
    worker.start()
    loop = get_event_loop_thread()
    assert loop is not None
    loop.run_coroutine(actor.open())
    say("ready")
    worker.join()


class _Actor:
    """One session for all calls, as anybody would have."""

    def __init__(self, brought: dict[int, Brought]) -> None:
        self.brought = brought
        self.session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """On the loop on which actors run."""
        self.session = aiohttp.ClientSession()

    async def bring(self, entry: int) -> None:
        """Do what one delivery did."""
        one = self.brought[entry]
        assert self.session is not None
        await through_tortoise(one.before)
        call = one.call
        async with self.session.post(call.url, json=call.body, headers=call.headers) as response:
            await response.json()
        await through_tortoise(one.after)
