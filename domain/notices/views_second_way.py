"""What waits while a platform is down, as its reader may see it: numbers, and how many more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class PlatformAwaySeen(View):
    """PlatformAway: as it was; `since` in school time."""

    platform: str
    since: datetime
    today: date
    problems: tuple[int, ...] = ()
    urgent: tuple[int, ...] = ()
    more: int = 0
