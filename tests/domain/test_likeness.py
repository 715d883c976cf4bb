"""Problems that say the same are offered, the nearest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.rules.likeness import alike


def test_the_same_complaint_is_found_among_others() -> None:
    others = {1: "校门口放学太堵", 2: "食堂的菜太咸了，孩子吃不惯", 3: "想多听听选科的事"}
    assert [key for key, _ in alike("食堂菜太咸了，孩子不爱吃", others)] == [2]


def test_the_very_same_words_are_wholly_alike_and_come_first() -> None:
    others = {4: "食堂的菜太咸了呀", 9: "食堂的菜太咸了"}
    assert alike("食堂的菜太咸了", others, most=1) == ((9, 1.0),)


def test_nothing_is_like_silence() -> None:
    assert alike("", {1: "", 2: "食堂"}) == ()
    assert alike("食堂", {}) == ()


@given(st.text(max_size=100), st.dictionaries(st.integers(), st.text(max_size=100), max_size=8))
def test_scores_are_shares_and_fall(words: str, others: dict[int, str]) -> None:
    found = alike(words, others)
    scores = [score for _, score in found]
    assert len(found) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert {key for key, _ in found} <= set(others)
