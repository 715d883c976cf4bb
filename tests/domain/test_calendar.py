"""Working days in China: holidays, weekends worked in their stead, years not yet ordered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.calendar import (
    at_hour,
    covered,
    days_after,
    days_between,
    holiday_warning,
    is_working,
    last_working_before,
    makes_up,
    next_working,
    provisional,
    rest,
    school_day,
    table_ends,
    working_days_after,
    working_days_before,
    working_from,
    working_until,
)

UNKNOWN = 2093  # far enough not to be ordered while this test is run
# Years whose order is known, and the years after them, across their border.
DAYS = st.dates(date(2017, 1, 1), date(2035, 12, 31))
FEW = st.integers(0, 30)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2018, 9, 3), True),  # Monday
        (date(2018, 9, 22), False),  # Saturday of 中秋
        (date(2018, 9, 24), False),  # 中秋, a Monday
        (date(2018, 9, 29), True),  # Saturday, worked for 国庆
        (date(2018, 9, 30), True),  # Sunday, worked for 国庆
        *((date(2018, 10, day), False) for day in range(1, 8)),
        (date(2018, 10, 8), True),
        (date(2019, 2, 2), True),  # Saturday, worked for 春节
        (date(2019, 2, 3), True),  # Sunday, worked for 春节
        *((date(2019, 2, day), False) for day in range(4, 11)),
        (date(2019, 2, 11), True),
        (date(2018, 12, 29), True),  # Saturday, worked for 元旦 of the next year
        (date(2018, 12, 31), False),
    ],
)
def test_holidays_and_the_weekends_worked_for_them(day: date, worked: bool) -> None:
    assert is_working(day) is worked


@pytest.mark.parametrize(
    ("month_day", "worked"),
    [
        ((1, 1), False),
        ((1, 2), True),
        ((5, 1), False),
        ((5, 4), True),
        ((10, 1), False),
        ((10, 2), False),
        ((10, 5), True),
        ((3, 7), False),  # Saturday
        ((3, 8), False),  # Sunday
        ((3, 9), True),
    ],
)
def test_a_year_without_its_order_has_weekends_and_fixed_holidays(
    month_day: tuple[int, int], worked: bool
) -> None:
    assert is_working(date(UNKNOWN, *month_day)) is worked


def test_which_years_are_without_their_order_can_be_asked() -> None:
    assert covered(2018)
    assert covered(2026)
    assert not covered(UNKNOWN)
    assert not covered(2003)
    assert provisional(date(2018, 12, 1), date(2019, 1, 31)) == ()
    assert provisional(date(UNKNOWN, 12, 1), date(UNKNOWN + 1, 1, 5)) == (UNKNOWN, UNKNOWN + 1)
    assert provisional(date(2003, 12, 1), date(2004, 1, 5)) == (2003,)


def test_the_end_of_what_is_known_is_told_sixty_days_before() -> None:
    last = next(year for year in range(2026, UNKNOWN) if not covered(year + 1))
    end = date(last, 12, 31)
    assert table_ends(date(2018, 9, 3)) == end
    assert holiday_warning(date(2018, 9, 3)) is None
    assert holiday_warning(date(last, 11, 1)) == end
    assert holiday_warning(date(last, 10, 31)) is None
    assert holiday_warning(date(last + 1, 3, 1)) == end  # nobody has updated it
    assert holiday_warning(date(2003, 3, 1)) == date(2002, 12, 31)


def test_a_year_of_which_only_the_first_days_are_known_is_not_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    covered.cache_clear()
    monkeypatch.setitem(holidays, date(UNKNOWN, 1, 1), "New Year's Day")
    assert not covered(UNKNOWN)
    assert not is_working(date(UNKNOWN, 10, 1))
    covered.cache_clear()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2018, 9, 3), None),
        (date(2018, 9, 8), "weekend"),
        (date(2018, 9, 24), "mid_autumn_festival"),
        (date(2018, 9, 29), None),
        *((date(2018, 10, day), "national_day") for day in range(1, 8)),
        (date(2018, 12, 31), "new_years_day"),
        (date(2019, 2, 10), "spring_festival"),
        (date(UNKNOWN, 5, 2), "labour_day"),
        (date(UNKNOWN, 3, 8), "weekend"),
        (date(UNKNOWN, 10, 3), "national_day"),
        (date(UNKNOWN, 10, 5), None),
    ],
)
def test_why_nobody_works_on_a_day(day: date, why: str | None) -> None:
    assert rest(day) == why


def test_which_days_of_a_weekend_are_worked_for_a_holiday() -> None:
    days = [date(2018, 9, 22) + timedelta(days=n) for n in range(16)]
    assert [day for day in days if makes_up(day)] == [date(2018, 9, 29), date(2018, 9, 30)]
    assert not makes_up(date(UNKNOWN, 3, 8))


@given(DAYS)
def test_a_day_is_worked_just_when_there_is_no_reason_to_rest(day: date) -> None:
    assert (rest(day) is None) is is_working(day)
    assert not makes_up(day) or (day.weekday() >= 5 and rest(day) is None)


def test_counting_goes_on_from_a_year_that_is_known_into_one_that_is_not() -> None:
    year = next(year for year in range(2026, UNKNOWN) if not covered(year))
    assert working_days_after(date(year - 1, 12, 28), 5) > date(year, 1, 1)


@pytest.mark.parametrize(
    ("day", "days", "after"),
    [
        (date(2018, 9, 28), 0, date(2018, 9, 28)),
        (date(2018, 9, 28), 1, date(2018, 9, 29)),
        (date(2018, 9, 28), 2, date(2018, 9, 30)),
        (date(2018, 9, 28), 3, date(2018, 10, 8)),
        (date(2018, 10, 3), 1, date(2018, 10, 8)),
        (date(2019, 2, 1), 3, date(2019, 2, 11)),
    ],
)
def test_working_days_after(day: date, days: int, after: date) -> None:
    assert working_days_after(day, days) == after


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [
        (date(2018, 10, 8), 1, date(2018, 9, 30)),
        (date(2018, 10, 8), 3, date(2018, 9, 28)),
        (date(2018, 10, 3), 1, date(2018, 9, 30)),
    ],
)
def test_working_days_before(day: date, days: int, before: date) -> None:
    assert working_days_before(day, days) == before


def test_the_nearest_working_days_of_a_holiday_and_of_a_working_day() -> None:
    holiday, worked = date(2018, 10, 3), date(2018, 9, 30)
    assert (next_working(holiday), last_working_before(holiday)) == (date(2018, 10, 8), worked)
    assert (working_from(holiday), working_until(holiday)) == (date(2018, 10, 8), worked)
    assert (next_working(worked), last_working_before(worked)) == (
        date(2018, 10, 8),
        date(2018, 9, 29),
    )
    assert (working_from(worked), working_until(worked)) == (worked, worked)


def test_natural_and_working_days_between() -> None:
    first, last = date(2018, 9, 28), date(2018, 10, 8)
    assert (days_between(first, last), days_between(first, last, "working")) == (10, 3)
    assert (days_between(last, first), days_between(last, first, "working")) == (-10, -3)


def test_the_schools_day_begins_at_midnight_in_china() -> None:
    assert school_day(datetime(2018, 9, 3, 15, 59, tzinfo=UTC)) == date(2018, 9, 3)
    assert school_day(datetime(2018, 9, 3, 16, 0, tzinfo=UTC)) == date(2018, 9, 4)
    assert at_hour(date(2018, 9, 3), time(7, 30)) == datetime(2018, 9, 2, 23, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        school_day(datetime(2018, 9, 3, 16, 0))  # noqa: DTZ001


def test_a_negative_number_of_working_days_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not negative"):
        working_days_after(date(2018, 9, 3), -1)


@given(DAYS, FEW)
def test_after_and_between_are_each_others_inverse(day: date, days: int) -> None:
    after = working_days_after(day, days)
    assert days_between(day, after, "working") == days
    assert days == 0 or is_working(after)


@given(DAYS, st.integers(1, 30))
def test_before_undoes_after_on_a_working_day(day: date, days: int) -> None:
    worked = working_from(day)
    assert working_days_before(working_days_after(worked, days), days) == worked
    assert days_after(days_after(worked, days, "working"), -days, "working") == worked


@given(DAYS)
def test_the_nearest_working_days_enclose_the_day(day: date) -> None:
    assert last_working_before(day) < day < next_working(day)
    assert working_until(day) <= day <= working_from(day)
    assert is_working(working_until(day))
    assert is_working(working_from(day))
    assert (working_until(day) == day) is is_working(day)


@given(DAYS, FEW)
def test_a_day_later_never_leads_to_a_day_earlier(day: date, days: int) -> None:
    assert working_days_after(day, days) <= working_days_after(day + timedelta(days=1), days)
