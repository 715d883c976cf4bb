"""The console's end of a delivery: it only says yes, since its inbox shows what was delivered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ConsoleClient:
    """Takes whatever is sent: the page asks for it when somebody looks."""

    async def send(self, conversation: str, payload: Mapping[str, Any]) -> None:
        """Say yes."""
