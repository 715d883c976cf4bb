"""The platform of the simulation: it notes all that reaches it, and has its moods by the clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from chat.dingtalk.names import direct_chat
from chat.errors import NotDelivered

Mood = Literal["well", "refuses", "silent", "hangs", "throttles"]
# Longer than a call may take for the one who makes it (seconds), shorter than a lease.
_HANGS = 25.0
# For how long it wants no call (seconds).
_THROTTLE = 900.0


@dataclass(frozen=True)
class Spell:
    """A time in which the platform has a mood; of every hundred calls so many meet it."""

    since: datetime
    until: datetime
    mood: Mood
    of_hundred: int = 100


@dataclass(frozen=True)
class Told:
    """One thing that a person was told: which notice, about which problem, which rung of it.

    `heard`: whoever sent it, at `answered`, heard that it was taken. `process` is who sent it.
    """

    at: datetime
    answered: datetime
    account: str
    notice: str
    problem: int | None
    rung: str
    heard: bool
    process: str
    text: str = field(default="", repr=False)

    @property
    def key(self) -> tuple[str, str, int | None, str, str]:
        """By which a repeat of it is known."""
        return self.account, self.notice, self.problem, self.rung, self.text


@dataclass
class Post:
    """What came, in its order; `mood` is looked up at each call."""

    now: Callable[[], datetime]
    dice: Random
    spells: Sequence[Spell] = ()
    told: list[Told] = field(default_factory=list)

    def mood(self) -> Mood:
        """Its mood at this moment, by the spells and the dice."""
        for spell in self.spells:
            if spell.since <= self.now() < spell.until:
                return spell.mood if self.dice.randrange(100) < spell.of_hundred else "well"
        return "well"


@dataclass
class Sender:
    """The client by which one process speaks to the platform."""

    post: Post
    process: str

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        del reply_to
        quota, missed = await self.send_together([conversation], payload)
        if conversation in missed:
            raise missed[conversation]
        return quota

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        mood = self.post.mood()
        await asyncio.sleep(self.post.dice.uniform(0.01, 0.3))
        if mood == "refuses":
            raise NotDelivered("500", for_good=False)
        if mood == "throttles":
            raise NotDelivered("429", for_good=False, retry_after=_THROTTLE, for_all=True)
        wait = _HANGS if mood == "hangs" else self.post.dice.uniform(0.01, 0.3)
        for one in conversations:
            self.note(one, payload, wait, heard=mood == "well")
        await asyncio.sleep(wait)
        if mood != "well":
            raise NotDelivered("no answer", for_good=False)
        return "api", {}

    def note(
        self, conversation: str, payload: Mapping[str, Any], wait: float, *, heard: bool
    ) -> None:
        """It has come, whatever we answer, and after however many seconds."""
        text = json.dumps(payload["markdown"], ensure_ascii=False)
        at = self.post.now()
        until = at + timedelta(seconds=wait)
        for said in _said(payload["seen"]):
            self.post.told.append(Told(at, until, conversation, *said, heard, self.process, text))

    async def close(self) -> None:
        """Nothing is open."""


def _said(seen: Mapping[str, Any]) -> Iterator[tuple[str, int | None, str]]:
    """Each thing in a message: the notice, the number of its problem, the rung."""
    items = seen.get("items")
    if seen["notice"] == "ReminderBundle":
        for item in items or ():
            yield from _said(item)
    else:
        number = seen.get("problem")
        yield seen["notice"], number if isinstance(number, int) else None, seen.get("rung") or ""


def chat_of(account: str) -> str:
    """Where somebody is reached one-to-one."""
    return direct_chat(account)
