"""Measures, and prints the figures with the goals beside them; it judges nothing."""

from __future__ import annotations

import argparse
import asyncio
import json
import shlex
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks import (
    categories,
    deliveries,
    digests,
    imports,
    memory,
    parsing,
    peers,
    profiling,
    starting,
    table,
    ticks,
    visits,
)
from benchmarks.figures import Report, columns
from benchmarks.machine import machine
from benchmarks.visits import Effort
from tests.servers import postgres_programs, postgres_version, redis_version

WHOLE, QUICK = Effort(7, 4.0, 4.0), Effort(3, 1.5, 1.0)


def main(words: list[str]) -> int:
    """Measure what was asked for, all of it if nothing was."""
    asked = _parser().parse_args(words)
    parts = asked.part or list(_PARTS)
    here = machine(postgres_version(postgres_programs()), redis_version())
    print("\n".join(columns(list(here.items()))), end="\n\n", flush=True)
    reports: list[Report] = []
    for part in parts:
        report = asyncio.run(_measured(_PARTS[part][asked.quick]))
        print("\n".join(report.lines()), flush=True)
        reports.append(report)
    command = shlex.join(["python3", "run.py", "bench", *words])
    whole = {"machine": here, "command": command, "reports": [one.as_data() for one in reports]}
    if asked.json:
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")
    if asked.write:
        table.write(whole)
    return 0


async def _measured(part: Callable[[], Awaitable[Report]]) -> Report:
    return await part()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*_PARTS, []], help=f"of {', '.join(_PARTS)}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and less sure")
    parser.add_argument("--write", action="store_true", help="put them into the READMEs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


# Each part, whole and quick.
_PARTS: dict[str, tuple[Callable[[], Awaitable[Report]], Callable[[], Awaitable[Report]]]] = {
    "commands": (partial(parsing.measured, 2.0, 7), partial(parsing.measured, 0.3, 3)),
    "doors": (partial(peers.measured, 3.0, 7), partial(peers.measured, 1.0, 3)),
    "categories": (partial(categories.measured, 2.0), partial(categories.measured, 0.3)),
    "postgres": (partial(visits.on_postgres, WHOLE), partial(visits.on_postgres, QUICK)),
    "sqlite": (partial(visits.on_sqlite, WHOLE), partial(visits.on_sqlite, QUICK)),
    "ticks": (
        partial(ticks.measured, 10_000, 1_000_000, 7),
        partial(ticks.measured, 10_000, 1_000_000, 5),
    ),
    "delivery": (partial(deliveries.measured, 300, 7), partial(deliveries.measured, 100, 3)),
    "digests": (
        partial(digests.measured, 100_000, 20_000, 7),
        partial(digests.measured, 100_000, 20_000, 3),
    ),
    "lists": (partial(imports.measured, 5, 3), partial(imports.measured, 1, 1)),
    "memory": (partial(memory.measured, 60.0, 2.0), partial(memory.measured, 1.0, 5.0)),
    "profile": (partial(profiling.measured, 200), partial(profiling.measured, 60)),
    "start": (partial(starting.measured, 5), partial(starting.measured, 2)),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
