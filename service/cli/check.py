"""zoufang check: is all there that a run needs, and how to mend what isn't."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from service.checking import findings
from settings import LANGUAGES, PREFIX

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes: nothing."""
    what = "look at settings, database, keys, broker, clocks and roster; each line says the mend"
    parts.add_parser("check", help=what, description=f"{what[0].upper()}{what[1:]}.").set_defaults(
        run=run
    )


def run(_asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """0 when nothing is wrong, 1 else."""
    language = environment.get(f"{PREFIX}LANGUAGE", "")
    return asyncio.run(_told(environment, language if language in LANGUAGES else "zh-CN"))


async def _told(environment: Mapping[str, str], language: str) -> int:
    wrong = 0
    async for finding in findings(environment):
        print(finding.line(language), flush=True)
        wrong += finding.state == "wrong"
    return 1 if wrong else 0
