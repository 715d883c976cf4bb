"""What we tell about a platform's month: that it is running out, or has run out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from domain.notices.base import Notice, Pace


@dataclass(frozen=True, kw_only=True)
class BudgetLow(Notice):
    """To the admins: so much of the month's quota is used; `forecast` is what it will come to.

    `spent`: all of it is, and nothing but danger is sent until the month is over.
    """

    pace: ClassVar[Pace] = "prompt"

    platform: str
    kind: Literal["api", "messages"]
    month: str
    used: int
    quota: int
    forecast: int
    spent: bool = False

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True
