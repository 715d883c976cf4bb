"""A category is known by its name, an alias or its number, and what stands behind it is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rules.categories import category_at
from domain.rules.plan import read_plan

PLAN = read_plan(None)
BUREAU = tuple(one for one in PLAN.categories if one.level == "bureau")
SCHOOL = tuple(one for one in PLAN.categories if one.level == "school")
NAMES = [
    (name, one) for one in BUREAU for name in (one.name, one.name_en, one.key, *one.aliases) if name
]


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("招生政策 学校定不了", "admissions", "学校定不了"),
        ("招生", "admissions", ""),
        ("最多跑一次改革：窗口太少", "one_visit", "窗口太少"),
        ("四风问题", "four_winds", ""),
        ("“四风” 公款吃喝", "four_winds", "公款吃喝"),
        ("Admissions Policy, not ours", "admissions", "not ours"),
        ("1 等", "key_projects", "等"),
        ("6", "bureau_other", ""),
        ("其它", None, ""),
        ("7 等", None, ""),
        ("0", None, ""),
        ("9" * 50, None, ""),
        ("", None, ""),
        ("学校定不了", None, ""),
    ],
)
def test_the_bureau_s(text: str, key: str | None, rest: str) -> None:
    found = category_at(text, BUREAU)
    assert (found[0].key if found else None, found[1] if found else "") == (key, rest)


def test_the_same_word_is_another_among_the_school_s() -> None:
    found = category_at("其他 说不清", SCHOOL)
    assert found is not None
    assert (found[0].key, found[1]) == ("other", "说不清")


@given(st.sampled_from(NAMES), st.text(min_size=1))
def test_what_stands_behind_is_kept_byte_for_byte(named: tuple[str, object], rest: str) -> None:
    name, category = named
    rest = f"因{rest}"
    assert category_at(f"{name} {rest}", BUREAU) == (category, rest)


@given(st.text())
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = category_at(text, BUREAU)
    assert found is None or text.endswith(found[1])
