"""How many people, however it is written; and what only looks like a number of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.counts import count_end, parse_count
from commands.parsing.plain import plain


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("120人", 120),
        ("１２０人", 120),
        ("一百二十人", 120),
        ("两百多人", 200),
        ("约50名", 50),
        ("大约 30位".replace(" ", ""), 30),
        ("45人次", 45),
        ("120 people", 120),
        ("about 120 people", 120),
        ("45", 45),
        ("四十五", 45),
    ],
)
def test_a_number_of_people(said: str, count: int) -> None:
    assert parse_count(said) == count


@pytest.mark.parametrize(
    "said", ["", "人", "很多人", "120", "703班", "三楼", "两位老师主持", "120元"]
)
def test_no_number_of_people_by_its_place(said: str) -> None:
    assert count_end(plain(said), 0) is None


@pytest.mark.parametrize("said", ["", "人", "很多人", "三楼", "-5人", "1.5人"])
def test_no_number_of_people_at_all(said: str) -> None:
    assert parse_count(said) is None


@given(st.integers(0, 999_999_999), st.sampled_from(["人", "名", "位", "人次", " people", ""]))
def test_any_number_is_read(number: int, unit: str) -> None:
    said = f"{number}{unit}"
    assert parse_count(said) == number
    if unit:
        assert count_end(plain(said), 0) == len(said)


@given(st.text(max_size=40))
def test_whatever_is_typed_it_is_a_number_or_none(said: str) -> None:
    count = parse_count(said)
    assert count is None or count >= 0
    end = count_end(plain(said), 0)
    assert end is None or 0 < end <= len(said)
