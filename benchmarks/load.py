"""Puts load on a door: so many clients that wait for answers, or so many requests a second."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from statistics import quantiles
from time import perf_counter

from benchmarks.doors import Door
from benchmarks.school import TEACHERS

# What is answered within so long waits for nobody; the pauses before it is tried, and the longest
# that it is tried (seconds).
_AT_ONCE, _REST, _LONGEST_REST = 0.25, 0.2, 15.0
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class WrongAnswer(Exception):
    """An answer that isn't what we measure; the sentence shows its beginning."""


@dataclass
class Said:
    """How long each request took (seconds), how many were put off, and over how long a time."""

    took: list[float] = field(default_factory=list)
    late: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second that were answered; what was put off is still to be."""
        return (len(self.took) - self.late) / self.seconds

    def milliseconds(self, percent: int) -> float:
        """The time within which so many percent were answered."""
        if len(self.took) < 2:
            return 1000 * sum(self.took)
        return 1000 * quantiles(self.took, n=100, method="inclusive")[percent - 1]


class Speakers:
    """The teachers as they speak to one server: whose turn it is, and which of their visits."""

    def __init__(self, door: Door, port: int, holds: bytes) -> None:
        self.door = door
        self.port = port
        self.holds = holds
        self._turns = [count() for _ in range(TEACHERS)]
        self._run = token_hex(4)

    def request(self, teacher: int) -> bytes:
        """The next visit of this teacher."""
        turn = next(self._turns[teacher])
        return self.door.request(self.port, teacher, turn, f"bench-{self._run}-{teacher}-{turn}")

    def is_late(self, answer: bytes) -> bool:
        """Whether it says that the answer comes afterwards."""
        return any(late in answer for late in self.door.late)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        """A connection that is kept."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield Client(self, reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


@dataclass
class Client:
    """One connection; one request at a time."""

    speakers: Speakers
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, teacher: int) -> bytes:
        """The answer to a visit of this teacher's; WrongAnswer for any other answer."""
        self.writer.write(self.speakers.request(teacher))
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1]) if length else 0)
        known = self.speakers.holds in body or self.speakers.is_late(body)
        if b" 200 " not in head[:16] or not known:
            raise WrongAnswer((head + body)[:2000].decode(errors="replace"))
        return body


def teachers_of(client: int, clients: int) -> Iterator[int]:
    """No two clients speak for the same teacher: nobody says two things at once."""
    mine = range(client, TEACHERS, clients)
    while True:
        yield from mine


async def closed_loop(speakers: Speakers, clients: int, seconds: float) -> Said:
    """Each client says the next thing as soon as it has its answer."""
    said, began = Said(), perf_counter()

    async def one(number: int) -> None:
        async with speakers.client() as client:
            for teacher in teachers_of(number, clients):
                start = perf_counter()
                if start - began >= seconds:
                    return
                answer = await client.say(teacher)
                said.late += speakers.is_late(answer)
                said.took.append(perf_counter() - start)

    async with asyncio.TaskGroup() as all_of_them:
        for number in range(clients):
            all_of_them.create_task(one(number))
    said.seconds = perf_counter() - began
    return said


async def at_a_rate(speakers: Speakers, clients: int, rate: float, seconds: float) -> Said:
    """So many a second, whether answered or not; the time counts from when one was due."""
    said, began = Said(), perf_counter()

    async def one(number: int) -> None:
        async with speakers.client() as client:
            for turn, teacher in enumerate(teachers_of(number, clients)):
                due = began + (number + turn * clients) / rate
                if due - began >= seconds:
                    return
                await asyncio.sleep(max(0.0, due - perf_counter()))
                answer = await client.say(teacher)
                said.late += speakers.is_late(answer)
                said.took.append(perf_counter() - due)

    async with asyncio.TaskGroup() as all_of_them:
        for number in range(clients):
            all_of_them.create_task(one(number))
    said.seconds = perf_counter() - began
    return said


async def settled(speakers: Speakers) -> None:
    """Wait until what was left for after the answers is done: a single visit is answered at once.

    Else it would fall to whoever is measured next.
    """
    until = perf_counter() + _LONGEST_REST
    async with speakers.client() as client:
        for teacher in teachers_of(0, 1):
            await asyncio.sleep(_REST)
            began = perf_counter()
            await client.say(teacher)
            if perf_counter() - began <= _AT_ONCE or perf_counter() > until:
                return
