"""Measures, and prints the figures with the goals beside them; it judges nothing."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from benchmarks import categories, parsing, starting, visits
from benchmarks.figures import Report, columns
from benchmarks.machine import machine
from benchmarks.visits import Effort

PARTS = ("commands", "categories", "postgres", "sqlite", "start")


def main(words: list[str]) -> int:
    """Measure what was asked for, all of it if nothing was."""
    asked = _parser().parse_args(words)
    parts = asked.part or list(PARTS)
    here = machine()
    print("\n".join(columns(list(here.items()))), end="\n\n", flush=True)
    reports = []
    for part in parts:
        report = asyncio.run(_measured(part, quick=asked.quick))
        print("\n".join(report.lines()), flush=True)
        reports.append(report)
    if asked.json:
        whole = {"machine": here, "reports": [one.as_data() for one in reports]}
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a minute in all, and less sure")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


async def _measured(part: str, *, quick: bool) -> Report:
    effort = Effort(2, 0.6, 0.6) if quick else Effort(7, 4.0, 4.0)
    if part == "commands":
        return await parsing.measured(*((0.3, 3) if quick else (2.0, 7)))
    if part == "categories":
        return await categories.measured(0.3 if quick else 2.0)
    if part == "postgres":
        return await visits.on_postgres(effort)
    if part == "sqlite":
        return await visits.on_sqlite(effort)
    return await starting.measured(2 if quick else 5)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
