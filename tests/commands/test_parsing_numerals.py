"""Numbers in Chinese and in digits are the same numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.numerals import number_at, number_of

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number from 0 to 99,999 as it is written out in full."""
    if number == 0:
        return "零"
    text, gap = "", False
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(0, 99_999))
def test_every_number_written_out_is_read_back(number: int) -> None:
    assert number_of(written(number)) == number
    assert number_of(str(number)) == number
    assert number_of("".join(chr(ord(c) + 0xFEE0) for c in str(number))) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("一百二十", 120), ("两百", 200), ("两百五", 250), ("一百二", 120), ("一百零二", 102), ("廿", 20),
     ("廿三", 23), ("卅一", 31), ("十", 10), ("二〇一八", 2018), ("一万二", 12_000), ("一万零二", 10_002),
     ("三千", 3000), ("一千一百", 1100), (" 12 ", 12), ("٣", 3)],
)  # fmt: skip
def test_the_ways_people_say_them(typed: str, number: int) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "百百",
        "十百",
        "万",
        "二十三四",
        "三廿",
        "一二十",
        "12人",
        "-3",
        "1.5",
        "二十人",
        "9" * 5000,
    ],
)
def test_what_isnt_a_number(typed: str) -> None:
    assert number_of(typed) is None


def test_a_number_may_stand_before_a_word() -> None:
    assert number_at("家长一百二十人", 2) == (120, 6)
    assert number_at("家长120人", 2) == (120, 5)
    assert number_at("家长", 0) is None


@given(st.text() | st.text(alphabet="零一二十百千万两廿卅〇0123"))
def test_no_text_is_too_odd(text: str) -> None:
    number_of(text)
