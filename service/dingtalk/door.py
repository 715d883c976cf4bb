"""Hears DingTalk's messages: checks them, answers in the response if it can, else afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Literal

from aiohttp import web

from chat.dingtalk.inbound import receive
from chat.dingtalk.names import PLATFORM
from chat.dingtalk.outbound import EMPTY, in_one, payload
from chat.dingtalk.signing import verify
from chat.dingtalk.values import DingtalkValues
from chat.errors import Forged, Outsider, QuotaUsedUp, Unreadable, Unsupported
from chat.inbound import Inbound
from chat.wording import compose
from domain.actions.outbox import give_back
from domain.errors import log_fault
from domain.notices.views import PlainSeen
from domain.records import real_now
from service.answering import Reply, answer
from service.dingtalk.alarm import tell_admins_of_quota
from service.dingtalk.body import read_body
from service.dingtalk.guard import Signatures, Strangers
from workers.relay import Relay

log = logging.getLogger(__name__)

PATH = "/dingtalk/messages"
# DingTalk waits 2.5 s, and what it promises its users is 2 (seconds, from the request's start).
ANSWER_SECONDS = 1.8
# We may be too busy to notice when it is done; later than that nobody hears the response (seconds).
_GRACE_SECONDS = 0.7
# How long messages that are still being answered may take once we are asked to stop (seconds).
_LAST_ANSWERS = 5


def add_dingtalk(app: web.Application, values: DingtalkValues, relay: Relay, language: str) -> None:
    """Add the door to the application; it answers in `language`, unless the speaker chose one."""
    door = Door(values, relay, language)
    app.router.add_post(PATH, door.hear)
    app.on_shutdown.append(door.close)


class Door:
    """One school's door to DingTalk, and the messages that are at work behind it."""

    def __init__(self, values: DingtalkValues, relay: Relay, language: str) -> None:
        self._values = values
        self._relay = relay
        self._language = language
        self._strangers, self._signatures = Strangers(), Signatures()
        self._at_work: set[asyncio.Task[Any]] = set()

    async def hear(self, request: web.Request) -> web.StreamResponse:
        """One message; refusals never say why."""
        until = asyncio.get_running_loop().time() + ANSWER_SECONDS
        try:
            body = await read_body(request, lambda: self._admit(request))
            if self._signatures.reused(request.headers["sign"], body):
                log.warning("ALARM: one DingTalk signature came with two messages")
            inbound = receive(body, self._values)
        except Unreadable:
            return web.json_response({}, status=400)
        except Unsupported as error:
            log.info("a DingTalk message of a kind we don't know: %s", error)
            return web.json_response(EMPTY)
        except Outsider as error:
            log.warning("an outsider's DingTalk message was refused: %s", error)
            return self._sentence("NotOurs")
        except QuotaUsedUp:
            self._in_background(self._alarm())
            return self._sentence("QuotaUsedUp")
        return await self._answered(request, inbound, until)

    def _admit(self, request: web.Request) -> None:
        """Raise the refusal of a message that DingTalk hasn't signed just now."""
        headers = request.headers
        times, signs = headers.getall("timestamp", []), headers.getall("sign", [])
        try:
            verify(times, signs, self._values, real_now())
        except Forged as error:
            # Where all requests come by one proxy, the good ones must not suffer for the bad.
            at = asyncio.get_running_loop().time()
            if self._strangers.too_many(request.remote or "", at):
                raise _refusal(web.HTTPTooManyRequests) from None
            log.warning("a DingTalk message was refused: %s", error)
            raise _refusal(web.HTTPUnauthorized) from None

    # --- answering ------------------------------------------------------------------------

    async def _answered(
        self, request: web.Request, inbound: Inbound, until: float
    ) -> web.StreamResponse:
        """The answer, if it comes in time; what becomes of the message doesn't hang on that."""
        kept = asyncio.Event()
        work = self._in_background(answer(inbound, self._language, kept.set))
        await as_long_as_there_is_time(work, until)
        if not work.done() or asyncio.get_running_loop().time() > until + _GRACE_SECONDS:
            return self._not_yet(inbound, work, kept=kept.is_set())
        if work.exception() is not None:
            # What it was is logged where the work ends.
            return self._sentence("NotSure", private=not inbound.group)
        return await self._say(request, inbound, work.result())

    async def _say(
        self, request: web.Request, inbound: Inbound, replies: Sequence[Reply]
    ) -> web.StreamResponse:
        """Say in the response what is for this chat; what isn't, or finds no room, is brought."""
        here = [one for one in replies if _is_for_this_chat(one, inbound)]
        shaped = [payload(one.view, one.message, inbound.conversation) for one in here]
        whole, taken = in_one(shaped)
        response = web.json_response(whole)
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            # Whoever went away meanwhile hasn't been told.
            self._leave_to_delivery(_entries(replies))
            raise
        said = _entries(here[:taken])
        self._relay.said(said, PLATFORM)
        self._leave_to_delivery([one for one in _entries(replies) if one not in said])
        return response

    def _not_yet(
        self, inbound: Inbound, work: asyncio.Task[Any], *, kept: bool
    ) -> web.StreamResponse:
        """Not in time: what is surely kept is answered later; else we say that we can't know."""
        work.add_done_callback(self._late)
        if kept:
            return web.json_response(EMPTY)
        return self._sentence("NotSure", private=not inbound.group)

    def _late(self, work: asyncio.Task[list[Reply]]) -> None:
        if work.cancelled() or work.exception() is not None:
            return
        self._leave_to_delivery(_entries(work.result()))

    def _leave_to_delivery(self, entries: list[int]) -> None:
        """The door won't say these: let them be brought now, and not when its time is over."""

        async def leave() -> None:
            await give_back(entries)
            self._relay.wake()

        if entries:
            self._in_background(leave())

    async def _alarm(self) -> None:
        await tell_admins_of_quota()
        self._relay.wake()

    def _sentence(
        self, notice: Literal["NotOurs", "NotSure", "QuotaUsedUp"], *, private: bool = True
    ) -> web.Response:
        view = PlainSeen(notice=notice, outcome="refuse", private=private)
        return web.json_response(payload(view, compose(view, self._language), ""))

    # --- what goes on behind it -----------------------------------------------------------

    def _in_background(self, work: Any) -> asyncio.Task[Any]:
        """Go on with it whatever becomes of the request."""
        task = asyncio.create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, work: asyncio.Task[Any]) -> None:
        self._at_work.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            log_fault(log, "a DingTalk message", error)

    async def close(self, _app: web.Application) -> None:
        """Let what was heard be answered before the records are closed."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=_LAST_ANSWERS)


async def as_long_as_there_is_time(work: asyncio.Task[Any], until: float) -> None:
    """Wait for it, and not beyond that time of the loop's clock."""
    left = until - asyncio.get_running_loop().time()
    await asyncio.wait({work}, timeout=max(0.0, left))


def _entries(replies: Sequence[Reply]) -> list[int]:
    return [one.entry for one in replies if one.entry is not None]


def _is_for_this_chat(reply: Reply, inbound: Inbound) -> bool:
    return reply.chat == inbound.conversation or (reply.chat is None and not inbound.group)


def _refusal(kind: type[web.HTTPException]) -> web.HTTPException:
    return kind(text="{}", content_type="application/json")
