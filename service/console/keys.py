"""The typed keys under which the web application keeps what its handlers share."""

from __future__ import annotations

from aiohttp import web

from service.console.hub import Hub
from workers.relay import Relay

RELAY = web.AppKey("relay", Relay)
HUB = web.AppKey("hub", Hub)
LANGUAGE = web.AppKey("language", str)
