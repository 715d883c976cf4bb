"""When the weekly digest comes: on the last working day of each ISO week that has one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.rules.calendar import SCHOOL_TIME, at_hour, is_working
from domain.rules.plan_clock import Pace

_DAY = timedelta(days=1)


def week_of(day: date) -> str:
    """The ISO week of a day.

    >>> week_of(date(2018, 9, 7)), week_of(date(2018, 12, 31))
    ('2018-W36', '2019-W01')
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """The first day of such a week; ValueError for one that doesn't exist."""
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def digest_day(week: str) -> date | None:
    """The last working day of the week, None when nobody works in it.

    >>> digest_day("2018-W39"), digest_day("2018-W40")  # Sunday 30 September is worked
    (datetime.date(2018, 9, 30), None)
    """
    monday = monday_of(week)
    days = [monday + n * _DAY for n in reversed(range(7))]
    return next((day for day in days if is_working(day)), None)


def digest_after(instant: datetime, pace: Pace) -> datetime:
    """The first digest moment after that instant."""
    day = instant.astimezone(SCHOOL_TIME).date()
    while True:
        found = digest_day(week_of(day))
        if found is not None and (moment := at_hour(found, pace.digest_at)) > instant:
            return moment
        day += 7 * _DAY


def digest_until(instant: datetime, pace: Pace) -> datetime:
    """The last digest moment up to and with that instant."""
    day = instant.astimezone(SCHOOL_TIME).date()
    while True:
        found = digest_day(week_of(day))
        if found is not None and (moment := at_hour(found, pace.digest_at)) <= instant:
            return moment
        day -= 7 * _DAY


def week_numbered(year: int, number: int) -> str | None:
    """The ISO week of that number; None when the year has none.

    >>> week_numbered(2018, 36), week_numbered(2018, 53), week_numbered(2020, 53)
    ('2018-W36', None, '2020-W53')
    """
    try:
        return week_of(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None
