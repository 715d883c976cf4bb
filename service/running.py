"""What every long run needs: a port, the web, an end when asked to, steps gone through whole."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from aiohttp import web

from service.faults import cannot_listen

T = TypeVar("T")

# How long answers that are being written may take once we are asked to stop (seconds).
_LAST_ANSWERS = 5


def end_on_sigterm() -> None:
    """Be ended by SIGTERM as by Ctrl-C, which asyncio turns into the task's end by itself."""
    task = asyncio.current_task()
    # Windows has no such signal for a loop.
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # type: ignore[union-attr]


def speaker(language: str) -> Callable[[str, str], None]:
    """What speaks to the person at the terminal, in Chinese or English."""

    def say(chinese: str, english: str) -> None:
        print(chinese if language.startswith("zh") else english, flush=True)  # noqa: T201  a person reads it

    return say


def listen(host: str, port: int, setting: str = "PORT") -> socket.socket:
    """Take the port before anything else, so that a taken one is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(128)
    except OSError as error:
        sock.close()
        raise cannot_listen(host, port, error, setting) from error
    return sock


def shown_address(listening: socket.socket) -> str:
    """http://127.0.0.1:8080, where it really listens."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


async def whole(step: Coroutine[Any, Any, T]) -> T:
    """Go through with a step though we are told to end: half of one leaves a thread at the file."""
    task = asyncio.create_task(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@asynccontextmanager
async def answering_at(app: web.Application, listening: socket.socket) -> AsyncIterator[None]:
    """The web at that port; in the end what is being answered is answered."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_ANSWERS)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        yield
    finally:
        await runner.cleanup()
