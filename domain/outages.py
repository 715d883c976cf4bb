"""When a platform is down: it was asked, and has taken nothing for some minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import Instants
from domain.models import Delivery, Outage

# A platform that took nothing for so long is down, and there is a second way (seconds).
DOWN_SECONDS = 300
# Whoever wasn't asked for so long has no outage that goes on: longer than any try is put off
# (seconds).
QUIET_SECONDS = 2 * 3600


@dataclass(frozen=True)
class Down:
    """A platform that is down, and since when (school time)."""

    platform: str
    since: datetime


async def goes_on(row: Outage, moment: Instants) -> bool:
    """Whether nothing was taken since it began, and it was asked not long ago."""
    if row.last_at < moment.real - timedelta(seconds=QUIET_SECONDS):
        return False
    took = Delivery.filter(platform=row.platform, in_response=False).order_by("-id")
    last = await took.first().prefetch_related("entry")
    return last is None or last.entry.done_at is None or last.entry.done_at < row.since
