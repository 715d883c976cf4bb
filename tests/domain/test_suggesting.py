"""A category is suggested with its reason and with honest doubt, and what was corrected is learned."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.categories import TEST, rows
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


def test_a_sentence_close_to_a_correction_follows_it() -> None:
    lesson = Lesson("希望有晚托，下班赶不上接孩子", "teaching")
    assert (
        suggest("希望学校有晚托班，下班赶不上接孩子放学", [lesson]).best[0].category == "teaching"
    )


def test_several_corrections_of_one_kind_teach_more_than_one() -> None:
    said = "能不能办个晚托班，我们下班晚"
    lessons = [
        Lesson("晚托班什么时候开，下班来不及", "teaching"),
        Lesson("想报晚托，我们双职工下班晚", "teaching"),
        Lesson("晚托班到几点，下班晚", "teaching"),
    ]
    sure = {one.category: one.confidence for one in suggest(said).best}
    taught = {one.category: one.confidence for one in suggest(said, lessons).best}
    assert taught["teaching"] > sure.get("teaching", 0.0)
    assert suggest(said, lessons).best[0].category == "teaching"


def test_a_handful_of_corrections_leaves_the_rest_as_it_was() -> None:
    lessons = [Lesson("希望有晚托，下班赶不上接孩子", "teaching"), Lesson("食堂太咸", "other")]
    said = [row["words"] for row in rows(TEST)]
    changed = [one for one in said if suggest(one, lessons).best[:1] != suggest(one).best[:1]]
    assert len(changed) <= 0.02 * len(said)


def test_a_plan_of_its_own_hears_only_of_its_own_categories() -> None:
    words = "食堂太咸了"
    assert {one.category for one in suggest(words, among={"moral", "other"}).best} == {
        "moral",
        "other",
    }
    lessons = [Lesson(words, "meals"), Lesson(words, "unknown")]
    assert suggest(words, lessons, among={"meals", "other"}).best[0].category == "meals"
    assert suggest(words, lessons).best == suggest(words).best
    assert suggest(words, among={"meals"}).best == ()


def test_the_confidence_is_lower_where_little_was_heard() -> None:
    assert suggest("孩子").best[0].confidence < 0.6 < suggest("食堂的菜太咸").best[0].confidence
