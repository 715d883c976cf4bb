"""The platforms we know and what each can do; to add one: a folder, and a line here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from chat.console.client import ConsoleClient
from chat.console.outbound import payload as console_payload
from chat.message import Message
from domain.notices.views import View


class Client(Protocol):
    """What sends to a platform; the only part of chat that touches the network."""

    async def send(self, conversation: str, payload: Mapping[str, Any]) -> None:
        """Send to that chat, or to that person one-to-one; NotDelivered if it wasn't taken."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A platform and what it can do.

    `payload` shapes a message for a chat; `client` makes what sends it. `answers_in_response`:
    an answer may go back in the response to what was said. `groups`: it brings what is said in
    groups. `buttons`: choices can be tapped; else a number is said. `forms`: a form can be
    shown. `max_text` is how many characters a message holds, None for any number. `vouches`:
    it tells whether an account is of our own organisation; else an unknown one is only refused.
    """

    name: str
    payload: Callable[[View, Message, str], dict[str, Any]]
    client: Callable[[], Client]
    answers_in_response: bool
    groups: bool
    buttons: bool
    forms: bool
    max_text: int | None
    vouches: bool = True


PLATFORMS: dict[str, Platform] = {
    platform.name: platform
    for platform in (
        Platform(
            name="console",
            payload=console_payload,
            client=ConsoleClient,
            answers_in_response=True,
            groups=True,
            buttons=True,
            forms=False,
            max_text=None,
            vouches=False,
        ),
    )
}


@asynccontextmanager
async def open_clients(names: Iterable[str]) -> AsyncIterator[dict[str, Client]]:
    """The clients of these platforms by name, open until the end; KeyError for an unknown one."""
    yield {name: PLATFORMS[name].client() for name in names}
