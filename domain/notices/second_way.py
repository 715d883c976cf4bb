"""What goes by mail when a platform is down: that something waits, and nothing of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.notices.base import Notice, Pace


@dataclass(frozen=True, kw_only=True)
class PlatformAway(Notice):
    """To whom something waits: that platform has taken nothing `since` then (school time).

    `problems` are the numbers that wait, `urgent` those of them that can't; `more` counts what
    has no number. A letter is read by whoever has the box, so it is by its kind free of people.
    """

    pace: ClassVar[Pace] = "now"

    platform: str
    since: datetime
    problems: tuple[int, ...] = ()
    urgent: tuple[int, ...] = ()
    more: int = 0
