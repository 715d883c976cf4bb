"""Stands for the chats: keeps all that it takes, and refuses when it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from chat.errors import NotDelivered
from domain.trail import current_trail

# "silent": it takes what it is sent, and the connection breaks before it says so.
Mood = Literal["well", "refuses", "silent"]


@dataclass(frozen=True)
class Letter:
    """What somebody has read: when, in which chat, all that stands there, and on whose way."""

    at: datetime
    chat: str
    text: str
    trail: str | None


@dataclass
class Post:
    """Takes letters at the instant that `clock` tells; `gone` are the chats that there are no more.

    `unanswered` are those which it took without saying so.
    """

    clock: Any
    mood: Mood = "well"
    gone: set[str] = field(default_factory=set)
    letters: list[Letter] = field(default_factory=list)
    unanswered: int = 0

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Send to one chat."""
        del reply_to
        _, missed = await self.send_together([conversation], payload)
        if missed:
            raise missed[conversation]
        return "api"

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Send to several in one call."""
        await asyncio.sleep(0)
        if self.mood == "refuses":
            raise NotDelivered("busy", for_good=False)
        text = json.dumps(payload, ensure_ascii=False)
        there = [one for one in conversations if one not in self.gone]
        self.letters += [Letter(self.clock.now, one, text, current_trail()) for one in there]
        # Whoever dies now has sent it, and doesn't know.
        await asyncio.sleep(0)
        if self.mood == "silent":
            self.unanswered += len(there)
            raise NotDelivered("no answer", for_good=False)
        never = NotDelivered("there is no such account", for_good=True)
        return "api", {one: never for one in conversations if one not in there}

    async def close(self) -> None:
        """Nothing is open."""
