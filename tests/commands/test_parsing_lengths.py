"""How many days more: as people write it, and never more than was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.lengths import length_end, parse_length
from commands.parsing.plain import plain
from domain.rules.extending import Left, left
from domain.rules.plan import read_plan

CLOCK = read_plan(None).clock


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5天", 5),
        ("５天", 5),
        ("五天", 5),
        ("十二天", 12),
        ("5日", 5),
        ("再延3天", 3),
        ("延期一周", 7),
        ("两个星期", 14),
        ("5 more days", 5),
        ("another 2 weeks", 14),
        ("5", 5),
        ("五", 5),
        ("5天后", None),
        ("5天半", None),
        ("第5天", None),
        ("5人", None),
        ("天", None),
        ("", None),
    ],
)
def test_so_many_days(text: str, days: int | None) -> None:
    assert parse_length(text) == days


@pytest.mark.parametrize(
    "text", ["5天内没人修", "5天没热水", "5 daylight", "57", "五年级", "一周岁"]
)
def test_what_only_begins_like_it_is_text(text: str) -> None:
    assert length_end(plain(text), 0, len(plain(text))) is None


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    days = parse_length(text)
    assert days is None or days >= 0


@given(st.integers(0, 9), st.integers(0, 99), st.integers(-9, 99))
def test_what_may_be_asked_for_never_passes_what_the_plan_allows(
    times: int, had: int, wanted: int
) -> None:
    room = left(times, had, CLOCK)
    assert room == Left(0, 0) or (room.times > 0 and room.days > 0)
    if room.allows(wanted):
        assert wanted > 0
        assert times + 1 <= CLOCK.extensions
        assert had + wanted <= CLOCK.extension_days
