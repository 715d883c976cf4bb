"""The one way of saying no: a refusal carries its own answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.notices.base import Notice


class ZoufangError(Exception):
    """Everything that we raise ourselves."""


class Refusal(ZoufangError):  # noqa: N818  a refusal is an answer, not a fault
    """The person can mend it; the notice says how. Nothing of the command was done."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(type(notice).__name__)
        self.notice = notice


class AlreadyHeard(ZoufangError):  # noqa: N818  a repeat is expected, not a fault
    """The same message was taken before: say the stored answer again."""


class RecordsUnusable(ZoufangError):  # noqa: N818
    """The database cannot be opened or written; `why` is the system's own word for it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
