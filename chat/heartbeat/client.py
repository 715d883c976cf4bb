"""Calls one address as long as all is well; whoever listens there is alarmed by the silence."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import aiohttp

from chat.only_public import OnlyPublic

log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)


class Heartbeat:
    """The address is as good as a key: it is never shown, and no error's words are.

    `unheard` is how often in a row nobody heard.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.unheard = 0

    async def beat(self) -> bool:
        """Say once that all is well; whether it was heard."""
        why = await self._failed()
        if why is not None:
            self.unheard += 1
            log.warning("the heartbeat was not heard (%s)", why)
            return False
        self.unheard = 0
        return True

    async def _failed(self) -> str | None:
        """Why it wasn't heard, in our own words; None if it was."""
        try:
            async with (
                aiohttp.ClientSession(
                    connector=self._connector(),
                    cookie_jar=aiohttp.DummyCookieJar(),
                    timeout=_TIMEOUT,
                ) as http,
                # Nobody is led elsewhere: what redirects isn't the address that was meant.
                http.get(self._url, allow_redirects=False) as response,
            ):
                return None if 200 <= response.status < 300 else f"HTTP {response.status}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return type(error).__name__
        except ValueError as error:
            # What aiohttp can't call an address, though it passed for one.
            return type(error).__name__

    def _connector(self) -> aiohttp.TCPConnector:
        """Only a name that is this machine's own may lead to it."""
        if urlsplit(self._url).hostname == "localhost":
            return aiohttp.TCPConnector()
        return aiohttp.TCPConnector(resolver=OnlyPublic())
