"""Starts our program as a process of its own and waits until it says that it is ready."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.school import KEYS, SECRET

ROOT = Path(__file__).parents[1]
_RUN = "import sys; from service.cli import main; sys.exit(main())"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
# The longest a start or an end may take (seconds).
_PATIENCE = 60


@dataclass(frozen=True)
class Started:
    """A program that is ready: its port, how long it took to be (seconds), its number."""

    port: int
    seconds: float
    pid: int


@contextmanager
def program(*words: str, settings: dict[str, str]) -> Iterator[Started]:
    """`zoufang` with these words and these settings (without their prefix) alone; then its end."""
    here = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    ours = {f"ZOUFANG_{name}": value for name, value in {"PORT": "0", **settings}.items()}
    with tempfile.TemporaryDirectory(prefix="zoufang-bench-") as folder:
        log = Path(folder, "log")
        with log.open("wb") as out:
            began = perf_counter()
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _RUN, *words],
                cwd=folder,
                env=here | ours,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            port = _ready(process, log)
            yield Started(port, perf_counter() - began, process.pid)
        except BaseException as error:
            # What it said itself is gone with the folder.
            error.add_note(f"the program said:\n{_end_of(log)}")
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: subprocess.Popen[bytes], log: Path) -> int:
    until = perf_counter() + _PATIENCE
    while process.poll() is None and perf_counter() < until:
        if found := _ADDRESS.search(log.read_text(encoding="utf-8", errors="replace")):
            return int(found[1])
        sleep(0.01)
    raise RuntimeError("it did not start")


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def serving(database: str, **more: str) -> dict[str, str]:
    """The settings of `serve` on this database, with the benchmarks' keys."""
    return {
        "DATABASE_URL": database,
        "ENCRYPTION_KEYS": KEYS,
        "SECRET_KEY": SECRET,
        **more,
    }
