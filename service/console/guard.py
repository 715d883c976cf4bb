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

# Read by who set up a tunnel or a proxy; a browser's page never shows it.
_WHY = (
    "控制台只在本机打开，请用 http://127.0.0.1:{port}/console 。 The console is for this machine "
    "alone: open http://127.0.0.1:{port}/console there."
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request whose Host or Origin is not this machine's console (DNS rebinding, CSRF)."""
    if not _is_here(request):
        return web.json_response({"error": _WHY.format(port=_port(request))}, status=403)
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
        # A browser tells what another site's page asked for; only to open ours is left to it.
        other_site = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if other_site and request.headers.get("Sec-Fetch-Mode") != "navigate":
            return False
        return origin is None or origin == f"http://{request.host}"
    except ValueError:
        return False


def _own_port(request: web.Request, port: int | None) -> bool:
    listening = _port(request)
    return listening is None or (port or 80) == listening


def _port(request: web.Request) -> int | None:
    """The port we listen at."""
    name = request.transport.get_extra_info("sockname") if request.transport else None
    return name[1] if name else None
