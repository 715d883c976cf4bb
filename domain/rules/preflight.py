"""When the admins hear what is amiss with the roster, before a week's reminders go out."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.rules.calendar import at_hour, school_day
from domain.rules.paces import weekly_from
from domain.rules.plan_whole import Plan


def after_preflight(instant: datetime, plan: Plan) -> datetime:
    """The first morning with weekly reminders after an instant."""
    pace, day = plan.pace, school_day(instant)
    at = at_hour(weekly_from(day, pace), pace.bundle_at)
    if at > instant:
        return at
    return at_hour(weekly_from(day + timedelta(days=1), pace), pace.bundle_at)
