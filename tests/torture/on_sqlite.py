"""A school in one process on a SQLite file, whose process is killed, or whose disk is full."""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import aiohttp

from chat.dingtalk.names import APP, PLATFORM
from domain.actions.school import add_account
from domain.migrating import migrate_records
from domain.records import open_records, set_now
from domain.rules.plan import read_plan
from domain.sealing import Keyring, parse_keys, parse_secret
from tests.commands.dialogs import LIN
from tests.fixtures.dingtalk import Gateway
from tests.fixtures.dingtalk_door import Ding, account
from tests.fixtures.house import START, School, filled_anew
from tests.fixtures.processes import KEYS, ROOT
from tests.fixtures.processes import SECRET as OWN_SECRET
from tests.fixtures.system import Running, settings_on_dingtalk
from tests.torture.fault import Measure, Stage
from tests.torture.scenarios.door import ASKS

_RUN = "from tests.faults.quick import main; main()"


@dataclass
class Small:
    """The file, the process that has it open, and the people in it."""

    folder: Path
    url: str
    school: School
    process: Running | None = None

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "zoufang.db"

    def begin(self) -> None:
        """Start it, and wait until it listens."""
        settings = settings_on_dingtalk(self.url, DATABASE_URL=f"sqlite://{self.file}")
        here = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
        said = self.folder / f"{len(list(self.folder.iterdir()))}.log"
        with said.open("wb") as out:
            popen = subprocess.Popen(
                [sys.executable, "-P", "-c", _RUN, "serve"],
                cwd=self.folder,
                env=here | settings,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.process = Running(popen, said)
        self.process.wait_until_ready()

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None and self.process.popen.poll() is None:
            self.process.popen.kill()
            self.process.popen.wait()

    @asynccontextmanager
    async def door(self) -> AsyncIterator[Ding]:
        """Speaks at its door as DingTalk does."""
        assert self.process is not None
        async with aiohttp.ClientSession() as http:
            yield Ding(self.school, Gateway(self.url), http, self.process.address, None)  # type: ignore[arg-type]


@asynccontextmanager
async def small(url: str) -> AsyncIterator[Small]:
    """Such a school, its process not begun."""
    folder = Path(mkdtemp(prefix="zoufang-small-"))
    database = f"sqlite://{folder / 'zoufang.db'}"
    ring = Keyring(parse_keys(KEYS), parse_secret(OWN_SECRET))
    one = await asyncio.create_task(_filled(database, ring, folder, url))
    try:
        yield one
    finally:
        one.kill()
        shutil.rmtree(folder, ignore_errors=True)


async def _filled(database: str, ring: Keyring, folder: Path, url: str) -> Small:
    await migrate_records(database)
    people, classes = await filled_anew(database, ring)
    records = await open_records(database, ring, read_plan(None))
    records.enter()
    for name, person in people.items():
        await add_account(person, PLATFORM, APP, account(name))
    await set_now(START)
    await records.close()
    return Small(folder, url, School(people, classes, database, count()))


async def killed_while_writing(stage: Stage) -> list[Measure]:
    """Killed again and again while messages come; what was answered for is there, and whole."""
    broken, answered, sent = 0, set[str](), list[str]()
    async with small(stage.system.platform.url) as one:
        for _ in range(stage.scale.blows):
            await asyncio.to_thread(one.begin)
            async with one.door() as there:
                speaking = asyncio.create_task(_speak(there, answered, sent))
                await asyncio.sleep(stage.dice.uniform(0.1, 0.5))
                one.kill()
                await speaking
            broken += _integrity(one.file) != "ok"
        rows = _column(one.file, "SELECT message_key FROM heard")
        problems = len(_column(one.file, "SELECT id FROM problem"))
    ours = [key for key in rows if any(message in key for message in sent)]
    kept = [message for message in answered if any(message in key for key in ours)]
    return [
        Measure("files found broken", broken),
        Measure("answered and not kept", len(answered) - len(kept)),
        Measure("effects that aren't one for each message kept", abs(problems - len(ours))),
        Measure("nothing was answered", not answered),
    ]


async def _speak(there: Ding, answered: set[str], sent: list[str]) -> None:
    with suppress(aiohttp.ClientError):
        while True:
            body = there.message(LIN, ASKS)
            sent.append(body["msgId"])
            _status, said = await there.post(body)
            if "#" in str(said):
                answered.add(body["msgId"])


def _integrity(file: Path) -> str:
    return str(_column(file, "PRAGMA integrity_check")[0])


def _column(file: Path, statement: str) -> list[str]:
    connection = sqlite3.connect(file)
    try:
        return [str(row[0]) for row in connection.execute(statement)]
    finally:
        connection.close()


async def disk_full(stage: Stage) -> list[Measure]:
    """No page more than it has: what is said then is no receipt; with room it goes on."""
    async with small(stage.system.platform.url) as one:
        await asyncio.to_thread(one.begin)
        async with one.door() as there:
            body = there.message(LIN, ASKS)
            before = len(_column(one.file, "SELECT id FROM problem"))
            await asyncio.to_thread(_filled_up, one)
            honest = lied = 0
            for _ in range(5):
                status, said = await there.post(body)
                assert status == 200
                lied += "#" in str(said)
                honest += "#" not in str(said)
            await asyncio.to_thread(_room_again, one)
            status, said = await there.post(body)
        told = "#" in str(said)
        made = len(_column(one.file, "SELECT id FROM problem")) - before
        whole = _integrity(one.file)
    return [
        Measure("receipts on a full disk", lied),
        Measure("never full", not honest),
        Measure("not recorded once there was room", not told),
        Measure("effects but one", abs(made - 1)),
        Measure("file found broken", whole != "ok"),
    ]


def _filled_up(one: Small) -> None:
    """No file of its process may grow beyond its first page: as a full disk says, but sooner."""
    assert one.process is not None
    resource.prlimit(one.process.popen.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))


def _room_again(one: Small) -> None:
    assert one.process is not None
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(one.process.popen.pid, resource.RLIMIT_FSIZE, unlimited)
