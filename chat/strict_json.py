"""Reads JSON from a stranger: what is odd about it is refused before anything looks inside."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

from chat.errors import Unreadable

# No id, count or instant that a platform sends is longer.
_MOST_DIGITS = 19


def read_object(body: bytes) -> dict[str, Any]:
    """The object in a body of UTF-8; Unreadable for all else.

    A name twice in one object, half a character, a NUL, a number that is none or has no end, and
    what lies too deep are refused: programs differ in what they make of each.
    """
    try:
        said = json.loads(
            body.decode(),
            object_pairs_hook=_once,
            parse_constant=_refused,
            parse_float=_finite,
            parse_int=_short,
        )
        _check(said)
    except (ValueError, RecursionError):
        raise Unreadable("Unreadable.body") from None
    if not isinstance(said, dict):
        raise Unreadable("Unreadable.body")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a name twice")
    return said


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("no number")
    return number


def _short(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("too many digits")
    return int(digits)


def _check(value: Any) -> None:
    """Raise ValueError for text that no record can hold."""
    if isinstance(value, str):
        # JSON can spell half a character, which can't be encoded: a ValueError too.
        if b"\0" in value.encode():
            raise ValueError("a NUL")
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name)
            _check(one)
    elif isinstance(value, list):
        for one in value:
            _check(one)
