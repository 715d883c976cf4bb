"""Dies at every point of every scenario, and says what was wrong afterwards.

python -m tests.crash [--only visit,claim] [--engine sqlite] [--most 50]
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from domain.migrating import migrate_records
from tests.crash.databases import Engine
from tests.crash.lives import in_a_child, told
from tests.crash.scenarios import SCENARIOS
from tests.crash.server import Asked, Report, lived
from tests.fixtures.house import filled_anew
from tests.servers import Postgres, run_on

ENGINES: tuple[Engine, ...] = ("sqlite", "postgres")


def main() -> int:
    """1 when anything was otherwise than if nobody had died."""
    logging.disable(logging.CRITICAL)
    wanted = _wanted(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="zoufang-crash-") as folder:
        wrong = [line for engine in wanted.engine for line in _all(engine, Path(folder), wanted)]
    print("not as it should be" if wrong else "all was as if nobody had died")
    return int(bool(wrong))


def _wanted(words: list[str]) -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    asks.add_argument("--only", type=_names, default=list(SCENARIOS), help="with commas between")
    asks.add_argument("--engine", type=lambda word: [word], default=ENGINES)
    asks.add_argument("--most", type=int, help="so many points of each; all, if nothing is said")
    return asks.parse_args(words)


def _names(words: str) -> list[str]:
    names = words.split(",")
    if unknown := [name for name in names if name not in SCENARIOS]:
        raise argparse.ArgumentTypeError(f"no {unknown}; there are {', '.join(SCENARIOS)}")
    return names


def _all(engine: Engine, folder: Path, wanted: argparse.Namespace) -> Iterator[str]:
    """Live them on that database; all that was wrong."""
    with _school(engine, folder) as school:
        for name in wanted.only:
            began = time.monotonic()
            report = lived(replace(school, scenario=name, most=wanted.most))
            print(_line(engine, name, report, time.monotonic() - began), flush=True)
            for line in report.wrong:
                print(f"    {line}", flush=True)
            yield from report.wrong


def _line(engine: str, name: str, report: Report, seconds: float) -> str:
    kinds = ", ".join(f"{report.kinds[kind]} {kind}" for kind in ("await", "asked", "answered"))
    died = f"{report.died} deaths in {seconds:.0f} s, {report.again} read twice"
    return f"{engine} {name}: {report.points} points ({kinds}); {died}; {len(report.wrong)} wrong"


@contextmanager
def _school(engine: Engine, folder: Path) -> Iterator[Asked]:
    """The small school there; no scenario yet."""
    if engine == "sqlite":
        file = str(folder / "school.db")
        yield Asked("", engine, str(folder), file, _filled(f"sqlite://{file}"))
        return
    server = Postgres()
    try:
        told(in_a_child(run_on(server, "CREATE DATABASE school")))
        people = _filled(server.address("school"))
        yield Asked("", engine, str(folder), "school", people, server.address(), server.copying)
    finally:
        server.remove()


def _filled(database: str) -> dict[str, int]:
    """Fill it in a process of its own; who is in it."""

    async def filled() -> dict[str, int]:
        await migrate_records(database)
        # As a task: what it enters ends with it.
        people, _classes = await asyncio.create_task(filled_anew(database))
        return people

    people: dict[str, int] = told(in_a_child(filled()))
    return people


if __name__ == "__main__":
    sys.exit(main())
