"""zoufang keys: new keys, as the two lines to paste into the settings."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from domain.sealing import generate_keys, generate_secret
from settings import PREFIX

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add(parts: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what the command takes: nothing."""
    what = "make new keys and print them as the two lines to paste; nothing is kept"
    parts.add_parser("keys", help=what, description=f"{what[0].upper()}{what[1:]}.").set_defaults(
        run=run
    )


def run(_asked: argparse.Namespace, _environment: Mapping[str, str]) -> int:
    """Print them."""
    print(f"{PREFIX}ENCRYPTION_KEYS={generate_keys()}")
    print(f"{PREFIX}SECRET_KEY={generate_secret()}")
    return 0
