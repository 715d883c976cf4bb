"""Starts the demo: a fresh database, the school, the duties, the console; and stops it cleanly."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chat.console.names import PLATFORM
from chat.platforms import open_clients
from commands.table import lexicon
from domain.migrating import migrate_records
from domain.records import Records, has_school, open_records
from domain.rules.plan import SETTING, Plan, PlanError, read_plan
from domain.sealing import Keyring, keys_beside
from service import measures
from service.app import application, console_app
from service.console.hub import Hub
from service.demo.keeping import kept
from service.demo.school import fill_school
from service.opening import records_open
from service.running import (
    answering_at,
    end_on_sigterm,
    listen,
    shown_address,
    speaker,
    whole,
)
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
    end_on_sigterm()
    plan = _plan(demo.plan).with_minimum(_MINIMUM)
    listening = listen(demo.settings.host, demo.settings.port)
    say = speaker(demo.settings.language)
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
        await whole(migrate_records(database))
        records = await stack.enter_async_context(records_open(database, ring, plan))
        records.enter()
        await whole(_filled(demo))
        await stack.enter_async_context(_serving(database, ring, plan, demo.settings, listening))
        address = shown_address(listening)
        say(
            f"走访已就绪：{address}/console （按 Ctrl-C 结束）",
            f"Zoufang is ready: {address}/console (Ctrl-C ends it)",
        )
        # Until Ctrl-C or SIGTERM ends the task; what was opened is closed on the way out.
        await asyncio.Event().wait()


def _plan(file: Path | None) -> Plan:
    """The plan; the demo takes its own from the command line alone, and a fault says so."""
    try:
        return read_plan(file)
    except PlanError as fault:
        if fault.key != SETTING:
            raise
        raise PlanError("--plan", fault.mend_zh, fault.mend_en, fault.line) from None


async def _filled(demo: Demo) -> None:
    if not await has_school():
        await fill_school(demo.start, demo.school)


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

    async with open_clients({PLATFORM: None}) as clients:
        delivering = Delivering(clients, settings.language, delivered, measures.delivered)
        async with embedded(open_again, delivering) as workers:
            workers.relay.wake()
            # The first message should not wait for the words.
            await asyncio.to_thread(lexicon)
            app = application(console_app(workers.relay, hub, settings.language))
            async with answering_at(app, listening):
                yield
