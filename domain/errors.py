"""The one way of saying no: a refusal carries its own answer."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.notices.base import Notice


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
    """The database cannot be opened or written; `why` is the system's own word for it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


def log_fault(log: logging.Logger, what: str, error: BaseException) -> None:
    """Write down its kind and where it arose, without its words: these may hold what was typed."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, where)
