"""The fifteen days: from when they run, until when, and where they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.rules.calendar import SCHOOL_TIME, days_between, is_working, school_day
from domain.rules.dues import Start, after_reopening, day_of, due, starts
from domain.rules.plan import read_plan
from domain.rules.plan_clock import Clock

NATURAL = read_plan(None).clock
WORKING = replace(NATURAL, count="working")
CLOCKS = st.sampled_from([NATURAL, WORKING])
DAYS = st.dates(date(2017, 1, 1), date(2032, 12, 31))
EXTENSIONS = st.integers(0, 15)


@pytest.mark.parametrize(
    ("recorded_on", "start"),
    [
        (date(2018, 9, 3), Start(date(2018, 9, 3), 0)),
        (date(2018, 9, 6), Start(date(2018, 9, 3), 0)),
        (date(2018, 9, 7), Start(date(2018, 9, 7), 4)),
        (date(2018, 10, 3), Start(date(2018, 10, 3), 30)),
    ],
)
def test_the_clock_starts_when_words_are_heard_unless_recorded_too_late(
    recorded_on: date, start: Start
) -> None:
    assert starts(date(2018, 9, 3), recorded_on, NATURAL) == start


@pytest.mark.parametrize(
    ("start", "extended", "natural", "working"),
    [
        (date(2018, 8, 23), 0, date(2018, 9, 7), date(2018, 9, 13)),
        # Due in 国庆 and not moved; working days go round it, and over 中秋.
        (date(2018, 9, 18), 0, date(2018, 10, 3), date(2018, 10, 15)),
        (date(2018, 9, 18), 5, date(2018, 10, 8), date(2018, 10, 22)),
        # Round 春节, whose weekend before is worked.
        (date(2019, 1, 25), 0, date(2019, 2, 9), date(2019, 2, 20)),
    ],
)
def test_due_at_five_on_day_fifteen_holiday_or_not(
    start: date, extended: int, natural: date, working: date
) -> None:
    assert due(start, NATURAL, extended) == datetime.combine(natural, time(17), SCHOOL_TIME)
    assert due(start, WORKING, extended) == datetime.combine(working, time(17), SCHOOL_TIME)


def test_the_day_heard_is_day_nought() -> None:
    start = date(2018, 8, 23)
    assert day_of(start, start, NATURAL) == 0
    assert day_of(start, date(2018, 8, 29), NATURAL) == 6
    assert day_of(start, date(2018, 8, 29), WORKING) == 4
    assert day_of(start, due(start, NATURAL).date(), NATURAL) == 15
    assert day_of(start, due(start, WORKING).date(), WORKING) == 15


@pytest.mark.parametrize(
    ("reopened_at", "day"),
    [
        (datetime(2018, 9, 5, 2, tzinfo=UTC), date(2018, 9, 10)),
        (datetime(2018, 9, 29, 2, tzinfo=UTC), date(2018, 10, 9)),
        # Already the next day in China.
        (datetime(2018, 9, 4, 17, tzinfo=UTC), date(2018, 9, 10)),
    ],
)
def test_a_reopened_problem_is_left_alone_for_three_working_days(
    reopened_at: datetime, day: date
) -> None:
    assert after_reopening(reopened_at, NATURAL) == day


@given(DAYS, EXTENSIONS, CLOCKS)
def test_due_never_lies_before_day_fifteen(start: date, extended: int, clock: Clock) -> None:
    assert due(start, clock, extended) >= due(start, clock)
    day = school_day(due(start, clock, extended))
    assert day >= start + timedelta(days=15 + extended)
    assert day_of(start, day, clock) == 15 + extended


@given(DAYS, st.integers(0, 400))
def test_a_clock_starts_when_heard_or_when_recorded_never_in_between(day: date, lag: int) -> None:
    recorded = day + timedelta(days=lag)
    start = starts(day, recorded, NATURAL)
    assert start in (Start(day, 0), Start(recorded, lag))
    assert (start.day == day) is (lag <= 3)


@given(DAYS)
def test_the_wait_after_a_reopening_ends_on_a_working_day(day: date) -> None:
    after = after_reopening(datetime.combine(day, time(10), SCHOOL_TIME), NATURAL)
    assert is_working(after)
    assert days_between(day, after, "working") == 3
