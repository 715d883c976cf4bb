"""A reply to a question is read as what it answers."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.parsing.lexicon import build_lexicon
from commands.parsing.reply import fields_of, labelled_only, pick_of, says_nothing, yes_or_no

VISIT = importlib.import_module("commands.visit").COMMAND
LEXICON = build_lexicon({"visit": VISIT})
RECORD = VISIT.action("record")


@pytest.mark.parametrize(
    ("text", "pick"),
    [("1", 1), ("1.", 1), ("１", 1), ("一", 1), ("第一个", 1), ("①", 1), ("1、", 1), ("(2)", 2), ("选2", 2),
     ("第二", 2), ("2号", 2), ("两", 2), (" 3 ", 3), ("the first one", 1), ("2nd", 2), ("Third", 3), ("#2", 2),
     ("no. 2", 2), ("4", None), ("0", None), ("第四个", None), ("1 2", None), ("12号", None), ("", None),
     ("王小明", None), ("七3", None), ("one more thing", None), ("-1", None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_pick(text: str, pick: int | None) -> None:
    assert pick_of(text, 3) == pick


@pytest.mark.parametrize(
    ("text", "said"),
    [("对", True), ("是的。", True), ("好！", True), ("OK", True), ("Ｙｅｓ", True), ("不对", False), ("取消", False),
     ("No.", False), ("算了", False), ("对不起", None), ("不满意", None), ("", None), ("好像不是", None)],
)  # fmt: skip
def test_yes_and_no(text: str, said: bool | None) -> None:
    assert yes_or_no(text, LEXICON) is said


def test_a_word_for_nothing() -> None:
    assert all(says_nothing(text, LEXICON) for text in ("无", "暂无。", " None ", "没有"))
    assert not any(says_nothing(text, LEXICON) for text in ("没有晚托", "", "无所谓"))


def test_yes_and_no_have_no_word_in_common() -> None:
    assert not LEXICON.yes & LEXICON.no


def test_a_message_of_labels_alone_fills_them() -> None:
    given_parts = labelled_only(
        "\ufeff 家庭：奶奶照顾 性格：内向\n方式=电话", VISIT, RECORD, LEXICON
    )
    assert given_parts is not None
    assert {name: part.text for name, (part,) in given_parts.items()} == {
        "situation": "奶奶照顾", "character": "内向", "method": "电话",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "内向", "你好 家庭：奶奶照顾", "方式=电话 内向", "家庭：", "奶奶：身体不好", "方式=飞鸽"],
)
def test_other_messages_do_not(text: str) -> None:
    assert labelled_only(text, VISIT, RECORD, LEXICON) is None


@pytest.mark.parametrize(
    ("text", "field"),
    [("王小明", "student"), ("12号", "student"), ("12", "student"), ("七3", "class_"), ("昨天", "day"), ("电话", "method"),
     ("婉拒", "result"), ("学生：王小明", "student"), ("诉求：有晚托", "words")],
)  # fmt: skip
def test_a_bare_reply_is_read_as_what_it_is(text: str, field: str) -> None:
    given_parts, doubts = fields_of(text, VISIT, RECORD, LEXICON)
    assert (list(given_parts), doubts) == ([field], ())


@given(st.text(st.characters(exclude_categories=())))
def test_no_reply_is_too_odd(text: str) -> None:
    pick_of(text, 9)
    yes_or_no(text, LEXICON)
    says_nothing(text, LEXICON)
    fields_of(text, VISIT, RECORD, LEXICON)
    labelled_only(text, VISIT, RECORD, LEXICON)
