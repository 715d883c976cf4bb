"""zoufang demo: try it in a browser, with an invented school."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from domain.house import SCHOOL_TIME
from service.demo.run import Demo, run_demo
from settings import demo_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_START = "2018-09-03T08:00+08:00"


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    demo = parts.add_parser(
        "demo",
        help="try it in a browser, with an invented school",
        description="Starts everything in one process on a fresh database, for this machine only.",
    )
    demo.add_argument("--keep", metavar="FILE", type=Path, help="keep the database in FILE")
    demo.add_argument(
        "--school",
        metavar="FOLDER",
        type=Path,
        help="your own roster, families and visits (.csv or .xlsx) instead of the invented school",
    )
    demo.add_argument("--plan", metavar="FILE", type=Path, help="your own plan.toml")
    demo.add_argument(
        "--start",
        metavar="TIME",
        type=_instant,
        default=_instant(_START),
        help=f"the school's time at the start (default {_START})",
    )
    demo.set_defaults(run=run)


def _instant(text: str) -> datetime:
    """ISO form; without a zone it is the school's time."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        msg = f"“{text}” is no time; write it like {_START}"
        raise argparse.ArgumentTypeError(msg) from None
    if not 2000 <= instant.year < 2100:
        msg = f"“{text}” is out of reach; the school's clock goes from 2000 to 2099"
        raise argparse.ArgumentTypeError(msg)
    return instant if instant.tzinfo else instant.replace(tzinfo=SCHOOL_TIME)


def run(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Run the demo until it is ended."""
    settings, ignored = demo_settings(environment)
    demo = Demo(settings, asked.keep, asked.school, asked.plan, asked.start, ignored)
    asyncio.run(run_demo(demo))
    return 0
