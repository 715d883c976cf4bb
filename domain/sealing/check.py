"""The line by which a database knows its own keys again, and stops a start with wrong ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from domain.sealing.faults import KeyFault
from domain.sealing.keytext import KEY_ID

_VERSION: Final = "v1"
_PROOF: Final = re.compile(r"[0-9a-f]{32}")


def check_line(secret: str, keys: Mapping[str, str]) -> str:
    """`v1 proof-of-the-secret id=proof …`, the newest key first."""
    return " ".join([_VERSION, secret, *(f"{name}={proof}" for name, proof in keys.items())])


def read_check(line: str) -> tuple[str, dict[str, str]]:
    """The proofs of the secret and of each key; raises `KeyFault` for anything else."""
    version, secret, *pairs = [*line.split(), "", ""]
    keys = dict(pair.partition("=")[::2] for pair in pairs if pair)
    if version != _VERSION or not keys or not all(map(KEY_ID.fullmatch, keys)):
        raise KeyFault("bad_check")
    if not all(map(_PROOF.fullmatch, [secret, *keys.values()])):
        raise KeyFault("bad_check")
    return secret, keys
