"""When the evening receipt is told, and that nobody is disturbed by a late one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.rules.calendar import at_hour, school_day
from domain.rules.paces import is_quiet
from domain.rules.plan_clock import Pace
from domain.rules.plan_whole import Plan

_AT = time(18)


def after_evening(instant: datetime, _plan: Plan) -> datetime:
    """The first evening's hour after an instant."""
    day = school_day(instant)
    at = at_hour(day, _AT)
    return at if at > instant else at_hour(day + timedelta(days=1), _AT)


def still_evening(due: datetime, now: datetime, pace: Pace) -> bool:
    """Whether what was due then may still be said: on that day, and not at night."""
    return school_day(due) == school_day(now) and not is_quiet(now, pace)
