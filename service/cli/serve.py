"""zoufang serve, worker, scheduler and migrate: run it for real."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from domain.engines import shown
from domain.migrating import migrate_records, missing_migrations
from service.faults import StartFault
from service.logs import keep_logs
from service.opening import prepare_keys_and_file, settings_from
from service.running import speaker
from service.serve import run_scheduler, run_serve, run_worker
from settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the commands take."""
    _add(
        parts,
        "serve",
        "hear and answer; without Redis do everything, in one process",
        run_serve,
    )
    _add(parts, "worker", "bring what is due to its readers, beside serve", _beside(run_worker))
    _add(parts, "scheduler", "look for what falls due, beside serve", _beside(run_scheduler))
    _add(parts, "migrate", "bring the database's schema up to date", _migrate)


def _add(
    parts: _SubParsersAction[argparse.ArgumentParser],
    name: str,
    what: str,
    run: Callable[[Settings], Awaitable[None]],
) -> None:
    def started(_asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
        async def whole() -> None:
            await run(settings_from(environment))

        # What goes on for days also tells what went well.
        keep_logs(sys.stderr, each_message=True)
        asyncio.run(whole())
        return 0

    parts.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.").set_defaults(
        run=started
    )


def _beside(run: Callable[[Settings], Awaitable[None]]) -> Callable[[Settings], Awaitable[None]]:
    """A process that has no place where one process does all."""

    async def started(settings: Settings) -> None:
        if settings.embedded:
            raise StartFault(
                "没有设 ZOUFANG_REDIS_URL：这种方式下 zoufang serve 一个进程就做完全部，"
                "不用再启动它。",
                "ZOUFANG_REDIS_URL is not set: zoufang serve does everything in one process then, "
                "and this isn't needed.",
            )
        await run(settings)

    return started


async def _migrate(settings: Settings) -> None:
    """What is missing is applied in order, each step whole or not at all."""
    say = speaker(settings.language)
    if settings.on_sqlite:
        prepare_keys_and_file(settings)
    where = shown(settings.database_url)
    missing = await missing_migrations(settings.database_url)
    await migrate_records(settings.database_url)
    for step in missing:
        say(f"已完成 {step}", f"applied {step}")
    say(f"{where} 的结构已是最新。", f"The schema of {where} is up to date.")
