"""What we say is written in each dialect so that only our own structure is one."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.harmless import GAP, harmless
from chat.markup.cutting import MORE, Room, boundary, cut
from chat.markup.markdown import LONGEST_LINE, escaped, markdown
from chat.markup.plain import plain
from chat.message import Choice, Message
from tests.chat.test_harmless import TYPED, each_attack

ROOM = Room(3500, 10_000)
BETWEEN = "  \n  "
MARKS = re.compile(r"[*_`\\\[\]<>&~|$]")
AT_THE_HEAD = re.compile(r"\s*([#>+=-]|\d+[.)])")


def tapped(say: str) -> str:
    return f"say:{quote(say, safe='')}"


@given(TYPED)
@each_attack
def test_no_mark_is_left_in_a_text(text: str) -> None:
    shown = escaped(text)
    assert not MARKS.search(shown)
    assert not AT_THE_HEAD.match(shown)


@given(
    st.text(
        st.characters(categories=("L", "N", "Zs"), include_characters="，。：“”()/…；、%→·"),
        min_size=1,
    )
)
def test_what_only_says_something_is_written_as_it_is(text: str) -> None:
    assert escaped(f"✅ {text}✅") == f"✅ {text}✅"


@pytest.mark.parametrize(
    "line", ["# 系统通知", "> 校长已批准", "---", "===", "- 一", "+ 一", "1. 一", "1) 一"]
)
def test_a_line_s_head_makes_nothing_of_it(line: str) -> None:
    assert escaped(line).startswith((GAP, "＞"))
    assert escaped(line).replace(GAP, "").replace("＞", ">") == line


def test_lines_and_choices_stand_each_on_its_own() -> None:
    message = Message(
        "❓ 哪一位？", ("回 1 或 2。",), (Choice("七(2)班", "1"), Choice("七(9)班", "2"))
    )
    written = markdown(message, room=ROOM, between=BETWEEN, tap=None)
    assert written.split(BETWEEN) == ["❓ 哪一位？", "回 1 或 2。", "1 七(2)班", "2 七(9)班"]
    written = markdown(message, room=ROOM, between=BETWEEN, tap=tapped)
    assert written.split(BETWEEN)[2:] == ["[1 七(2)班](say:1)", "[2 七(9)班](say:2)"]


@given(TYPED, TYPED)
def test_a_choice_cannot_leave_its_brackets(label: str, say: str) -> None:
    message = harmless(Message("?", (), (Choice(label, say),)))
    written = markdown(message, room=ROOM, between=BETWEEN, tap=tapped).split(BETWEEN, 1)[1]
    assert re.fullmatch(r"\[[^\[\]\n]*\]\(say:[\w.~%-]*\)", written, re.ASCII | re.DOTALL)


@given(st.lists(TYPED, max_size=4), st.lists(TYPED, max_size=4))
def test_it_always_fits_and_what_is_left_out_is_said(lines: list[str], labels: list[str]) -> None:
    choices = tuple(Choice(label, str(place)) for place, label in enumerate(labels))
    message = harmless(Message("✅ 已记录", tuple(line * 300 for line in lines), choices))
    written = markdown(message, room=ROOM, between=BETWEEN, tap=tapped)
    assert ROOM.holds(written)
    assert written.count("](say:") == len(choices)
    assert MORE in written or len(written.split(BETWEEN)) == 1 + len(lines) + len(choices)


def test_a_list_too_long_is_cut_at_the_end_of_a_line() -> None:
    message = Message("名册", tuple(f"第{n}行" for n in range(2000)))
    *kept, last = markdown(message, room=ROOM, between=BETWEEN, tap=None).split(BETWEEN)
    assert last == MORE
    assert kept == ["名册", *(f"第{n}行" for n in range(len(kept) - 1))]
    assert len(kept) > 300


def test_twenty_thousand_characters_are_cut_to_what_a_phone_shows() -> None:
    shown = markdown(Message("好", ("话" * 20_000,)), room=ROOM, between=BETWEEN, tap=None)
    assert shown == "好" + BETWEEN + "话" * (LONGEST_LINE - 1) + MORE


FAMILY, HAND, FLAG, LETTER = "👨‍👩‍👧", "👍🏽", "🇨🇳", "e\u0301\u0308"


@pytest.mark.parametrize("sign", [FAMILY, HAND, FLAG, LETTER, "\u1112\u1161\u11ab", "❤️", "กำ้"])
def test_no_sign_is_torn(sign: str) -> None:
    text = "好" + sign * 5
    for end in range(len(text) + 1):
        place = boundary(text, end)
        assert place == 0 or (place - 1) % len(sign) == 0
        assert end - place < len(sign)
    for room in range(1, len(text)):
        assert cut(text, room).removesuffix(MORE) in {"", *("好" + sign * n for n in range(6))}


def test_plain_is_all_of_it() -> None:
    message = Message("✅ 好", ("一", "二"), (Choice("是", "1"), Choice("否", "否")))
    assert plain(message) == "✅ 好\n一\n二\n1 是\u3000否"
