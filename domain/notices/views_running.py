"""How the program itself is, as an admin may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class PartStoppedSeen(View):
    """PartStopped: which part, since when (school time), how many wait or seconds are between."""

    part: str
    since: datetime | None = None
    count: int = 0
    today: date | None = None


@dataclass(frozen=True, kw_only=True)
class EveningReceiptSeen(View):
    """EveningReceipt: how much reached us that day."""

    day: date
    visits: int = 0
    talks: int = 0
    problems: int = 0


@dataclass(frozen=True, kw_only=True)
class BackupFailedSeen(View):
    """BackupFailed: of which night, and why."""

    day: date
    why: str
