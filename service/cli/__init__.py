"""The command line: zoufang, and what it can be asked to do."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType

from dotenv import dotenv_values

from domain.errors import RecordsUnusable
from domain.rules.plan import PlanError
from domain.sealing import KeyFault
from service.cli import audit, check, demo, keeping, keys, lists, serve
from service.faults import StartFault, sentence_of
from service.lists.faults import ListFault
from service.logs import keep_logs
from settings import SettingsFault

# To add a command: its file, which adds itself to the parser, and its place here.
_FILES: tuple[ModuleType, ...] = (demo, serve, keys, check, keeping, lists, audit)

# What a command gets: what stood after its name, and what is set. It returns the exit status.
Run = Callable[[argparse.Namespace, Mapping[str, str]], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it: 0 when all is well, 1 with a sentence when it can't be, 2 for a wrong command."""
    # run.py lets Ctrl-C end us silently until here: there was nothing to close yet.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _speak_utf8()
    keep_logs(sys.stderr)
    asked = _parser().parse_args(arguments)
    run: Run = asked.run
    return _ended_well(run, asked)


def _speak_utf8() -> None:
    """A terminal that can't show a character shows a mark instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zoufang", description="Zoufang 走访: a school goes out to its families, and answers."
    )
    parser.set_defaults(run=lambda _asked, _set: _helped(parser))
    parts = parser.add_subparsers(title="what it can do", metavar="COMMAND")
    for file in _FILES:
        file.add(parts)
    return parser


def _helped(parser: argparse.ArgumentParser) -> int:
    """Nothing was asked for: say what can be."""
    parser.print_help()
    return 2


def _ended_well(run: Run, asked: argparse.Namespace) -> int:
    """The command's own exit status; what keeps it from working is told in one sentence."""
    # What is set in the environment wins over what stands in .env.
    environment = {name: value or "" for name, value in dotenv_values(".env").items()} | os.environ
    try:
        return run(asked, environment)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    except (
        SettingsFault,
        PlanError,
        KeyFault,
        ListFault,
        RecordsUnusable,
        StartFault,
    ) as fault:
        language = environment.get("ZOUFANG_LANGUAGE", "zh-CN")
        print(sentence_of(fault, language), file=sys.stderr)
        return 1
