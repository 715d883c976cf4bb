"""A category is suggested with its reason and with honest doubt, and what was corrected is learned."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from domain.rules.plan import read_plan
from domain.rules.suggesting import Lesson, suggest

KEYS = {category.key for category in read_plan(None).categories}


def test_a_suggestion_says_which_words_spoke_for_it() -> None:
    said = suggest("希望有晚托，下班赶不上接孩子")
    assert said.best[0].category == "logistics"
    assert said.because
    assert all(piece in "希望有晚托，下班赶不上接孩子" for piece in said.because)


def test_what_was_corrected_comes_out_as_corrected() -> None:
    words = "希望有晚托，下班赶不上接孩子"
    assert suggest(words, [Lesson(words, "teaching")]).best[0].category == "teaching"


def test_the_last_correction_counts() -> None:
    words = "希望有晚托，下班赶不上接孩子"
    lessons = [Lesson(words, "teaching"), Lesson(words, "other")]
    assert suggest(words, lessons).best[0].category == "other"


def test_nothing_is_suggested_for_silence() -> None:
    assert suggest("").best == ()
    assert suggest(" \n，。🙂").best == ()


@given(
    st.text(max_size=300),
    st.lists(st.builds(Lesson, st.text(max_size=40), st.sampled_from(sorted(KEYS))), max_size=4),
)
@example("食堂" * 5000, [])
@example("\u202e食堂🙂" * 100, [])
def test_whatever_was_said_the_answer_is_sound(words: str, lessons: list[Lesson]) -> None:
    said = suggest(words, lessons)
    assert said == suggest(words, lessons)
    assert len(said.best) <= 3
    assert {one.category for one in said.best} <= KEYS
    assert len({one.category for one in said.best}) == len(said.best)
    sure = [one.confidence for one in said.best]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= one <= 1 for one in sure)
    assert len(said.because) <= 3
    assert all(piece and piece in words for piece in said.because)
