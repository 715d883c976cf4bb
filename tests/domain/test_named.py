"""Who is named by the whole name is found, and a name inside a word is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.named import named

NAMES = {
    1: "邵毓君", 2: "何国良", 3: "孙茜", 4: "蔡平", 5: "程龙", 6: "金毓", 7: "何平", 8: "王芳",
    9: "王芳华", 10: "Li Lei", 11: "程  蕾",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "who"),
    {
        "程龙老师上课拖堂": (5,),
        "反映程　龙拖堂": (5,),
        "班主任何平总拖堂": (7,),
        "蔡平时不时批评人": (4,),
        "找何国良和孙 茜谈过": (2, 3),
        "王芳华收了钱": (9,),
        "王芳华和王芳都在": (8, 9),
        "we spoke to li lei": (10,),
        "程蕾": (11,),
        "课程龙飞凤舞": (),
        "任何平台都不许": (),
        "小蔡平时很忙": (),
        "蔡主任没管": (),
        "何国庆": (),
        "Li Leiming": (),
        "蔡\n平": (),
        "": (),
    }.items(),
)
def test_whole_names_and_nothing_else(words: str, who: tuple[int, ...]) -> None:
    assert named(words, NAMES) == who


@given(st.text(max_size=200), st.dictionaries(st.integers(), st.text(max_size=4), max_size=5))
def test_no_text_and_no_name_is_too_odd(words: str, names: dict[int, str]) -> None:
    assert set(named(words, names)) <= set(names)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_of_three_is_found_in_any_surroundings(before: str, after: str) -> None:
    assert 1 in named(before + "邵毓君" + after, NAMES)
