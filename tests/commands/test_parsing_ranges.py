"""Days that lie ahead are the days that a colleague would mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.dates import parse_day
from commands.parsing.ranges import Days, days_end, parse_days, parse_start, start_end

MONDAY = date(2018, 9, 3)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("9-10到9-20", (9, 10), (9, 20)), ("9-10 到 9-20", (9, 10), (9, 20)),
        ("从9月10日到9月20日", (9, 10), (9, 20)), ("9-10~20", (9, 10), (9, 20)),
        ("９－１０～２０", (9, 10), (9, 20)), ("9.10-9.20", (9, 10), (9, 20)),
        ("9-10-9-20", (9, 10), (9, 20)), ("9/10—9/20", (9, 10), (9, 20)),
        ("2018-09-10至2018-09-20", (9, 10), (9, 20)), ("9月10日至20日", (9, 10), (9, 20)),
        ("9-28到3号", (9, 28), (10, 3)), ("20号到25号", (9, 20), (9, 25)),
        ("明天起3天", (9, 4), (9, 6)), ("明天开始三天", (9, 4), (9, 6)), ("9-10起两周", (9, 10), (9, 23)),
        ("9-10 3天", (9, 10), (9, 12)), ("3天", (9, 3), (9, 5)), ("1天", (9, 3), (9, 3)),
        ("下周一到周三", (9, 10), (9, 12)), ("下周一到下周三", (9, 10), (9, 12)),
        ("周三到周五", (9, 5), (9, 7)), ("周五到周一", (9, 7), (9, 10)), ("今天到周五", (9, 3), (9, 7)),
        ("明天到后天", (9, 4), (9, 5)), ("下周", (9, 10), (9, 16)), ("这周", (9, 3), (9, 9)),
        ("明天", (9, 4), (9, 4)), ("9-10", (9, 10), (9, 10)), ("到9-20", (9, 3), (9, 20)),
        ("明天上午到后天下午", (9, 4), (9, 5)), ("12-30到1-3", (12, 30), (1, 3)),
        ("10 Sep to 20 Sep", (9, 10), (9, 20)), ("from 10 Sep until 20 Sep", (9, 10), (9, 20)),
        ("10-20 Sep", (9, 10), (9, 20)), ("10 to 20 September", (9, 10), (9, 20)),
        ("Sep 10 - Sep 20", (9, 10), (9, 20)), ("Sep 10-20", (9, 10), (9, 20)),
        ("tomorrow for 3 days", (9, 4), (9, 6)), ("3 days from tomorrow", (9, 4), (9, 6)),
        ("for 2 weeks", (9, 3), (9, 16)), ("next Monday to Wednesday", (9, 10), (9, 12)),
        ("next week", (9, 10), (9, 16)), ("until 20 Sep", (9, 3), (9, 20)), ("Tomorrow", (9, 4), (9, 4)),
    ],
)  # fmt: skip
def test_on_a_monday(typed: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    year = 2019 if last < first else 2018
    assert parse_days(typed, MONDAY) == Days(date(2018, *first), date(year, *last))
    assert days_end(typed.lower().translate(str.maketrans("９１０２～－", "9102~-")), 0, 99) == len(
        typed
    )


@pytest.mark.parametrize("typed", ["9-10起", "从9-10", "from 10 Sep", "下周一开始"])
def test_without_an_end_none_is_made_up(typed: str) -> None:
    days = parse_days(typed, MONDAY)
    assert days is not None
    assert (days.first, days.last) == (date(2018, 9, 10), None)


@pytest.mark.parametrize(
    "typed",
    ["", "9-20到9-10", "9-31到10-2", "9-10到9-31", "9-10到", "到", "0天", "病假", "奶奶", "31-40 Sep",
     "31 to 30 Sep", "9-10到40号", "七年级", "1" * 99, "9-10起0天"],
)  # fmt: skip
def test_what_are_no_days(typed: str) -> None:
    assert parse_days(typed, MONDAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [("自9-10", 10), ("自 9-10", 10), ("从9月10日起", 10), ("9-10起", 10), ("下周一起", 10), ("9-10", 10),
     ("from 10 Sep", 10), ("since Sep 10", 10), ("from next Monday", 10), ("即日起", 3), ("今天", 3),
     ("20号", 20), ("2018-09-10", 10)],
)  # fmt: skip
def test_from_a_day_on(typed: str, day: int) -> None:
    assert parse_start(typed, MONDAY) == date(2018, 9, day)


def test_a_bare_day_is_no_start_by_its_place() -> None:
    assert start_end("9-10起 张三", 0, 99) == 5
    assert start_end("自9-10", 0, 99) == 5
    assert start_end("9-10", 0, 99) is None
    assert start_end("7-3", 0, 99) is None
    assert parse_start("七年级", MONDAY) is None


def test_ahead_is_the_next_such_day_unless_it_has_just_gone_by() -> None:
    december = date(2018, 12, 20)
    assert parse_day("9-10", december, ahead=True) == date(2019, 9, 10)
    assert parse_day("12-1", december, ahead=True) == date(2018, 12, 1)
    assert parse_day("20号", MONDAY, ahead=True) == date(2018, 9, 20)
    assert parse_day("1号", MONDAY, ahead=True) == date(2018, 10, 1)
    assert parse_day("31号", date(2018, 8, 31), ahead=True) == date(2018, 8, 31)
    assert parse_day("30号", date(2019, 1, 31), ahead=True) == date(2019, 3, 30)


@given(DAYS, DAYS, DAYS)
def test_full_dates_are_themselves_whatever_today_is(one: date, other: date, today: date) -> None:
    first, last = sorted((one, other))
    assert parse_days(f"{first}到{last}", today) == Days(first, last)
    assert parse_days(f"{first} to {last}", today) == Days(first, last)
    if first < last:
        assert parse_days(f"{last}到{first}", today) is None


@given(DAYS, st.integers(0, 170), st.integers(1, 30))
def test_so_many_days_from_a_day_on(today: date, away: int, days: int) -> None:
    first = today + timedelta(away)
    said = f"{first.month}-{first.day}起{days}天"
    assert parse_days(said, today) == Days(first, first + timedelta(days - 1))


PIECES = st.lists(
    st.sampled_from(
        ["9-10", "9-31", "2-29", "20号", "32号", "周三", "下周一", "明天", "昨天", "今天", "到", "至", "~",
         "-", " ", "起", "3天", "两周", "自", "从", "from", "to", "for 3 days", "10 Sep", "next week",
         "until", "0天", "99999999", "9", "2018-02-29"]
    ),
    max_size=6,
)  # fmt: skip


@given(PIECES.map("".join) | PIECES.map(" ".join) | st.text(), st.dates())
def test_no_text_is_too_odd_and_no_end_before_its_beginning(text: str, today: date) -> None:
    days = parse_days(text, today)
    assert days is None or days.last is None or days.first <= days.last
    parse_start(text, today)
    days_end(text, 0, len(text))
    start_end(text, 0, len(text))
