"""Starts the demo: a fresh database, the school, the duties, the console; and stops it cleanly."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from chat.console.names import PLATFORM
from chat.platforms import open_clients
from commands.table import lexicon
from domain.migrating import migrate_records
from domain.records import Records, has_school, open_records
from domain.rules.plan import Plan, read_plan
from domain.sealing import Keyring, keys_beside
from service import measures
from service.app import console_app
from service.console.hub import Hub
from service.demo.keeping import kept
from service.demo.school import fill_school
from service.faults import cannot_listen
from settings import Settings
from workers.delivery import Delivering
from workers.start import embedded

# The demo sets the minimum that the plan leaves open, so that a forecast is seen.
_MINIMUM = 0.33


@dataclass(frozen=True)
class Demo:
    """What was asked for: the settings, a file to keep, a school and a plan of one's own, when.

    `ignored` names settings that were set and are not the demo's.
    """

    settings: Settings
    keep: Path | None
    school: Path | None
    plan: Path | None
    start: datetime
    ignored: tuple[str, ...] = ()


async def run_demo(demo: Demo) -> None:
    """Run until Ctrl-C; what can't be is raised as a fault with a sentence."""
    _end_on_sigterm()
    plan = read_plan(demo.plan).with_minimum(_MINIMUM)
    listening = _listen(demo.settings)
    say = _speaker(demo.settings.language)
    if demo.ignored:
        say(
            f"演示不使用这些设置：{'、'.join(demo.ignored)}",
            f"The demo ignores these settings: {', '.join(demo.ignored)}",
        )
    async with AsyncExitStack() as stack:
        stack.callback(listening.close)
        if demo.keep is None:
            file = Path(stack.enter_context(_folder())) / "zoufang.db"
        else:
            file = stack.enter_context(kept(demo.keep))
        database = f"sqlite://{file}"
        # A database without its keys can't be read: new ones would only hide that.
        keys = keys_beside(file, must_exist=file.exists() and file.stat().st_size > 0)
        ring = Keyring(keys.keys, keys.secret)
        say("正在准备学校……", "Preparing the school …")
        await _whole(migrate_records(database))
        records = await stack.enter_async_context(_opened(database, ring, plan))
        records.enter()
        await _whole(_filled(demo))
        await stack.enter_async_context(_serving(database, ring, plan, demo.settings, listening))
        host, port = listening.getsockname()[:2]
        say(
            f"走访已就绪：http://{_shown(host)}:{port}/console （按 Ctrl-C 结束）",
            f"Zoufang is ready: http://{_shown(host)}:{port}/console (Ctrl-C ends it)",
        )
        # Until Ctrl-C or SIGTERM ends the task; what was opened is closed on the way out.
        await asyncio.Event().wait()


T = TypeVar("T")


async def _whole(step: Coroutine[Any, Any, T]) -> T:
    """Go through with a step though we are told to end: half of one leaves a thread at the file."""
    task = asyncio.create_task(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


@asynccontextmanager
async def _opened(database: str, ring: Keyring, plan: Plan) -> AsyncIterator[Records]:
    """The records, closed in any case: an open connection keeps the process from ending."""
    opening = asyncio.create_task(open_records(database, ring, plan))
    try:
        yield await asyncio.shield(opening)
    finally:
        await asyncio.wait([opening])
        if not opening.cancelled() and opening.exception() is None:
            await opening.result().close()


async def _filled(demo: Demo) -> None:
    if not await has_school():
        await fill_school(demo.start, demo.school)


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything else, so that a taken one is told at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((settings.host, settings.port))
        sock.listen(128)
    except OSError as error:
        sock.close()
        raise cannot_listen(settings.host, settings.port, error) from error
    return sock


def _speaker(language: str) -> Callable[[str, str], None]:
    def say(chinese: str, english: str) -> None:
        print(chinese if language.startswith("zh") else english, flush=True)

    return say


def _folder() -> tempfile.TemporaryDirectory[str]:
    # Windows may still hold the file for a moment; a temporary folder is no reason to fail.
    return tempfile.TemporaryDirectory(prefix="zoufang-", ignore_cleanup_errors=True)


@asynccontextmanager
async def _serving(
    database: str, ring: Keyring, plan: Plan, settings: Settings, listening: socket.socket
) -> AsyncIterator[None]:
    """The duties and the web, both on these records."""
    hub = Hub()

    async def open_again() -> Records:
        return await open_records(database, ring, plan)

    def delivered(person: int | None, chat: str | None) -> None:
        hub.tell("delivered", {"person": person, "chat": chat})

    async with open_clients([PLATFORM]) as clients:
        delivering = Delivering(clients, settings.language, delivered, measures.delivered)
        async with embedded(open_again, delivering) as workers:
            workers.relay.wake()
            # The first message should not wait for the words.
            await asyncio.to_thread(lexicon)
            app = console_app(workers.relay, hub, settings.language)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
            await runner.setup()
            await web.SockSite(runner, listening).start()
            try:
                yield
            finally:
                await runner.cleanup()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end_on_sigterm() -> None:
    """Be ended by SIGTERM as by Ctrl-C, which asyncio turns into the task's end by itself."""
    task = asyncio.current_task()
    # Windows has no such signal for a loop.
    with suppress(NotImplementedError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # type: ignore[union-attr]
