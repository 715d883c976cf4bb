"""When a backup is made by itself, and which of the older ones are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.rules.calendar import at_hour, school_day
from domain.rules.plan_whole import Plan

# When hardly anybody writes, and before any morning's reminders.
_AT = time(2, 30)
# The last nights are kept, and the first of each month for a year.
_NIGHTS, _MONTHS = 14, 12


def after_night(instant: datetime, _plan: Plan) -> datetime:
    """The first time of a backup after an instant."""
    day = school_day(instant)
    at = at_hour(day, _AT)
    return at if at > instant else at_hour(day + timedelta(days=1), _AT)


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
