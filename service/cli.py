"""The command line: zoufang, and what it can be asked to do."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from dotenv import dotenv_values

from domain.errors import RecordsUnusable
from domain.house import SCHOOL_TIME
from domain.rules.plan import PlanError
from domain.sealing import KeyFault
from service.demo.faults import SchoolFault
from service.demo.run import Demo, run_demo
from service.faults import StartFault, sentence_of
from settings import SettingsFault, demo_settings

_START = "2018-09-03T08:00+08:00"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it: 0 when all is well, 1 with a sentence when it can't be, 2 for a wrong command."""
    # run.py lets Ctrl-C end us silently until here: there was nothing to close yet.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # It writes down the bytes of a request that it can't read, and these may hold what was typed.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    _speak_utf8()
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    return run(asked)


def _speak_utf8() -> None:
    """A terminal that can't show a character shows a mark instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zoufang", description="Zoufang 走访: a school goes out to its families, and answers."
    )
    parser.set_defaults(run=lambda _asked: _helped(parser))
    parts = parser.add_subparsers(title="what it can do", metavar="COMMAND")
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
        help="your own roster.csv, families.csv and visits.csv instead of the invented school",
    )
    demo.add_argument("--plan", metavar="FILE", type=Path, help="your own plan.toml")
    demo.add_argument(
        "--start",
        metavar="TIME",
        type=_instant,
        default=_instant(_START),
        help=f"the school's time at the start (default {_START})",
    )
    demo.set_defaults(run=_demo)
    return parser


def _helped(parser: argparse.ArgumentParser) -> int:
    """Nothing was asked for: say what can be."""
    parser.print_help()
    return 2


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


def _demo(asked: argparse.Namespace) -> int:
    # What is set in the environment wins over what stands in .env.
    environment = {name: value or "" for name, value in dotenv_values(".env").items()} | os.environ
    language = environment.get("ZOUFANG_LANGUAGE", "zh-CN")
    try:
        settings, ignored = demo_settings(environment)
        demo = Demo(settings, asked.keep, asked.school, asked.plan, asked.start, ignored)
        asyncio.run(run_demo(demo))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    except (
        SettingsFault,
        PlanError,
        KeyFault,
        SchoolFault,
        RecordsUnusable,
        StartFault,
    ) as fault:
        print(sentence_of(fault, language), file=sys.stderr)
        return 1
    return 0
