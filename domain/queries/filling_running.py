"""What is told of the program itself, filled in: there is nobody in it."""

from __future__ import annotations

from domain.house import SCHOOL_TIME
from domain.notices import running, views_running
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.scope import Eyes


async def stopped(notice: running.PartStopped, eyes: Eyes) -> View:
    """With the school's own time."""
    return views_running.PartStoppedSeen(
        **await base(notice, eyes),
        part=notice.part,
        since=notice.since.astimezone(SCHOOL_TIME) if notice.since else None,
        count=notice.count,
        today=eyes.today,
    )


async def receipt(notice: running.EveningReceipt, eyes: Eyes) -> View:
    """As it was counted."""
    return views_running.EveningReceiptSeen(
        **await base(notice, eyes),
        day=notice.day,
        visits=notice.visits,
        talks=notice.talks,
        problems=notice.problems,
    )


async def backup_failed(notice: running.BackupFailed, eyes: Eyes) -> View:
    """As it was."""
    return views_running.BackupFailedSeen(
        **await base(notice, eyes), day=notice.day, why=notice.why
    )
