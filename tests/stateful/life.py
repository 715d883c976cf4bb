"""The school lives: people speak, workers work, time passes, processes die and begin again."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tortoise.connection import get_connection

from chat.console.inbound import receive
from chat.console.names import DIRECT
from chat.console.names import PLATFORM as CONSOLE
from chat.console.outbound import payload
from domain.actions.outbox import mark_said
from domain.models import Delivery, OutboxEntry, Timer
from domain.queries.audit import Kept
from domain.records import Records, open_records
from service.answering import answer
from tests.fixtures.broker import Broker
from tests.fixtures.house import _plan, _ring
from tests.fixtures.inline import cut_off
from tests.stateful.dying import Death, Died
from tests.stateful.post import Post
from workers.pacing import Pacer

# Longer than any lease, and than the first wait before another try.
LATER = timedelta(seconds=40)
_HAIR = timedelta(milliseconds=1)

Reply = dict[str, Any]


@dataclass
class Clock:
    """What time it is, really and for the school: it stands still until somebody moves it."""

    now: datetime


@dataclass(frozen=True)
class Said:
    """A message under its id, and what was answered; empty while nobody has answered."""

    key: str
    who: str
    chat: str
    text: str
    replies: tuple[Reply, ...] = ()
    entries: tuple[int, ...] = ()


async def nothing() -> None:
    """Nobody looks."""


@dataclass
class Life:
    """The school on its database in this life; `said` are all messages by their ids.

    `unmarked` counts the letters whose sender died before it could write down that they were sent.
    """

    people: dict[str, int]
    classes: dict[tuple[int, int], int]
    file: Path
    clock: Clock
    post: Post
    said: dict[str, Said] = field(default_factory=dict)
    unmarked: int = 0
    faults: list[str] = field(default_factory=list)
    # What of the promises looks at is kept between two looks: the chain's end, and how far it came.
    kept: Kept | None = None
    watch: Callable[[], Awaitable[None]] = nothing
    # Which words were said by whom, which numbers were told to anybody.
    words: dict[str, str] = field(default_factory=dict)
    problems: set[int] = field(default_factory=set)
    visits: set[int] = field(default_factory=set)
    voices: set[int] = field(default_factory=set)
    answered: list[Said] = field(default_factory=list)
    _looked: dict[str, int] = field(default_factory=dict)
    _records: Records | None = None
    _dead: bool = False

    # --- how far was looked -------------------------------------------------------------------

    def looked_up_to(self, what: str) -> int:
        """The last row of that kind which was looked at."""
        return self._looked.get(what, 0)

    def look_up_to(self, what: str, rows: Iterable[int]) -> None:
        """Those are looked at now."""
        self._looked[what] = max(rows, default=self.looked_up_to(what))

    # --- a process --------------------------------------------------------------------------

    async def begin(self) -> None:
        """Open the records."""
        self._dead = False
        self._records = await open_records(f"sqlite://{self.file}", _ring(), _plan())

    async def end(self) -> None:
        """Close them."""
        assert self._records is not None
        await self._records.close()

    async def dies_at(self, work: Coroutine[Any, Any, Any], waits: int) -> bool:
        """Whether the process died at that of its waits; then another has begun in its place."""
        unmarked, complained = await self._unmarked(), len(self.faults)
        connection = get_connection("default")

        def dies() -> None:
            self._dead = True
            cut_off(connection._connection)

        if await Death(waits, dies).done(work):
            return False
        # What the dead still complained of is nobody's fault.
        del self.faults[complained:]
        await self.begin()
        self.unmarked += await self._unmarked() - unmarked
        return True

    async def _unmarked(self) -> int:
        brought = await Delivery.filter(in_response=False).count()
        return len(self.post.letters) - brought - self.post.unanswered

    # --- people -----------------------------------------------------------------------------

    async def say(self, who: str, text: str, chat: str = DIRECT, key: str | None = None) -> Said:
        """Hear it, answer in the response, and note that it was said."""
        key = key or f"m{len(self.said)}"
        self.said.setdefault(key, Said(key, who, chat, text))
        body = {"person": self.people[who], "chat": chat, "text": text, "message_id": key}
        replies = await answer(receive(body), "zh-CN")
        if self._dead:
            # What it would say of its own death reaches nobody.
            raise Died
        entries = tuple(one.entry for one in replies if one.entry is not None)
        shown = tuple(payload(one.view, one.message, one.chat or DIRECT) for one in replies)
        await mark_said(list(entries), CONSOLE)
        said = Said(key, who, chat, text, shown, entries)
        self.answered.append(said)
        if not self.said[key].replies:
            self.said[key] = said
        for reply in shown:
            self._numbers(reply)
        return said

    def _numbers(self, reply: Reply) -> None:
        """What was told to be recorded must be there from now on."""
        if reply["notice"] == "ProblemRecorded":
            self.problems.add(reply["facts"]["problem"])
        if reply["notice"] == "VisitRecorded" and reply["facts"].get("visit"):
            self.visits.add(reply["facts"]["visit"])

    # --- what happens by itself ---------------------------------------------------------------

    async def work(self) -> None:
        """A worker does and tells all that is due, until nothing is."""
        await Broker(self.post, lambda: Pacer({})).relay().drain()
        await self.watch()

    async def pass_to(self, until: datetime, pause: timedelta = _HAIR) -> None:
        """Move the clock on, stopping wherever something is due, after such a pause at least."""
        await self.work()
        while self.clock.now < until:
            coming = await self.next_due()
            if coming is None or coming > until:
                break
            self.clock.now = min(until, max(coming, self.clock.now + pause))
            await self.work()
        self.clock.now = max(until, self.clock.now)
        await self.work()

    async def next_due(self) -> datetime | None:
        """When something can first be done or told; None if nothing is to come."""
        timers = await Timer.filter(due_at__isnull=False).only("due_at", "lease_until")
        notices = await OutboxEntry.filter(done_at__isnull=True, parked_at__isnull=True)
        free = [_latest(one.due_at, one.lease_until) for one in timers]
        free += [_latest(one.available_at, one.lease_until, one.not_before) for one in notices]
        return min(free, default=None)


def _latest(*instants: datetime | None) -> datetime:
    return max(one for one in instants if one is not None)


@dataclass(frozen=True)
class Ground:
    """What every life begins with: a filled file, a folder to live in, the ids of the people."""

    source: Path
    folder: Path
    people: dict[str, int]
    classes: dict[tuple[int, int], int]
    start: datetime

    def life(self, number: int) -> Life:
        """One of its own."""
        file = self.folder / f"life{number}.db"
        shutil.copyfile(self.source, file)
        clock = Clock(self.start.astimezone(UTC))
        return Life(dict(self.people), self.classes, file, clock, Post(clock))


async def beside(*works: Coroutine[Any, Any, Any]) -> Sequence[Any]:
    """Several at once."""
    return await asyncio.gather(*works)
