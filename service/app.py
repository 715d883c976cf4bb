"""Makes the web application from what was opened at the start."""

from __future__ import annotations

from aiohttp import web

from service.console import api, page
from service.console.guard import add_headers, only_here
from service.console.hub import Hub
from service.console.keys import HUB, LANGUAGE, RELAY
from service.malformed import count_malformed
from service.watching import Ping, watch
from workers.relay import Relay

# The largest body that any door takes (bytes).
LARGEST_BODY = 256 * 1024

_CONSOLE = "/console"


def application(
    console: web.Application | None = None, broker: Ping | None = None
) -> web.Application:
    """The whole of it, to which each door adds its own; the console is a part by itself.

    `broker` tells whether the broker answers, where it is another process.
    """
    app = web.Application(client_max_size=LARGEST_BODY)
    app.on_response_prepare.append(add_headers)
    watch(app, broker)
    count_malformed()
    if console is not None:
        app.router.add_get("/", _to_the_console)
        app.add_subapp(_CONSOLE, console)
    return app


async def _to_the_console(_request: web.Request) -> web.Response:
    """There is one page."""
    raise web.HTTPFound(_CONSOLE)


def console_app(relay: Relay, hub: Hub, language: str) -> web.Application:
    """The console: its page and its API."""
    app = web.Application(middlewares=[only_here, api.say_what_is_wrong])
    app[RELAY], app[HUB], app[LANGUAGE] = relay, hub, language
    app.add_routes([*page.routes, *api.routes])

    async def end_events(_app: web.Application) -> None:
        hub.close()

    app.on_shutdown.append(end_events)
    return app
