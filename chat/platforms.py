"""The platforms we know and what each can do; to add one: a folder, and a line here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from chat.console.client import open_client as open_console
from chat.console.names import DIRECT
from chat.console.outbound import payload as console_payload
from chat.dingtalk.client import TOGETHER
from chat.dingtalk.client import open_client as open_dingtalk
from chat.dingtalk.names import direct_chat as dingtalk_direct
from chat.dingtalk.outbound import payload as dingtalk_payload
from chat.errors import NotDelivered
from chat.mail.client import open_client as open_mail
from chat.mail.letter import payload as mail_payload
from chat.message import Message
from domain.notices.views import View


class Client(Protocol):
    """What sends to a platform; the only part of chat that touches the network."""

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Send to that chat; NotDelivered if it wasn't taken.

        `reply_to` is the address that the chat gave for late answers, if it is still good. Returns
        which of the platform's monthly quotas it used, None for none.
        """

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Send the same to several people's chats in one call, as many as the platform allows.

        Returns the quota that the call used, and for whom it wasn't taken and why. NotDelivered
        if it was taken for nobody.
        """

    async def close(self) -> None:
        """Close what is open, on the loop on which it sent; it opens again when it sends again."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """A platform and what it can do.

    `payload` shapes a message for a chat; `client` opens what sends it, with the values that the
    platform wants. `direct` names the chat of an account with the bot. `answers_in_response`: an
    answer may go back in the response to what was said. `groups`: it brings what is said in
    groups. `buttons`: choices can be tapped; else a number is said. `forms`: a form can be
    shown. `max_text` is how many characters a message holds, None for any number. `vouches`:
    it tells whether an account is of our own organisation; else an unknown one is only refused.
    `hears`: something can be said to us there; else it is a second way out, for what is written
    for it alone. `together` is how many people one call reaches, `per_second` how many calls a
    second it takes, `per_minute_in_group` how many messages a minute any one group.
    """

    name: str
    payload: Callable[[View, Message, str], dict[str, Any]]
    client: Callable[[Any], AbstractAsyncContextManager[Client]]
    direct: Callable[[str], str]
    answers_in_response: bool
    groups: bool
    buttons: bool
    forms: bool
    max_text: int | None
    vouches: bool = True
    hears: bool = True
    together: int = 1
    per_second: float | None = None
    per_minute_in_group: int | None = None


PLATFORMS: dict[str, Platform] = {
    platform.name: platform
    for platform in (
        Platform(
            name="console",
            payload=console_payload,
            client=open_console,
            direct=lambda _account: DIRECT,
            answers_in_response=True,
            groups=True,
            buttons=True,
            forms=False,
            max_text=None,
            vouches=False,
        ),
        Platform(
            name="dingtalk",
            payload=dingtalk_payload,
            client=open_dingtalk,
            direct=dingtalk_direct,
            answers_in_response=True,
            groups=True,
            buttons=True,
            forms=False,
            max_text=3500,
            together=TOGETHER,
            # 20 a second for each of its addresses; the school has other apps, and clocks differ.
            per_second=18,
            # Above it a robot is muted there for ten minutes (error 410100).
            per_minute_in_group=20,
        ),
        Platform(
            name="mail",
            payload=mail_payload,
            client=open_mail,
            direct=lambda address: address,
            answers_in_response=False,
            groups=False,
            buttons=False,
            forms=False,
            max_text=None,
            vouches=False,
            hears=False,
        ),
    )
}


@asynccontextmanager
async def open_clients(values: Mapping[str, Any]) -> AsyncIterator[dict[str, Client]]:
    """The clients of the platforms that are on, open until the end; KeyError for an unknown one.

    `values` are what each platform wants, by its name: None for the console,
    DingtalkValues, MailValues.
    """
    async with AsyncExitStack() as stack:
        yield {
            name: await stack.enter_async_context(PLATFORMS[name].client(wanted))
            for name, wanted in values.items()
        }
