"""Hands letters to the school's mail server; what it won't take now is tried again later."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Any

import aiosmtplib

from chat.errors import NotDelivered
from chat.mail.values import MailValues

# How long a server may take for each step (seconds).
_STEP = 5.0


class MailClient:
    """Each letter has a connection of its own: there are few, and days lie between them."""

    def __init__(self, values: MailValues) -> None:
        self._values = values

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> str | None:
        """Send a letter to that address; NotDelivered if the server didn't take it."""
        del reply_to
        try:
            async with self._connected() as server:
                await server.send_message(self._letter(conversation, payload))
        except aiosmtplib.SMTPRecipientsRefused as error:
            # 5xx: there is no such box. 4xx: it is full, or we are to come later.
            gone = all(one.code >= 500 for one in error.recipients)
            raise NotDelivered(_why(error), for_good=gone) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotDelivered(_why(error), for_good=False) from None
        return None

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """One letter each: nobody sees who else got one."""
        missed = {}
        for one in conversations:
            try:
                await self.send(one, payload)
            except NotDelivered as why:
                missed[one] = why
        return None, missed

    async def try_server(self) -> None:
        """See that the server is there and knows us; NotDelivered if it doesn't."""
        try:
            async with self._connected():
                pass
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotDelivered(_why(error), for_good=False) from None

    async def close(self) -> None:
        """Nothing is open."""

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        values = self._values
        server = aiosmtplib.SMTP(
            hostname=values.host,
            port=values.port,
            username=values.user,
            password=values.password,
            use_tls=values.tls == "at_once",
            start_tls={"at_once": False, "must": True, "may": None}[values.tls],
            timeout=_STEP,
        )
        async with server:
            yield server

    def _letter(self, to: str, payload: Mapping[str, Any]) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = self._values.sender, to
        letter["Subject"] = payload["subject"]
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain=self._values.sender.partition("@")[2])
        # Nobody's out-of-office note is to answer a program (RFC 3834).
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(payload["text"])
        return letter


def _why(error: Exception) -> str:
    """For the log: the kind and the server's code; its own words may repeat an address."""
    code = getattr(error, "code", None)
    return f"{type(error).__name__}{f' {code}' if isinstance(code, int) else ''}"


@asynccontextmanager
async def open_client(values: MailValues) -> AsyncIterator[MailClient]:
    """There is nothing to open before there is a letter."""
    yield MailClient(values)
