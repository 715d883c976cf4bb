"""A signed message checked, read and answered without a database: ours beside what others built."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import run
from benchmarks.beside import beside
from benchmarks.doors import Door, SignedDoor, http_request, visit
from benchmarks.figures import Figure, Report
from benchmarks.load import Speakers, closed_loop
from benchmarks.peer_doors import ANSWER, SECRET
from benchmarks.unkept import run_unkept

_FOLDER = run.VENV / "peers"
_PATH = "/messages"
_CLIENTS = 8


async def measured(seconds: float, rounds: int) -> Report:
    """Each in turns, so many seconds of each round; the first round warms up."""
    try:
        python = await asyncio.to_thread(peers_python)
    except run.Trouble as trouble:
        return Report("Doors", (f"Not measured, for the others could not be fetched: {trouble}",))
    rates: dict[str, list[float]] = {name: [] for name in (_OURS, *_PEERS)}
    with ExitStack() as stack:
        speakers = {_OURS: stack.enter_context(ours())}
        speakers |= {name: stack.enter_context(_peer(python, name)) for name in _PEERS}
        for turn in range(rounds + 1):
            for name, one in speakers.items():
                said = await closed_loop(one, _CLIENTS, seconds)
                rates[name] += [said.rate] if turn else []
    return _report(rates, seconds)


@contextmanager
def ours() -> Iterator[Speakers]:
    """Our own door, in a process of its own."""
    with beside(run_unkept) as port:
        door = SignedDoor(())
        yield Speakers(door, port, door.recorded)


@contextmanager
def _peer(python: Path, name: str) -> Iterator[Speakers]:
    """One of the others, by the Python that has it."""
    command = [str(python), str(Path(__file__).with_name("peer_doors.py")), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            if not said:
                raise RuntimeError(f"{name} did not start")
            yield Speakers(_PEERS[name], int(said.rpartition(":")[2]), ANSWER.encode())
        finally:
            process.terminate()


def _report(rates: dict[str, list[float]], seconds: float) -> Report:
    figures = [Figure(name, median(said), "/s", rounds=tuple(said)) for name, said in rates.items()]
    for name in _PEERS:
        ratios = tuple(a / b for a, b in zip(rates[_OURS], rates[name], strict=True))
        key = f"door.{name}"
        figures.append(Figure(f"ours to {name}", median(ratios), "×", "", ratios, key))
    about = (
        "The same /visit over HTTP with no database behind it. Ours checks the signature, reads",
        "what is said, brings it before its command and words a visit's answer; the others bring",
        "it before a function that gives a text. botbuilder is spared the check of its signature",
        f"and the call that would bring its answer. {_CLIENTS} clients in closed loop,",
        f"{seconds:g} s each in turns, medians of {len(rates[_OURS])} rounds.",
    )
    return Report("Doors", about, tuple(figures))


# --- how the others are spoken to ---------------------------------------------------------


class _SlackDoor:
    """A slash command as Slack sends it, signed."""

    late: tuple[bytes, ...] = ()

    def request(self, port: int, teacher: int, turn: int, key: str) -> bytes:
        """A whole HTTP request, signed now."""
        said = {
            "token": "unused",
            "team_id": "T1",
            "team_domain": "school",
            "channel_id": f"D{teacher}",
            "channel_name": "directmessage",
            "user_id": f"U{teacher}",
            "user_name": "teacher",
            "command": "/visit",
            "text": visit(teacher, turn),
            "api_app_id": "A1",
            "response_url": "http://127.0.0.1:9/commands",
            "trigger_id": key,
        }
        at, body = str(int(time.time())), urlencode(said).encode()
        digest = hmac.new(SECRET.encode(), b"v0:%b:%b" % (at.encode(), body), hashlib.sha256)
        headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest.hexdigest()}"}
        kind = "application/x-www-form-urlencoded"
        return http_request(_PATH, port, teacher, body, headers, kind=kind)


class _BotDoor:
    """A message as the Bot Framework sends it, without a token."""

    late: tuple[bytes, ...] = ()

    def request(self, port: int, teacher: int, turn: int, key: str) -> bytes:
        """A whole HTTP request."""
        said = {
            "type": "message",
            "id": key,
            "timestamp": "2018-09-03T00:00:00Z",
            "serviceUrl": "http://127.0.0.1:9/",
            "channelId": "emulator",
            "from": {"id": f"29:{teacher}", "name": "老师"},
            "conversation": {"id": f"a:{teacher}", "conversationType": "personal"},
            "recipient": {"id": "28:bot", "name": "bot"},
            "text": visit(teacher, turn),
        }
        return http_request(_PATH, port, teacher, json.dumps(said).encode())


_OURS = "ours"
_PEERS: dict[str, Door] = {"slack-bolt": _SlackDoor(), "botbuilder": _BotDoor()}


# --- where the others are -----------------------------------------------------------------


def peers_python() -> Path:
    """A Python of their own beside ours, filled from their lock; Trouble if that can't be."""
    python = _FOLDER / ("Scripts/python.exe" if run.WINDOWS else "bin/python")
    stamp = _FOLDER / "made-from"
    if stamp.exists() and stamp.read_text(encoding="ascii") == run.fingerprint("peers"):
        return python
    run.carry_out("making a folder for the peers", [sys.executable, "-m", "venv", str(_FOLDER)])
    uv = shutil.which("uv") or run.uv_from_pip()
    install = [uv, "pip", "install", "--python", str(python), *run.index_of_pip()] if uv else None
    install = install or [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command = [*install, "--require-hashes", "-r", str(run.REQUIREMENTS / "peers.txt")]
    run.carry_out("fetching the peers", command)
    stamp.write_text(run.fingerprint("peers"), encoding="ascii")
    return python
