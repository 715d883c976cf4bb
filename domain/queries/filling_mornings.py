"""What is told in the morning and is no problem's, filled in: units by name, and counts."""

from __future__ import annotations

from domain.notices import mornings, views_mornings
from domain.notices.views import CoveredSeen, View
from domain.queries.filling import base
from domain.queries.scope import Eyes


async def special_due(notice: mornings.SpecialDue, eyes: Eyes) -> View:
    return views_mornings.SpecialDueSeen(
        **await base(notice, eyes), unit=await eyes.unit(notice.unit), due=notice.due
    )


async def behind_pace(notice: mornings.BehindPace, eyes: Eyes) -> View:
    covered = notice.covered
    seen = CoveredSeen(unit=await eyes.unit(covered.unit), count=covered.count)
    return views_mornings.BehindPaceSeen(**await base(notice, eyes), covered=seen)


async def phase_ending(notice: mornings.PhaseEnding, eyes: Eyes) -> View:
    return views_mornings.PhaseEndingSeen(
        **await base(notice, eyes),
        phase=notice.phase,
        end=notice.end,
        days=notice.days,
        below=tuple([await eyes.unit(unit) for unit in notice.below]),
        open=notice.open,
        overdue=notice.overdue,
    )
