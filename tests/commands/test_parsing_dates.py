"""A day is the day that a colleague would mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.dates import day_end, is_a_day, parse_day

WEDNESDAY = date(2018, 9, 5)
SUNDAY = date(2018, 9, 9)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "month", "day"),
    [("今天", 9, 5), ("昨天", 9, 4), ("前天", 9, 3), ("大前天", 9, 2), ("明天", 9, 6), ("后天", 9, 7),
     ("大后天", 9, 8), ("上周五", 8, 31), ("上个星期五", 8, 31), ("上上周五", 8, 24), ("本周五", 9, 7),
     ("这周五", 9, 7), ("这个星期一", 9, 3), ("下周一", 9, 10), ("周三", 9, 5), ("周四", 8, 30),
     ("星期二", 9, 4), ("礼拜天", 9, 2), ("周日", 9, 2), ("周1", 9, 3), ("9-3", 9, 3), ("9/3", 9, 3),
     ("9.3", 9, 3), ("９－３", 9, 3), ("9月3日", 9, 3), ("9月3号", 9, 3), ("9月3", 9, 3), ("九月三日", 9, 3),
     ("09-03", 9, 3), ("2018-09-03", 9, 3), ("2018年9月3日", 9, 3), ("2018/9/3", 9, 3),
     ("20180903", 9, 3), ("30号", 8, 30), ("3号", 9, 3), ("20日", 9, 20), ("二十号", 9, 20),
     ("today", 9, 5), ("Yesterday", 9, 4), ("tomorrow", 9, 6), ("the day before yesterday", 9, 3),
     ("last Friday", 8, 31), ("this fri", 9, 7), ("next Monday", 9, 10), ("Wednesday", 9, 5),
     ("Thu", 8, 30), ("3 Sep", 9, 3), ("Sep 3", 9, 3), ("3rd September", 9, 3), ("Sept. 3rd", 9, 3),
     ("3 Sep 2018", 9, 3), ("Sep 3, 2018", 9, 3)],
)  # fmt: skip
def test_on_a_wednesday(typed: str, month: int, day: int) -> None:
    assert parse_day(typed, WEDNESDAY) == date(2018, month, day)
    assert day_end(typed.lower().replace("９－３", "9-3"), 0) == len(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("本周日", 9), ("上周日", 2), ("周日", 9), ("本周一", 3), ("下周一", 10), ("周一", 3)],
)
def test_a_week_ends_on_sunday(typed: str, day: int) -> None:
    assert parse_day(typed, SUNDAY) == date(2018, 9, day)


@pytest.mark.parametrize(
    ("typed", "month", "day"), [("周三", 9, 5), ("周四", 9, 6), ("周二", 9, 11), ("上周五", 8, 31)]
)
def test_what_lies_ahead_is_the_next_such_day(typed: str, month: int, day: int) -> None:
    assert parse_day(typed, WEDNESDAY, ahead=True) == date(2018, month, day)


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert parse_day("12-30", date(2019, 1, 2)) == date(2018, 12, 30)
    assert parse_day("1-2", date(2018, 12, 30)) == date(2019, 1, 2)
    assert parse_day("30号", date(2018, 2, 10)) == date(2018, 1, 30)
    assert parse_day("1号", date(2018, 12, 31)) == date(2019, 1, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "9-31", "9月31日", "2-30", "13-1", "0-5", "9-0", "32号", "2018-02-29", "99999999", "昨晚上",
     "某天", "周八", "7", "9-", "-5", "9-5-3", "31 Sep", "Sep", "五", "奶奶", "0000-01-01", "1" * 99],
)  # fmt: skip
def test_what_isnt_a_day(typed: str) -> None:
    assert parse_day(typed, WEDNESDAY) is None


def test_a_day_ends_where_its_word_ends() -> None:
    assert day_end("昨天 电话", 0) == 2
    assert day_end("9-3,电话", 0) == 3
    assert day_end("3-5岁时", 0) is None
    assert day_end("周三下午", 0) == 4
    assert day_end("周三要补课", 0) is None
    assert day_end("9-31 电话", 0) == 4
    assert not is_a_day("9-31")
    assert is_a_day("2-29")


@given(DAYS, DAYS)
def test_a_full_date_is_itself_whatever_today_is(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日", today) == day


@given(DAYS, st.sampled_from("一二三四五六日"), st.booleans())
def test_a_bare_weekday_is_within_a_week(today: date, weekday: str, ahead: bool) -> None:
    day = parse_day(f"周{weekday}", today, ahead)
    assert day is not None
    away = day - today if ahead else today - day
    assert timedelta(0) <= away < timedelta(7)


@given(DAYS, st.integers(-170, 170))
def test_a_month_and_day_within_half_a_year_is_that_very_day(today: date, days: int) -> None:
    day = today + timedelta(days)
    assert parse_day(f"{day.month}-{day.day}", today) == day


@given(st.text(), st.dates())
def test_no_text_is_too_odd(text: str, today: date) -> None:
    parse_day(text, today)
    parse_day("大前天", today)
    parse_day("9-3", today)
    parse_day("30号", today)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wed", 5),
        ("sat", 8),
        ("next Wed", 12),
        ("this Sun", 9),
        ("周五晚上7点", 7),
        ("9-5 19:30", 5),
    ],
)
def test_short_names_and_hours_are_read_where_a_day_must_stand(text: str, day: int) -> None:
    assert parse_day(text, date(2018, 9, 3), ahead=True) == date(2018, 9, day)


def test_a_short_name_in_a_note_is_no_day() -> None:
    assert day_end("sat with the family", 0) is None
    assert day_end("wed again", 0) is None
    assert day_end("wed again", 0, short=True) == 3
