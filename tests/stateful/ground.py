"""What each life begins with: the small school, everybody with an account, all duties planned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import domain.clock
from domain.migrating import migrate_records
from domain.records import open_records
from tests.crash.stage import on_dingtalk
from tests.fixtures.house import START, School, _plan, _ring, filled_anew
from tests.fixtures.inline import inline
from tests.stateful.life import Ground, Life
from workers.schedule import plan_duties


def made(folder: Path) -> Ground:
    """Fill a file in that folder, which each life copies."""
    file = folder / "ground.db"
    address = f"sqlite://{file}"
    with mock.patch.object(domain.clock, "real_now", return_value=START):
        asyncio.run(migrate_records(address))
        people, classes = asyncio.run(filled_anew(address))
        asyncio.run(_ready(address, people))
    return Ground(file, folder, people, classes, START)


async def _ready(address: str, people: dict[str, int]) -> None:
    records = await open_records(address, _ring(), _plan())
    try:
        await on_dingtalk(School(people, {}, address))
        await plan_duties()
    finally:
        await records.close()


@contextmanager
def living(life: Life) -> Iterator[asyncio.Runner]:
    """A loop for one life, whose clock is all the time there is; what fails is written down."""
    heard = _Faults(life)
    logging.getLogger().addHandler(heard)
    try:
        with (
            inline(),
            mock.patch.object(domain.clock, "real_now", side_effect=lambda: life.clock.now),
            asyncio.Runner() as runner,
        ):
            runner.get_loop().set_exception_handler(_unheard)
            runner.run(life.begin())
            try:
                yield runner
            finally:
                runner.run(life.end())
    finally:
        logging.getLogger().removeHandler(heard)
        for left in life.file.parent.glob(f"{life.file.name}*"):
            left.unlink()


def _unheard(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Nobody waits any more for what the dead one had begun."""
    if not isinstance(context.get("exception"), asyncio.CancelledError):
        loop.default_exception_handler(context)


class _Faults(logging.Handler):
    """Writes down what `log_fault` is told."""

    def __init__(self, life: Life) -> None:
        super().__init__(logging.ERROR)
        self._life = life

    def emit(self, record: logging.LogRecord) -> None:
        facts = getattr(record, "facts", {})
        if "fault" in facts:
            self._life.faults.append(f"{record.getMessage()} {facts}")
