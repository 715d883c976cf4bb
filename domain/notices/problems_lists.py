"""What we show of several problems at once."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, kw_only=True)
class ProblemsListed(Notice):
    """A page of a list, and what was asked for; a number shows one of them.

    `skipped` stand on the pages before, `total` in the whole list. `hidden` would stand
    in it, and the reader may know no more of them than that.
    """

    problems: tuple[int, ...]
    total: int
    skipped: int = 0
    hidden: int = 0
    stage: str = "open"
    unit: int | None = None
    school_class: int | None = None
    category: str | None = None
    person: int | None = None
    older_than: int | None = None
    mine: bool = False
