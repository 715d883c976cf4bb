"""A bare aiohttp that answers each request by playing a script: what ours is measured against."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from aiohttp import web

from benchmarks.doors import SENDER
from benchmarks.replaying import Play, opened
from benchmarks.scripts import Script

# The longest a bare server may take to start (seconds).
_PATIENCE = 30


@contextmanager
def bare_server(driver: str, database: str, scripts: list[Script], answer: bytes) -> Iterator[int]:
    """Such a server in a process of its own, which answers as much as ours does; its port."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(
        target=_run, args=(driver, database, scripts, answer, there), daemon=True
    )
    process.start()
    try:
        if not here.poll(_PATIENCE):
            raise RuntimeError(f"the bare {driver} did not start")
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _run(
    driver: str, database: str, scripts: list[Script], answer: bytes, ready: Connection
) -> None:
    asyncio.run(_serve(driver, database, scripts, answer, ready))


async def _serve(
    driver: str, database: str, scripts: list[Script], answer: bytes, ready: Connection
) -> None:
    async with opened(driver, database) as play:
        runner = web.AppRunner(_app(play, scripts, answer), access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()


def _app(play: Play, scripts: list[Script], answer: bytes) -> web.Application:
    async def handler(request: web.Request) -> web.Response:
        await request.json()
        await play(scripts[int(request.headers[SENDER]) % len(scripts)])
        return web.Response(body=answer, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{path:.*}", handler)
    return app
