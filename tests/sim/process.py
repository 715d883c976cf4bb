"""One process of the school's: a door, a relay and workers, which may die at any moment."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Coroutine
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import aiosqlite.core

from chat.dingtalk.inbound import receive
from chat.dingtalk.names import PLATFORM
from chat.dingtalk.values import DingtalkValues
from domain.records import Records, open_records
from service.answering import Reply, answer
from tests.fixtures.inline import cut_off
from tests.sim.inline import machine
from tests.sim.post import Sender
from workers.broker import DELIVER
from workers.delivery import Delivering
from workers.firing import Firing
from workers.relay import SWEEP_SECONDS, Relay
from workers.schedule import Duty
from workers.upkeep import Upkeep

if TYPE_CHECKING:
    from tests.sim.world import World

log = logging.getLogger(__name__)

# How often upkeep looks (seconds): much seldomer than in life, where nothing hangs on it either.
_UPKEEP = 40 * 3600.0
_VALUES = DingtalkValues(client_id="robot", client_secret="secret")


@dataclass(eq=False)
class Process:
    """`skew` is how far its machine's clock is ahead (seconds)."""

    world: World
    name: str
    dice: Random
    skew: float
    dead: bool = False
    connections: list[aiosqlite.core.Connection] = field(default_factory=list)
    faults: int = 0
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    _queue: asyncio.Queue[tuple[str, tuple[int, ...]]] = field(default_factory=asyncio.Queue)
    _context: Context = field(default_factory=copy_context)
    _records: Records | None = None

    @property
    def open(self) -> bool:
        """Whether its door takes messages."""
        return self._records is not None and not self.dead

    # --- what a statement asks of it ------------------------------------------------------

    async def hop(self, *, may_fail: bool) -> None:
        """Let the others go on; CancelledError once it is dead, sqlite3's error by bad luck."""
        if self.dead:
            raise asyncio.CancelledError
        await asyncio.sleep(self.dice.uniform(0.0002, 0.004))
        if self.dead:
            raise asyncio.CancelledError
        if may_fail and self.faults and self.dice.randrange(40) == 0:
            self.faults -= 1
            self.world.deaths.append((self.world.now(), self.name))
            raise sqlite3.OperationalError("disk I/O error")

    def committed(self) -> None:
        """Something may have changed for the others."""
        self.world.changed()

    def clock(self) -> datetime:
        """What its own machine says that it is."""
        return self.world.now() + timedelta(seconds=self.skew)

    # --- its life -------------------------------------------------------------------------

    async def begin(self) -> None:
        """Open the records and go to work."""
        self._context.run(machine.set, self)
        await self.spawn(self._open())
        self.sender = Sender(self.world.post, self.name)
        self.relay = self._context.run(self._made_relay)
        delivering = Delivering({PLATFORM: self.sender}, "zh-CN", lambda *_: None)
        firing = Firing(self.world.duties, self.relay.wake)
        for _ in range(self.world.story.hands):
            self.spawn(self._work(delivering, firing))
        self.spawn(self._look())
        self.spawn(self._keep_up(self.world.duties))

    async def _open(self) -> None:
        self._records = await open_records(self.world.database, self.world.ring, self.world.plan)

    def _made_relay(self) -> Relay:
        async def settle() -> None:
            """It isn't waited for here."""

        return Relay(lambda actor, *ids: self._queue.put_nowait((actor, ids)), settle)

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Something that it does, and that dies with it."""

        async def entered() -> Any:
            if self._records is not None:
                self._records.enter()
            return await work

        task = self.world.loop.create_task(entered(), context=self._context.copy())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def kill(self) -> None:
        """End it at once, wherever it is."""
        self.dead = True
        self.world.deaths.append((self.world.now(), self.name))
        for connection in self.connections:
            cut_off(connection)
        for task in self._tasks:
            task.cancel()

    # --- what it does again and again -----------------------------------------------------

    async def _work(self, delivering: Delivering, firing: Firing) -> None:
        while True:
            actor, ids = await self._queue.get()
            try:
                await (delivering.deliver(*ids) if actor == DELIVER else firing.fire(*ids))
            except Exception as error:  # noqa: BLE001  the broker logs it, and the lease ends
                log.info("%s %s: %s", actor, ids, type(error).__name__)

    async def _look(self) -> None:
        while True:
            handed = 0
            try:
                handed = await self.relay.turn()
            except Exception as error:  # noqa: BLE001  as in the relay: it looks again
                log.info("the relay: %s", type(error).__name__)
            if not handed:
                await self.world.until_due(self.relay._due, self.dice.uniform(0.1, SWEEP_SECONDS))
            self.relay._due.clear()

    async def _keep_up(self, duties: dict[str, Duty]) -> None:
        upkeep = Upkeep(duties)
        while True:
            await upkeep.once()
            await asyncio.sleep(_UPKEEP)

    # --- its door -------------------------------------------------------------------------

    async def hear(self, body: bytes) -> list[Reply]:
        """Carry out a message and say its answers in the response; as the door does it."""
        inbound = receive(body, _VALUES)
        replies = await answer(inbound, "zh-CN")
        await asyncio.sleep(self.dice.uniform(0.001, 0.05))
        self.relay.said([one.entry for one in replies if one.entry is not None], PLATFORM)
        return replies
