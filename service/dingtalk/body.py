"""Takes in the body of a platform's request: of the right kind, not too long, not too slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from service.app import LARGEST_BODY

# DingTalk itself gives up after 2.5 s.
_SLOWEST = 5


async def read_body(request: web.Request, admit: Callable[[], None]) -> bytes:
    """The body, once `admit` raises nothing; else the refusal, with `{}` and no reason."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()
    # A compressed one could be of any size.
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType(text="{}", content_type="application/json")
    admit()
    try:
        async with asyncio.timeout(_SLOWEST):
            return await _read(request)
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="{}", content_type="application/json") from None


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise _too_large()
    return bytes(body)


def _too_large() -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(
        LARGEST_BODY, LARGEST_BODY + 1, text="{}", content_type="application/json"
    )
