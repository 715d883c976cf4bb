"""zoufang audit: is the story of the problems still the one that was written down."""

from __future__ import annotations

import argparse
import asyncio
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from domain.queries.audit import Kept
from service.auditing import run_verify
from service.opening import settings_from

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_LAST = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes."""
    audit = parts.add_parser(
        "audit", help="look whether what was written down is still what it was"
    )
    inner = audit.add_subparsers(metavar="WHAT", required=True)
    verify = inner.add_parser(
        "verify",
        help="go along the chain of all problems' events; name the first bad one",
        description="Goes along the chain of all problems' events and names the first one that "
        "was changed, replaced or taken out.",
    )
    verify.add_argument(
        "--last",
        metavar="NUMBER:DIGEST",
        type=_kept,
        help="what an earlier run printed: the past must still be the same",
    )
    verify.set_defaults(run=run)


def _kept(text: str) -> Kept:
    match = _LAST.fullmatch(text.strip())
    if match is None:
        raise argparse.ArgumentTypeError("NUMBER:DIGEST, as an earlier run printed it")
    return Kept(int(match[1]), match[2])


def run(asked: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """0 when the chain is whole, 1 else."""

    async def whole() -> int:
        return await run_verify(settings_from(environment), asked.last)

    return asyncio.run(whole())
