"""The console's API: who there is, what is said, what reaches whom, and the clock."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp_sse import sse_response

from chat.console.inbound import receive
from chat.console.names import APP, DIRECT, LONGEST, PLATFORM
from chat.console.outbound import payload
from chat.errors import Unreadable
from chat.wording import compose
from chat.words import languages, words
from commands.completion import completions
from domain.errors import log_fault
from domain.house import SCHOOL_TIME
from domain.queries.listing import groups_listed, is_group, people_listed
from domain.queries.outbox import Waiting, inbox_of, said_in
from domain.queries.people import asker, language_of, person_at
from domain.queries.seen import seen_by
from domain.records import now, today
from service.answering import answer
from service.console.clock import moved_to
from service.console.keys import HUB, LANGUAGE, RELAY

log = logging.getLogger(__name__)
routes = web.RouteTableDef()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def say_what_is_wrong(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A request that can't be read gets a sentence in the page's language."""
    try:
        return await handler(request)
    except Unreadable as error:
        return _wrong(request, error.key, 400)
    except web.HTTPRequestEntityTooLarge:
        return _wrong(request, "Unreadable.too_large", 413)
    except (web.HTTPException, ConnectionError):
        # An answer already, or nobody left to answer.
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, it gets a sentence
        log_fault(log, f"{request.method} {_route(request)}", error)
        return _wrong(request, "NotSure.title", 500)


def _route(request: web.Request) -> str:
    """Which address it is, without what the page filled in."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "?"


def _wrong(request: web.Request, key: str, status: int) -> web.Response:
    return web.json_response({"error": words(_language(request)).text(key)}, status=status)


def _language(request: web.Request) -> str:
    """The page's language if we speak it, else the school's."""
    wanted = request.headers.get("Accept-Language", "")
    return wanted if wanted in languages() else request.app[LANGUAGE]


@routes.get("/api/people")
async def people(request: web.Request) -> web.Response:
    """Everyone one may be."""
    del request
    listed = await people_listed(PLATFORM, await today())
    return web.json_response([asdict(one) for one in listed])


@routes.get("/api/chats")
async def chats(request: web.Request) -> web.Response:
    """The groups, and the speaker's own chat with the bot."""
    person = request.query.get("person")
    speaker = [await _person(request)] if person else []
    groups = [
        {
            "id": one.chat,
            "kind": "group",
            "title": one.title,
            "unit": one.unit,
            "members": list(one.members),
        }
        for one in await groups_listed(PLATFORM, await today())
    ]
    direct = {
        "id": DIRECT,
        "kind": "direct",
        "title": words(_language(request)).text("console.direct"),
        "unit": None,
        "members": speaker,
    }
    return web.json_response([*groups, direct])


@routes.get("/api/commands")
async def commands(request: web.Request) -> web.Response:
    """What the person may ask, for completion."""
    person = await _person(request)
    listed = await completions(await asker(person, await today()), _language(request))
    return web.json_response([asdict(one) for one in listed])


@routes.post("/api/messages")
async def messages(request: web.Request) -> web.StreamResponse:
    """Say something; all that is said to the speaker about it."""
    inbound = receive(await request.read())
    if inbound.group and not await is_group(PLATFORM, inbound.conversation):
        raise Unreadable("Unreadable.chat")
    replies = await answer(inbound, _language(request))
    response = web.json_response(
        {"replies": [payload(one.view, one.message, one.chat or DIRECT) for one in replies]}
    )
    await response.prepare(request)
    await response.write_eof()
    # Not before: whoever went away meanwhile hasn't been told, and delivery brings it.
    request.app[RELAY].said([one.entry for one in replies if one.entry is not None], PLATFORM)
    return response


@routes.get("/api/inbox")
async def inbox(request: web.Request) -> web.Response:
    """What reached a person one-to-one, or all that was said in a group, oldest first."""
    # Whoever looks wants to see what has just been said too.
    await request.app[RELAY].drain()
    chat = request.query.get("chat")
    if chat is not None:
        if len(chat) > LONGEST or not await is_group(PLATFORM, chat):
            raise Unreadable("Unreadable.chat")
        arrived = await said_in(PLATFORM, chat)
        return web.json_response([await _shown(one, None, chat, request) for one in arrived])
    person = await _person(request)
    arrived = await inbox_of(PLATFORM, person)
    return web.json_response([await _shown(one, person, DIRECT, request) for one in arrived])


async def _person(request: web.Request) -> int:
    said = request.query.get("person", "")
    fits = said.isascii() and len(said) <= LONGEST
    person = await person_at(PLATFORM, APP, said) if fits else None
    if person is None:
        raise Unreadable("Unreadable.person")
    return person


async def _shown(
    told: Waiting, reader: int | None, chat: str, request: web.Request
) -> dict[str, Any]:
    """Worded when it is read, for the one who reads."""
    view = await seen_by(told.notice, reader, occasion=told.key, heard=told.heard)
    language = (await language_of(reader) if reader else None) or _language(request)
    shown = payload(view, compose(view, language), chat)
    return shown | {"id": told.id, "at": _iso(told.at) if told.at else None}


@routes.get("/api/clock")
async def clock(request: web.Request) -> web.Response:
    """The school's present instant."""
    del request
    return web.json_response({"now": _iso(await now())})


@routes.post("/api/clock")
async def move_clock(request: web.Request) -> web.Response:
    """Move it forward, and let everything due by then happen."""
    hub = request.app[HUB]

    def show(instant: datetime) -> None:
        hub.tell("clock", {"now": _iso(instant)})

    instant = await moved_to(await request.read(), request.app[RELAY].drain, show)
    return web.json_response({"now": _iso(instant)})


def _iso(instant: datetime) -> str:
    return instant.astimezone(SCHOOL_TIME).isoformat(timespec="seconds")


@routes.get("/api/events")
async def events(request: web.Request) -> web.StreamResponse:
    """That something arrived, or that the clock moved; never what was said."""
    hub = request.app[HUB]
    queue = hub.listen()
    if queue is None:
        raise web.HTTPServiceUnavailable
    try:
        async with sse_response(request) as response:
            while (event := await queue.get()) is not None and response.is_connected():
                await response.send(event.data, event=event.name)
    finally:
        hub.leave(queue)
    return response
