"""The console's end of a delivery: it only says yes, since its inbox shows what was delivered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from chat.errors import NotDelivered


class ConsoleClient:
    """Takes whatever is sent: the page asks for it when somebody looks."""

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Say yes."""

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Say yes for all."""
        del conversations, payload
        return None, {}

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def open_client(_values: None) -> AsyncIterator[ConsoleClient]:
    """The console wants nothing."""
    yield ConsoleClient()
