"""Sends to DingTalk: to the address a message brought as long as that is good, else by its API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from chat.dingtalk.address import is_dingtalks
from chat.dingtalk.faults import Reading, read_answer
from chat.dingtalk.names import account_in
from chat.dingtalk.outbound import for_api
from chat.dingtalk.values import DingtalkValues
from chat.errors import NotDelivered
from chat.only_public import OnlyPublic

log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
# They must end before the message's lease does, or another would send it too (seconds).
_ALL_TRIES = 24
# DingTalk's answers are a few hundred bytes.
_LARGEST_ANSWER = 64 * 1024
# A token is asked for anew this long before its end (seconds).
_TOKEN_MARGIN = 300


class DingtalkClient:
    """Speaks as the school's robot; belongs to the loop on which it first sends."""

    def __init__(self, values: DingtalkValues) -> None:
        self._values = values
        self._http: aiohttp.ClientSession | None = None
        self._token: str | None = None
        self._token_until = 0.0
        self._asking = asyncio.Lock()

    async def send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None = None
    ) -> None:
        """Send to that chat; NotDelivered if it wasn't taken.

        `reply_to` is the chat's own address, which costs nothing of the API's quota.
        """
        try:
            async with asyncio.timeout(_ALL_TRIES):
                await self._send(conversation, payload, reply_to)
        except TimeoutError:
            raise NotDelivered("no answer in time", for_good=False) from None

    async def try_token(self) -> None:
        """Ask for a token, as before anything that is sent; NotDelivered says why there is none."""
        try:
            async with asyncio.timeout(_ALL_TRIES):
                await self._token_now()
        except TimeoutError:
            raise NotDelivered("no answer in time", for_good=False) from None

    async def _send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None
    ) -> None:
        if reply_to is not None and is_dingtalks(reply_to, self._values.oapi_url):
            answer = await self._post(reply_to, payload)
            if answer.means == "done":
                return
            if answer.means != "session":
                raise _not_delivered(answer)
            log.info("a reply address had ended early; the message goes by the API")
        await self._send_by_api(conversation, payload)

    async def _send_by_api(self, conversation: str, payload: Mapping[str, Any]) -> None:
        account = account_in(conversation)
        if account is not None:
            path, to = "oToMessages/batchSend", {"userIds": [account]}
        else:
            path, to = "groupMessages/send", {"openConversationId": conversation}  # type: ignore[dict-item]
        url = f"{self._values.api_url}/v1.0/robot/{path}"
        body = {"robotCode": self._values.client_id, **to, **for_api(payload)}
        answer = await self._post_with_token(url, body)
        if answer.means != "done":
            raise _not_delivered(answer)

    async def _post_with_token(self, url: str, body: Mapping[str, Any]) -> Reading:
        """Once more with a new token if the one we had is good no longer."""
        token = await self._token_now()
        answer = await self._post(url, body, token)
        if answer.means == "token":
            token = await self._token_now(instead_of=token)
            answer = await self._post(url, body, token)
        return answer

    async def _token_now(self, instead_of: str | None = None) -> str:
        """The token, asked for once for all who wait for it."""
        async with self._asking:
            fresh = asyncio.get_running_loop().time() < self._token_until
            if self._token is None or not fresh or self._token == instead_of:
                await self._ask_token()
            assert self._token is not None
            return self._token

    async def _ask_token(self) -> None:
        body = {"appKey": self._values.client_id, "appSecret": self._values.secrets[0]}
        answer = await self._post(f"{self._values.api_url}/v1.0/oauth2/accessToken", body)
        said = answer.said or {}
        token, lasts = said.get("accessToken"), said.get("expireIn")
        if answer.means != "done" or not isinstance(token, str) or not isinstance(lasts, int):
            log.error("DingTalk gives no token (%s): look at the app's id and secret", answer.why)
            raise NotDelivered(f"no token: {answer.why}", for_good=False, retry_after=60)
        self._token = token
        self._token_until = asyncio.get_running_loop().time() + lasts - _TOKEN_MARGIN

    async def _post(self, url: str, body: Mapping[str, Any], token: str | None = None) -> Reading:
        headers = {} if token is None else {"x-acs-dingtalk-access-token": token}
        try:
            async with self._session().post(
                url, json=body, headers=headers, allow_redirects=False
            ) as response:
                said = await _read(response)
                return read_answer(response.status, said, response.headers.get("Retry-After"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Its own words may hold the address, and that is as good as a key.
            raise NotDelivered(type(error).__name__, for_good=False) from None

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=OnlyPublic()),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_TIMEOUT,
                headers={"Accept": "application/json"},
            )
        return self._http

    async def close(self) -> None:
        """Close the connections, on the loop on which they were made."""
        http, self._http = self._http, None
        if http is not None:
            await http.close()


@asynccontextmanager
async def open_client(values: DingtalkValues) -> AsyncIterator[DingtalkClient]:
    """The client, closed in the end if the duties haven't done so on their own loop."""
    client = DingtalkClient(values)
    try:
        yield client
    finally:
        await client.close()


def _not_delivered(answer: Reading) -> NotDelivered:
    if answer.means == "quota":
        log.error(
            "DingTalk's quota of this month is used up: nothing can be sent until it is raised"
        )
    return NotDelivered(
        answer.why, for_good=answer.means == "never", retry_after=answer.retry_after
    )


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The answer; what is longer than any of DingTalk's is none."""
    said = b""
    async for chunk in response.content.iter_chunked(8192):
        said += chunk
        if len(said) > _LARGEST_ANSWER:
            response.close()
            return b""
    return said
