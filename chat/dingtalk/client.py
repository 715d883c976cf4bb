"""Sends to DingTalk: to the address a message brought as long as that is good, else by its API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from chat.dingtalk.address import is_dingtalks
from chat.dingtalk.faults import Reading, not_reached, read_answer
from chat.dingtalk.names import account_in
from chat.dingtalk.outbound import for_api
from chat.dingtalk.values import DingtalkValues
from chat.errors import NotDelivered
from chat.only_public import OnlyPublic

log = logging.getLogger(__name__)

_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
# They must end before the message's lease does, or another would send it too (seconds).
_ALL_TRIES = 24
# As many people may one call name.
TOGETHER = 20
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
    ) -> str:
        """Send to that chat; NotDelivered if it wasn't taken.

        `reply_to` is the chat's own address, which costs nothing of the API's quota. Returns which
        of DingTalk's quotas it used, "api" or "webhook".
        """
        try:
            async with asyncio.timeout(_ALL_TRIES):
                return await self._send(conversation, payload, reply_to)
        except TimeoutError:
            raise NotDelivered("no answer in time", for_good=False) from None

    async def send_together(
        self, conversations: Sequence[str], payload: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, NotDelivered]]:
        """Send the same to up to TOGETHER people in one call; for whom it wasn't taken, and why.

        A call that is well answered may have reached some of them alone.
        """
        accounts = {account_in(one) or one: one for one in conversations}
        try:
            async with asyncio.timeout(_ALL_TRIES):
                answer = await self._to_people(list(accounts), payload)
        except TimeoutError:
            raise NotDelivered("no answer in time", for_good=False) from None
        missed = not_reached(answer)
        if answer.means != "done" and not missed:
            raise _not_delivered(answer)
        failures = {account: _not_delivered(why) for account, why in missed.items()}
        return "api", {accounts[one]: why for one, why in failures.items() if one in accounts}

    async def try_token(self) -> None:
        """Ask for a token, as before anything that is sent; NotDelivered says why there is none."""
        try:
            async with asyncio.timeout(_ALL_TRIES):
                await self._token_now()
        except TimeoutError:
            raise NotDelivered("no answer in time", for_good=False) from None

    async def _send(
        self, conversation: str, payload: Mapping[str, Any], reply_to: str | None
    ) -> str:
        if reply_to is not None and is_dingtalks(reply_to, self._values.oapi_url):
            answer = await self._post(reply_to, payload)
            if answer.means == "done":
                return "webhook"
            if answer.means != "session":
                raise _not_delivered(answer)
            log.info("a reply address had ended early; the message goes by the API")
        account = account_in(conversation)
        answer = await (
            self._to_people([account], payload)
            if account is not None
            else self._by_api("groupMessages/send", {"openConversationId": conversation}, payload)
        )
        if answer.means != "done":
            raise _not_delivered(answer)
        return "api"

    async def _to_people(self, accounts: list[str], payload: Mapping[str, Any]) -> Reading:
        return await self._by_api("oToMessages/batchSend", {"userIds": accounts}, payload)

    async def _by_api(
        self, path: str, to: Mapping[str, Any], payload: Mapping[str, Any]
    ) -> Reading:
        url = f"{self._values.api_url}/v1.0/robot/{path}"
        body = {"robotCode": self._values.client_id, **to, **for_api(payload)}
        return await self._post_with_token(url, body)

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
        answer.why,
        for_good=answer.means == "never",
        retry_after=answer.retry_after,
        for_all=answer.for_all,
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
