"""A bare aiohttp that answers each request by playing a script: what ours is measured against."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from benchmarks.beside import Say, beside
from benchmarks.doors import SENDER
from benchmarks.replaying import Play, opened
from benchmarks.scripts import Script


@contextmanager
def bare_server(driver: str, database: str, scripts: list[Script], answer: bytes) -> Iterator[int]:
    """Such a server in a process of its own, which answers as much as ours does; its port."""
    with beside(_run, driver, database, scripts, answer) as port:
        yield port


def _run(driver: str, database: str, scripts: list[Script], answer: bytes, say: Say) -> None:
    asyncio.run(_serve(driver, database, scripts, answer, say))


async def _serve(
    driver: str, database: str, scripts: list[Script], answer: bytes, say: Say
) -> None:
    async with opened(driver, database) as play:
        await listening(_app(play, scripts, answer), say)


async def listening(app: web.Application, say: Say) -> None:
    """Serve it on a free port, say which, and go on until the end of the process."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say(runner.addresses[0][1])
    await asyncio.Event().wait()


def _app(play: Play, scripts: list[Script], answer: bytes) -> web.Application:
    async def handler(request: web.Request) -> web.Response:
        await request.json()
        await play(scripts[int(request.headers[SENDER]) % len(scripts)])
        return web.Response(body=answer, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{path:.*}", handler)
    return app
