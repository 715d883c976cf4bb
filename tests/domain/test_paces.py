"""When people are spoken to: never at night, never on a day of rest, teachers on their two days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from domain.rules.calendar import SCHOOL_TIME, at_hour, is_working, next_working, school_day
from domain.rules.paces import (
    bundle_of,
    first_heard,
    in_vacation,
    is_quiet,
    is_teachers,
    nudged_on,
    prompt_at,
    weekly_from,
)
from domain.rules.plan import read_plan
from domain.rules.plan_base import Hour
from domain.rules.plan_clock import Pace, Weekday

PLAN = read_plan(None)
PACE = PLAN.pace
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# With and without a night that spans midnight, mornings anywhere in between.
PACES = st.sampled_from(
    [
        PACE,
        with_(PACE, quiet_from=Hour(0, 30), quiet_until=Hour(5, 0)),
        with_(PACE, quiet_from=Hour(18, 0), quiet_until=Hour(7, 30)),
        with_(PACE, bundle_at=Hour(12, 0), teacher_days=("mon", "sun"), weekly_on="sat"),
    ]
)
INSTANTS = st.datetimes(datetime(2018, 8, 1), datetime(2027, 6, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
DAYS = st.dates(date(2018, 8, 1), date(2027, 6, 1))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SCHOOL_TIME)


@given(INSTANTS, PACES, st.booleans())
def test_a_bundle_is_never_at_night_or_on_a_day_of_rest_and_has_its_hour(
    instant: datetime, pace: Pace, teacher: bool
) -> None:
    morning = bundle_of(instant, pace, teacher=teacher)
    assert is_working(school_day(morning))
    assert not is_quiet(morning, pace)
    assert morning == at_hour(school_day(morning), pace.bundle_at)
    assert not teacher or is_teachers(school_day(morning), pace)
    # What comes too late for this morning's is still of this day, as long as people are up.
    assert morning > instant or (
        school_day(morning) == school_day(instant) and not is_quiet(instant, pace)
    )


@given(INSTANTS, PACES)
def test_no_working_morning_lies_between_an_instant_and_its_bundle(
    instant: datetime, pace: Pace
) -> None:
    morning = bundle_of(instant, pace, teacher=False)
    day = school_day(instant)
    while at_hour(day, pace.bundle_at) < min(morning, instant) or not is_working(day):
        day += timedelta(days=1)
    assert day >= school_day(morning) or at_hour(day, pace.bundle_at) <= instant


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=9)), PACES, st.booleans())
def test_what_arises_later_is_never_told_earlier(
    instant: datetime, later: timedelta, pace: Pace, teacher: bool
) -> None:
    first = bundle_of(instant, pace, teacher=teacher)
    assert first <= bundle_of(instant + later, pace, teacher=teacher)


@given(INSTANTS, PACES)
def test_at_once_is_in_waking_hours_of_a_working_day_and_else_waits_for_the_morning(
    instant: datetime, pace: Pace
) -> None:
    at_once = prompt_at(instant, pace)
    rests = is_quiet(instant, pace) or not is_working(school_day(instant))
    assert at_once == (None if rests else instant)
    heard = first_heard(instant, pace)
    assert heard >= instant
    assert not is_quiet(heard, pace)
    assert is_working(school_day(heard))
    assert first_heard(heard, pace) == heard


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [
        ("21:29", False),
        ("21:30", True),
        ("23:59", True),
        ("00:00", True),
        ("06:29", True),
        ("06:30", False),
        ("12:00", False),
    ],
)
def test_the_night_spans_midnight(hour: str, quiet: bool) -> None:
    assert is_quiet(at(f"2018-09-03T{hour}"), PACE) is quiet


def test_a_night_may_begin_after_midnight() -> None:
    pace = with_(PACE, quiet_from=Hour(0, 30), quiet_until=Hour(5, 0))
    hours = {hour: is_quiet(at(f"2018-09-03T{hour}"), pace) for hour in ("00:29", "00:30", "05:00")}
    assert hours == {"00:29": False, "00:30": True, "05:00": False}


@pytest.mark.parametrize(
    ("arises", "leader", "teacher"),
    [
        ("2018-09-03T07:30", "09-03", "09-04"),  # Monday; teachers have Tuesday
        ("2018-09-04T12:00", "09-04", "09-04"),  # late, but still today's
        ("2018-09-05T07:30", "09-05", "09-06"),  # Wednesday; Thursday
        ("2018-09-06T22:00", "09-07", "09-11"),  # Thursday night
        ("2018-09-22T10:00", "09-25", "09-25"),  # 中秋 until Monday
        ("2018-09-28T10:00", "09-28", "10-08"),  # Friday; Tuesday and Thursday are 国庆
        ("2018-10-01T10:00", "10-08", "10-08"),  # both days moved to one
        ("2018-10-08T22:00", "10-09", "10-09"),  # and the week after has its own
    ],
)
def test_each_has_their_mornings(arises: str, leader: str, teacher: str) -> None:
    assert f"{bundle_of(at(arises), PACE, teacher=False):%m-%d}" == leader
    assert f"{bundle_of(at(arises), PACE, teacher=True):%m-%d}" == teacher


@given(DAYS, PACES)
def test_each_week_of_work_has_a_day_of_the_teachers(day: date, pace: Pace) -> None:
    """No weekday of theirs is lost: it is held itself, or on the next working day."""
    if WEEK[day.weekday()] in pace.teacher_days:
        held = day if is_working(day) else next_working(day)
        assert is_teachers(held, pace)
    elif is_working(day) and is_working(day - timedelta(days=1)):
        assert not is_teachers(day, pace)


@given(DAYS, PACES)
def test_the_weekly_day_is_worked_and_comes_each_week_that_is(day: date, pace: Pace) -> None:
    weekly = weekly_from(day, pace)
    assert weekly >= day
    assert is_working(weekly)
    assert weekly_from(weekly, pace) == weekly
    days = [weekly]
    for _ in range(20):
        days.append(weekly_from(days[-1] + timedelta(days=1), pace))
    # A holiday of a week moves it, and at the longest one week has none of its own.
    assert all(timedelta(0) < two - one <= timedelta(days=16) for one, two in pairwise(days))
    on_its_day = [one for one in days if WEEK[one.weekday()] == pace.weekly_on]
    assert len(on_its_day) >= 10 or pace.weekly_on == "sat"


def test_vacations_have_both_ends() -> None:
    days = {date(2018, 6, 30): False, date(2018, 7, 1): True, date(2018, 8, 31): True}
    days |= {date(2018, 9, 1): False, date(2019, 2, 17): True, date(2019, 2, 18): False}
    assert {day: in_vacation(day, PLAN) for day in days} == days
    assert not in_vacation(date(2018, 8, 1), with_(PLAN, vacations=()))


def test_a_vacation_silences_nudges_to_visit_but_while_the_campaign_sends_people_out() -> None:
    days = {date(2018, 6, 30): True, date(2018, 7, 1): False, date(2018, 8, 14): False}
    # The campaign's visits begin in the summer vacation.
    days |= {date(2018, 8, 15): True, date(2018, 9, 3): True, date(2019, 2, 17): False}
    assert {day: nudged_on(day, PLAN) for day in days} == days


def test_an_hour_of_the_plan_is_china_s() -> None:
    assert is_quiet(datetime(2018, 9, 3, 14, 0, tzinfo=UTC), PACE)
    assert at_hour(date(2018, 9, 3), time(21, 30)) == datetime(2018, 9, 3, 13, 30, tzinfo=UTC)
