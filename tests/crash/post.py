"""Stands for the chats: a fake that writes all that it takes into a file, which outlives a death."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from chat.errors import NotDelivered

# In a response to what was said, or by a call of ours.
How = Literal["said", "brought"]


@dataclass(frozen=True, order=True)
class Letter:
    """What somebody has read: in which chat, and which words; the numbers in them may differ."""

    how: How
    chat: str
    text: str


@dataclass
class Post:
    """Takes what it is sent, and tells nobody of it before another turn of the loop is over.

    `gone` are the chats that there are no more.
    """

    file: Path
    gone: frozenset[str] = field(default_factory=frozenset)

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Send to one chat."""
        del reply_to
        await asyncio.sleep(0)
        if conversation in self.gone:
            raise NotDelivered("staffId.notExisted", for_good=True)
        self.write(Letter("brought", conversation, _worded(payload)))
        await asyncio.sleep(0)
        return "api"

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Send to several in one call."""
        await asyncio.sleep(0)
        for one in conversations:
            if one not in self.gone:
                self.write(Letter("brought", one, _worded(payload)))
        await asyncio.sleep(0)
        never = NotDelivered("staffId.notExisted", for_good=True)
        return "api", {one: never for one in conversations if one in self.gone}

    async def close(self) -> None:
        """Nothing is open."""

    def respond(self, chat: str, payload: Mapping[str, Any]) -> None:
        """Say an answer in the response to what was said."""
        self.write(Letter("said", chat, _worded(payload)))

    def write(self, letter: Letter) -> None:
        """Write it down, at once and whole."""
        line = json.dumps([letter.how, letter.chat, letter.text], ensure_ascii=False)
        paper = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(paper, f"{line}\n".encode())
        os.close(paper)

    def letters(self) -> list[Letter]:
        """All that it has taken, in the order it came."""
        if not self.file.exists():
            return []
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return [Letter(*json.loads(line)) for line in lines]


def _worded(payload: Mapping[str, Any]) -> str:
    """Its words; a number that was given away for nothing makes the next one higher."""
    return re.sub(r"\d+", "0", json.dumps(payload, ensure_ascii=False, sort_keys=True))
