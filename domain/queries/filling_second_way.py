"""What goes by mail, filled in: there is nobody in it, nor a word that anybody said."""

from __future__ import annotations

from domain.house import SCHOOL_TIME
from domain.notices.second_way import PlatformAway
from domain.notices.views import View
from domain.notices.views_second_way import PlatformAwaySeen
from domain.queries.filling import base
from domain.queries.scope import Eyes


async def away(notice: PlatformAway, eyes: Eyes) -> View:
    """With the school's own time."""
    return PlatformAwaySeen(
        **await base(notice, eyes),
        platform=notice.platform,
        since=notice.since.astimezone(SCHOOL_TIME),
        today=eyes.today,
        problems=notice.problems,
        urgent=notice.urgent,
        more=notice.more,
    )
