"""The one way of saying no: a refusal carries its own answer."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from domain.notices.base import Notice


# How much of the way to an error is told (frames, the innermost).
_FRAMES = 12


class ZoufangError(Exception):
    """Everything that we raise ourselves."""


class Refusal(ZoufangError):
    """The person can mend it; the notice says how. Nothing of the command was done."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(type(notice).__name__)
        self.notice = notice


class AlreadyHeard(ZoufangError):
    """The same message was taken before: say the stored answer again."""


class RecordsUnusable(ZoufangError):
    """The database cannot be opened or written; `why` is the system's own word for it.

    `server`: it is a PostgreSQL, not a file.
    """

    def __init__(self, where: str, why: str, *, server: bool = False) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
        self.server = server


def log_fault(log: logging.Logger, what: str, error: BaseException) -> None:
    """Write down its kind and where it arose, without its words: these may hold what was typed."""
    log.error("%s: %s", what, type(error).__name__, extra={"facts": without_words(error)})


def without_words(error: BaseException) -> dict[str, Any]:
    """The kind of an error, the kinds of those behind it, and where it arose, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "fault": type(error).__name__,
        "because": [type(one).__name__ for one in _behind(error)],
        "where": [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames],
    }


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Those that led to it, and those that a group of errors is made of."""
    seen = {id(error)}
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        hidden = None if one.__suppress_context__ else one.__context__
        parts = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        for other in (one.__cause__ or hidden, *parts):
            if other is not None and id(other) not in seen:
                seen.add(id(other))
                waiting.append(other)
                yield other


def _short(file: str) -> str:
    """The last folder and the file: enough to find it, and nothing of whose machine it is."""
    return "/".join(PurePath(file).parts[-2:])
