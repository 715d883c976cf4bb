"""Plays a story: two processes on one database, killed and started again, and what came of it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from domain.rules.plan import Plan
from domain.sealing import Keyring
from tests.fixtures.dingtalk_door import account
from tests.sim.outcome import Heard, instant
from tests.sim.post import Post
from tests.sim.process import Process
from tests.sim.story import END, OVER, START, Bad, Death, Said, Story
from tests.sim.timeless import TimelessLoop
from workers.schedule import Duty

log = logging.getLogger(__name__)

# How long who isn't answered waits before saying it again, longer each time (seconds).
_AGAIN = 5.0
# What is overdue is looked for as seldom as this, at the most (seconds).
_SELDOM = 600.0


@dataclass(eq=False)
class World:
    """What the processes of a story share."""

    loop: TimelessLoop
    story: Story
    database: str
    ring: Keyring
    plan: Plan
    duties: dict[str, Duty] = field(default_factory=dict)
    deaths: list[tuple[datetime, str]] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    mended: int = 0

    def __post_init__(self) -> None:
        self.dice = Random(f"world {self.story.seed}")
        self.post = Post(self.now, Random(f"post {self.story.seed}"), self.story.spells)
        self._rows = sqlite3.connect(self.database.removeprefix("sqlite://"), isolation_level=None)
        self._rows.row_factory = sqlite3.Row
        self._change = asyncio.Event()
        self._processes: list[Process | None] = [None, None]
        self._born = 0

    # --- time -----------------------------------------------------------------------------

    def now(self) -> datetime:
        """The database's clock, which is everybody's."""
        return (START + timedelta(seconds=self.loop.time())).astimezone(UTC)

    def changed(self) -> None:
        """Whoever waits for what is due looks again when that is."""
        self._change.set()
        self._change = asyncio.Event()

    async def until_due(self, woken: asyncio.Event, late: float) -> None:
        """Until something is due, and a moment longer, as who looks now and then; or `woken`."""
        while not woken.is_set():
            # What is due and wasn't taken is somebody's, or waits for the rest of its morning; the
            # longer it has waited, the less is lost by looking seldom.
            ahead = self._next()
            seconds, changed = min(abs(ahead), _SELDOM if ahead < 0 else ahead) + late, self._change
            waits = [self.loop.create_task(one.wait()) for one in (woken, changed)]
            try:
                await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in waits:
                    one.cancel()
            if not changed.is_set():
                return

    def _next(self) -> float:
        """In how many seconds something is due; what is at a lease's mercy, when that ends."""
        (found,) = self._rows.execute(_NEXT).fetchone()
        if found is None:
            return 86_400.0
        return (instant(found) - self.now()).total_seconds()

    async def at(self, instant: datetime) -> None:
        """Until that instant."""
        await asyncio.sleep(max((instant - self.now()).total_seconds(), 0.0))

    # --- the processes --------------------------------------------------------------------

    async def start(self, which: int) -> None:
        """Start one of the two; each life of it has a name of its own."""
        self._born += 1
        name = f"{which}.{self._born}"
        process = Process(self, name, Random(f"{name} {self.story.seed}"), self.story.skews[which])
        self._processes[which] = process
        await process.begin()

    async def die(self, death: Death) -> None:
        await self.at(death.at)
        process = self._processes[death.which]
        if process is None or process.dead:
            return
        process.kill()
        await asyncio.sleep(death.seconds)
        if not self._is_still():
            await self.start(death.which)

    async def stand_still(self, since: datetime, until: datetime) -> None:
        await self.at(since)
        for process in self._processes:
            if process is not None and not process.dead:
                process.kill()
        await self.at(until)
        for which in (0, 1):
            await self.start(which)

    def _is_still(self) -> bool:
        still = self.story.still
        return still is not None and still[0] <= self.now() <= still[1]

    async def fail(self, bad: Bad) -> None:
        await self.at(bad.at)
        process = self._processes[bad.which]
        if process is not None and not process.dead:
            process.faults += bad.statements

    # --- what is said ---------------------------------------------------------------------

    async def say(self, said: Said, arrival: datetime) -> None:
        """Bring a copy of the message, again and again until it is answered."""
        await self.at(arrival)
        wait = _AGAIN
        while not await self._taken(said):
            await asyncio.sleep(wait)
            wait = min(wait * 2, _SELDOM)

    async def _taken(self, said: Said) -> bool:
        process = self._living()
        if process is None or ("{n}" in said.text and said.life not in self.numbers):
            return False
        return await self._answered(process, said)

    def _living(self) -> Process | None:
        alive = [one for one in self._processes if one is not None and one.open]
        return self.dice.choice(alive) if alive else None

    async def _answered(self, process: Process, said: Said) -> bool:
        number = self.numbers.get(said.life)
        body = _body(said, said.text.replace("{n}", str(number)))
        task = process.spawn(process.hear(body))
        await asyncio.wait({task})
        if task.cancelled():
            return False
        if (error := task.exception()) is not None:
            log.warning("the door: %r", error)
            return False
        replies = task.result()
        if not replies or replies[0].view.notice in {"NotRecorded", "NotSure"}:
            return False
        view = replies[0].view
        problem = getattr(view, "problem", None)
        if isinstance(problem, int):
            self.numbers.setdefault(said.life, problem)
        self.heard.append(Heard(said, self.now(), view.notice, problem))
        return True

    # --- all of it ------------------------------------------------------------------------

    async def play(self) -> None:
        """From the beginning to the end, and until all is told that is to be told by then."""
        for which in (0, 1):
            await self.start(which)
        acts = [self.say(said, arrival) for said in self.story.said for arrival in said.arrivals]
        acts += [self.die(death) for death in self.story.deaths]
        acts += [self.fail(bad) for bad in self.story.bad]
        if self.story.still is not None:
            acts.append(self.stand_still(*self.story.still))
        with suppress(TimeoutError):
            # What is never answered is found by the oracle.
            async with asyncio.timeout((END - self.now()).total_seconds()):
                await asyncio.gather(*acts)
        await self.at(END)
        await self.at(OVER)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """What the tables hold in the end."""
        return {
            table: [dict(row) for row in self._rows.execute(f"SELECT * FROM {table} ORDER BY id")]  # noqa: S608  our own names
            for table in ("heard", "outbox", "delivery", "timer", "problem", "problem_event")
        }

    def close(self) -> None:
        """End whoever is alive, and the look at the rows."""
        for process in self._processes:
            if process is not None and not process.dead:
                process.kill()
        self._rows.close()


_NEXT = """
SELECT min(at) FROM (
  SELECT max(due_at, coalesce(lease_until, due_at)) AS at FROM timer WHERE due_at IS NOT NULL
  UNION ALL
  SELECT max(available_at, coalesce(lease_until, available_at), coalesce(not_before, available_at))
  FROM outbox WHERE done_at IS NULL AND parked_at IS NULL)
"""


def _body(said: Said, text: str) -> bytes:
    return json.dumps(
        {
            "msgtype": "text",
            "msgId": said.message,
            "conversationType": "1",
            "conversationId": f"cid-{said.who}",
            "senderStaffId": account(said.who),
            "robotCode": said.robot,
            "text": {"content": text},
        }
    ).encode()
