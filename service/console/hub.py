"""Tells the open pages that something arrived or that the clock moved; never what was said."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

# How many events a page may be behind before it loses some; it reads the inbox anyway.
_BEHIND = 256
# How many pages may listen at once: each holds a connection, and a process has a limited number.
_PAGES = 64


@dataclass(frozen=True)
class Event:
    """A server-sent event: its name, and its data as JSON."""

    name: str
    data: str


class Hub:
    """Hands each event to every page that listens; `tell` may be called from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._pages: set[asyncio.Queue[Event | None]] = set()

    def listen(self) -> asyncio.Queue[Event | None] | None:
        """A page begins to listen, None on its queue is the end; None when too many do already."""
        if len(self._pages) >= _PAGES:
            return None
        queue: asyncio.Queue[Event | None] = asyncio.Queue(_BEHIND)
        self._pages.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Event | None]) -> None:
        """The page is gone."""
        self._pages.discard(queue)

    def tell(self, name: str, data: dict[str, Any]) -> None:
        """Something happened."""
        self._loop.call_soon_threadsafe(self._hand_out, Event(name, json.dumps(data)))

    def close(self) -> None:
        """End all pages' events, so that the server can stop."""
        for queue in self._pages:
            # However far behind a page is, the end must reach it.
            while queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    def _hand_out(self, event: Event) -> None:
        for queue in self._pages:
            if not queue.full():
                queue.put_nowait(event)
