"""When a backup is made by itself, and which of the older ones are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.rules.calendar import SCHOOL_TIME, at_hour, school_day
from domain.rules.plan_whole import Plan

# When hardly anybody writes, and before any morning's reminders.
_AT = time(2, 30)
# What failed is tried again so long after, twice as long each time, and the last time before
# anybody's morning begins.
_AGAIN, _MORNING = timedelta(minutes=5), time(6)
# The last nights are kept, and the first of each month for a year.
_NIGHTS, _MONTHS = 14, 12


def after_night(instant: datetime, _plan: Plan) -> datetime:
    """The first time of a backup after an instant."""
    day = school_day(instant)
    at = at_hour(day, _AT)
    return at if at > instant else at_hour(day + timedelta(days=1), _AT)


def again_that_night(night: date, failed: datetime) -> datetime | None:
    """When a backup of that night that failed is tried again; None when the night is over.

    >>> first = at_hour(date(2018, 9, 4), time(2, 30))
    >>> again_that_night(date(2018, 9, 4), first) - first
    datetime.timedelta(seconds=300)
    """
    morning = at_hour(night, _MORNING)
    if failed >= morning:
        return None
    minute = failed.astimezone(SCHOOL_TIME).replace(second=0, microsecond=0)
    return min(minute + max(minute - at_hour(night, _AT), _AGAIN), morning)


def no_longer_kept(nights: Iterable[date]) -> list[date]:
    """The nights whose backup may go, the oldest first.

    >>> no_longer_kept(date(2018, 9, day) for day in range(1, 18))
    [datetime.date(2018, 9, 2), datetime.date(2018, 9, 3)]
    """
    known = sorted(set(nights))
    first: dict[tuple[int, int], date] = {}
    for night in known:
        first.setdefault((night.year, night.month), night)
    kept = {*known[-_NIGHTS:], *list(first.values())[-_MONTHS:]}
    return [night for night in known if night not in kept]
