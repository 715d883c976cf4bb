"""Which days are worked: weekends, public holidays and the weekends worked in their stead.

The days are those that the State Council orders for each year, usually in the November before.
All here is about the school's dates; an instant becomes one by `school_day`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from chinese_calendar import Holiday, get_holiday_detail, is_workday

from domain.rules.plan_base import DayCount

SCHOOL_TIME = ZoneInfo("Asia/Shanghai")

# Holidays that fall on the same date each year (全国年节及纪念日放假办法, since 2025); the others
# follow the moon, or are moved by the year's order.
_FIXED = {
    (1, 1): "new_years_day",
    (5, 1): "labour_day",
    (5, 2): "labour_day",
    (10, 1): "national_day",
    (10, 2): "national_day",
    (10, 3): "national_day",
}
_CODES = {one.value: one.name for one in Holiday}
_DAY = timedelta(days=1)
_SATURDAY = 5

# How long before the known years are over the admins are warned (natural days): the next year's
# order comes in November.
WARNED_BEFORE = 60


def school_day(instant: datetime) -> date:
    """The school's date at that instant; ValueError for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant.astimezone(SCHOOL_TIME).date()


def at_hour(day: date, hour: time) -> datetime:
    """That hour of the school's day."""
    return datetime.combine(day, time(hour.hour, hour.minute), SCHOOL_TIME)


@cache
def covered(year: int) -> bool:
    """Whether the year's order is known.

    >>> covered(2018), covered(2003)
    (True, False)
    """
    try:
        # A table may begin with a few days of a year that isn't ordered yet: ask for October.
        _, holiday = get_holiday_detail(date(year, 10, 1))
    except NotImplementedError:
        return False
    return holiday is not None


def provisional(first: date, last: date) -> tuple[int, ...]:
    """The years from `first` to `last` (both included) that are counted without their order."""
    return tuple(year for year in range(first.year, last.year + 1) if not covered(year))


def table_ends(today: date) -> date:
    """The last day up to which, from today on, each year's order is known.

    The day before this year when its own isn't known.
    """
    year = today.year
    while covered(year):
        year += 1
    return date(year - 1, 12, 31)


def holiday_warning(today: date) -> date | None:
    """The day on which the known years end, once that is near or over; else None."""
    ends = table_ends(today)
    return ends if (ends - today).days <= WARNED_BEFORE else None


@cache
def is_working(day: date) -> bool:
    """Whether the day is worked; without the year's order, weekends and fixed dates are free.

    >>> is_working(date(2018, 9, 30)), is_working(date(2018, 10, 1))  # a Sunday, a Monday
    (True, False)
    """
    if covered(day.year):
        return bool(is_workday(day))
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED


def rest(day: date) -> str | None:
    """Why nobody works on that day: the code of a holiday, or "weekend"; None when it is worked.

    >>> rest(date(2018, 10, 7)), rest(date(2018, 9, 22)), rest(date(2018, 9, 30))
    ('national_day', 'weekend', None)
    """
    return None if is_working(day) else _holiday(day) or "weekend"


def makes_up(day: date) -> bool:
    """Whether it is a day of a weekend that is worked for a holiday's sake (调休).

    >>> makes_up(date(2018, 9, 30)), makes_up(date(2018, 9, 28)), makes_up(date(2018, 9, 22))
    (True, False, False)
    """
    return day.weekday() >= _SATURDAY and is_working(day)


def _holiday(day: date) -> str | None:
    if not covered(day.year):
        return _FIXED.get((day.month, day.day))
    name = get_holiday_detail(day)[1]
    return _CODES.get(name, "holiday") if name else None


def next_working(day: date) -> date:
    """The first working day after `day`."""
    return working_days_after(day, 1)


def last_working_before(day: date) -> date:
    """The last working day before `day`."""
    return working_days_before(day, 1)


def working_from(day: date) -> date:
    """The day itself if it is worked, else the first working day after it."""
    return day if is_working(day) else next_working(day)


def working_until(day: date) -> date:
    """The day itself if it is worked, else the last working day before it."""
    return day if is_working(day) else last_working_before(day)


def working_days_after(day: date, days: int) -> date:
    """The working day that is `days` (not negative) after `day`, which isn't counted; 0 is `day`.

    >>> working_days_after(date(2018, 9, 28), 3)  # Saturday and Sunday are worked, then a week off
    datetime.date(2018, 10, 8)
    """
    return _stepped(day, days, _DAY)


def working_days_before(day: date, days: int) -> date:
    """The working day that is `days` (not negative) before `day`, which isn't counted."""
    return _stepped(day, days, -_DAY)


def _stepped(day: date, days: int, step: timedelta) -> date:
    if days < 0:
        raise ValueError("a number of days is not negative")
    while days:
        day += step
        days -= is_working(day)
    return day


def days_after(day: date, days: int, count: DayCount) -> date:
    """The day that is `days` natural or working days after `day`; before it, when negative."""
    if count == "natural":
        return day + timedelta(days=days)
    return working_days_before(day, -days) if days < 0 else working_days_after(day, days)


def days_between(first: date, last: date, count: DayCount = "natural") -> int:
    """How many natural or working days lie after `first` up to `last`; negative the other way.

    >>> days_between(date(2018, 9, 28), date(2018, 10, 8), "working")
    3
    """
    if count == "natural":
        return (last - first).days
    if last < first:
        return -days_between(last, first, count)
    return sum(is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
