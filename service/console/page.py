"""The console's one page and its parts, from this machine alone."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from service.console.keys import LANGUAGE

routes = web.RouteTableDef()
STATIC = Path(__file__).parent / "static"
# Named here, because what a system believes of .js differs, and a browser refuses the wrong one.
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".html": "text/html",
}


@routes.get("")
async def page(request: web.Request) -> web.Response:
    """The page, in the school's language until the reader chooses another."""
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    text = text.replace('lang=""', f'lang="{request.app[LANGUAGE]}"', 1)
    return web.Response(text=text, content_type="text/html", charset="utf-8")


@routes.get("/static/{name}")
async def part(request: web.Request) -> web.Response:
    """One of the page's files; only those that lie in the folder itself."""
    # Looked up among those there are: no name can lead out of the folder.
    there = {one.name: one for one in STATIC.iterdir() if one.suffix in _TYPES}
    file = there.get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound
    return web.Response(body=file.read_bytes(), content_type=_TYPES[file.suffix], charset="utf-8")
