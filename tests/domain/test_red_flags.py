"""Words of danger are found however they are written, and jokes and near words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.rules.plan import read_plan
from domain.rules.red_flags import red_flags

PLAN = read_plan(None).red_flags


def kinds(words: str) -> set[str]:
    return {flag.kind for flag in red_flags(words, PLAN)}


DANGER = {
    "孩子在家说不想活了": "self_harm",
    "他自 杀过一次": "self_harm",
    "说要自.杀": "self_harm",
    "想自，杀": "self_harm",
    "不，想，活": "self_harm",
    "自　殺的念頭": "self_harm",
    "自\u200b杀": "self_harm",
    "没有自杀的念头": "self_harm",
    "He said he would KILL MYSELF": "self_harm",
    "he wants to ｋｉｌｌ　ｍｙｓｅｌｆ": "self_harm",
    "作业多得想死，昨晚真的割腕了": "self_harm",
    "在跳楼机旁边说自己想跳楼": "self_harm",
    "他爸喝了酒就家暴": "abuse",
    "在厕所被几个人扇耳光": "bullying",
    "说有人偷拍女生寝室": "sexual_harm",
    "食堂吃完好几个孩子上吐下泻": "poisoning",
    "火车站旁边的楼着火了": "fire",
    "孩子离家出走两天": "missing",
    "班里有人带刀": "weapons",
    "学校门口有人吸毒": "drugs",
    "拿小刀割自己的手": "self_harm",
    "手臂上一道一道用刀片划": "self_harm",
}
NO_DANGER = (
    "作业多得想死",
    "作业 多 得 想 死",
    "去火车站接孩子",
    "春游想去烧烤",
    "带孩子坐跳楼机",
    "门口的店跳楼价甩卖",
    "电脑中毒了开不了机",
    "希望多办防溺水的讲座",
    "孩子不想，活动太多",
    "去割稻子，手磨破了",
    "到禁毒基地参观",
    "a lesson fire drill",
    "第一点是不要乱跳\n楼道里的灯坏了",
    "",
)


@pytest.mark.parametrize("words", DANGER)
def test_danger_is_found_however_it_is_written(words: str) -> None:
    assert DANGER[words] in kinds(words)


@pytest.mark.parametrize("words", NO_DANGER)
def test_jokes_near_words_and_the_seam_of_two_sentences_are_no_danger(words: str) -> None:
    assert not kinds(words)


def test_a_flag_says_which_word_and_where_it_stands() -> None:
    words = "她说“自 杀”，还说不想活了"
    flags = red_flags(words, PLAN)
    assert [(flag.word, words[flag.start : flag.end]) for flag in flags] == [
        ("自杀", "自 杀"),
        ("不想活", "不想活"),
    ]


def test_an_exception_spares_its_own_kind_only() -> None:
    one, other = PLAN.kinds[:2]
    plan = replace(
        PLAN,
        kinds=(
            replace(one, words=("水",), exceptions=("喝水",)),
            replace(other, words=("水",), exceptions=()),
        ),
    )
    assert [flag.kind for flag in red_flags("喝水", plan)] == [other.key]


def test_of_words_within_one_another_the_longest_counts() -> None:
    one = replace(PLAN.kinds[0], words=("想死", "想死了"), exceptions=())
    assert [flag.word for flag in red_flags("想死了", replace(PLAN, kinds=(one,)))] == ["想死了"]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("割手", 1),
        ("割 自己的手", 1),
        ("割了一二三四五六七手", 1),
        ("割了一二三四五六七八手", 0),
        ("割草，手疼", 0),
        ("割草。手疼", 0),
        ("割草\n手疼", 0),
        ("手割", 0),
        ("用镰刀割稻手", 0),
    ],
)
def test_a_word_with_a_gap_stands_in_one_part_of_a_sentence(words: str, hits: int) -> None:
    one = replace(PLAN.kinds[0], words=("割…手",), exceptions=("镰刀…手",))
    flags = red_flags(words, replace(PLAN, kinds=(one,)))
    assert len(flags) == hits
    assert all(words[flag.start : flag.end][0] == "割" for flag in flags)


@given(st.text(max_size=200))
def test_no_text_is_too_odd(words: str) -> None:
    flags = red_flags(words, PLAN)
    assert flags == red_flags(words, PLAN)
    assert all(0 <= flag.start < flag.end <= len(words) for flag in flags)


@given(st.text(max_size=50), st.sampled_from(["自杀", "家暴", "猥亵"]), st.text(max_size=50))
def test_a_word_of_danger_is_found_in_any_surroundings(before: str, word: str, after: str) -> None:
    # Sealed off by what no exception holds.
    assert kinds(before + "\n的" + word + "的\n" + after)
