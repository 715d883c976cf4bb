"""On what, with what and when the figures were taken: without it they say nothing."""

from __future__ import annotations

import os
import platform
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

_PACKAGES = ("aiohttp", "tortoise-orm", "asyncpg", "aiosqlite", "dramatiq")


def machine(*servers: str) -> dict[str, str]:
    """The date, the machine, the versions, and how long its disk takes to make sure."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{_processor()}, {_cores()} cores, load {load} before",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": packages,
        "servers": ", ".join((*servers, f"SQLite {sqlite3.sqlite_version}")),
        "fsync": f"{1000 * fsync_seconds():.2f} ms for 4 kB (median)",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _cores() -> int:
    usable: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def fsync_seconds(times: int = 30) -> float:
    """How long the disk takes to have 4 kB safely: the floor under every durable answer."""
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            file.flush()
            began = perf_counter()
            os.fsync(file.fileno())
            took.append(perf_counter() - began)
    return median(took)
