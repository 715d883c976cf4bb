"""Makes the web application from what was opened at the start."""

from __future__ import annotations

from aiohttp import web

from service.console import api, page
from service.console.guard import add_headers, only_here
from service.console.hub import Hub
from service.console.keys import HUB, LANGUAGE, RELAY
from service.watching import watch
from workers.relay import Relay

# The largest body that any door takes (bytes).
LARGEST_BODY = 256 * 1024


def console_app(relay: Relay, hub: Hub, language: str) -> web.Application:
    """The console: its page, its API, and what those who watch over it ask."""
    app = web.Application(
        client_max_size=LARGEST_BODY, middlewares=[only_here, api.say_what_is_wrong]
    )
    app[RELAY], app[HUB], app[LANGUAGE] = relay, hub, language
    app.add_routes([*page.routes, *api.routes])
    watch(app)
    app.on_response_prepare.append(add_headers)

    async def end_events(_app: web.Application) -> None:
        hub.close()

    app.on_shutdown.append(end_events)
    return app
