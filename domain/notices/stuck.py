"""What we tell the admins about notices that don't get through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from domain.notices.base import Notice, Pace

# It can't be worded; the platform will never take it; it hasn't for a day; nobody is bound.
Why = Literal["wording", "never", "slow", "no_account"]


@dataclass(frozen=True, kw_only=True)
class NoticeStuck(Notice):
    """To the admins: that notice (a row of the outbox) doesn't reach that person, and why.

    `problems` are the numbers that it is about.
    """

    pace: ClassVar[Pace] = "prompt"

    entry: int
    why: Why
    person: int | None = None
    problems: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True
