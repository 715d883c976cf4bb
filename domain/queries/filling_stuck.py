"""What doesn't get through, or soon won't, filled in for the admin who is told of it."""

from __future__ import annotations

from domain.notices.budget import BudgetLow
from domain.notices.stuck import NoticeStuck
from domain.notices.views import View
from domain.notices.views_budget import BudgetLowSeen
from domain.notices.views_stuck import NoticeStuckSeen
from domain.queries.filling import base
from domain.queries.scope import Eyes


async def stuck(notice: NoticeStuck, eyes: Eyes) -> View:
    """Numbers and a colleague's name, and nothing of what was to be said."""
    return NoticeStuckSeen(
        **await base(notice, eyes),
        entry=notice.entry,
        why=notice.why,
        person=await eyes.person(notice.person),
        problems=notice.problems,
    )


async def budget_low(notice: BudgetLow, eyes: Eyes) -> View:
    """Counts alone."""
    return BudgetLowSeen(
        **await base(notice, eyes),
        platform=notice.platform,
        kind=notice.kind,
        used=notice.used,
        quota=notice.quota,
        forecast=notice.forecast,
        spent=notice.spent,
    )
