"""Keeps the console to this machine: a page of another site must not speak through the browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request whose Host or Origin is not this machine's console (DNS rebinding, CSRF)."""
    if not _is_here(request):
        return web.json_response({"error": "403"}, status=403)
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """What every answer carries, a refusal and an open stream of events too."""
    response.headers.update(_HEADERS)


def _is_here(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    try:
        host = urlsplit(f"//{request.host}")
        if host.hostname not in LOOPBACK or not _own_port(request, host.port):
            return False
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:
        return False


def _own_port(request: web.Request, port: int | None) -> bool:
    listening = request.transport.get_extra_info("sockname") if request.transport else None
    return listening is None or (port or 80) == listening[1]
