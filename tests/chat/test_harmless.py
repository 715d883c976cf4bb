"""Whatever a person said is shown as words on every platform, and does nothing there."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chat.harmless import GAP, inert
from chat.platforms import PLATFORMS
from chat.wording import compose
from chat.words import languages
from tests.chat.test_wording import with_text

ATTACKS = (
    "@\r0",  # shortened, the sign of what is left out stands behind it
    "[查看详情](dtmd://dingtalkclient/sendMessage?content=%2Ferase%20F-12%20confirm)",
    "[查\n看](DTMD://dingtalkclient/sendMessage?content=1)",
    "[a]\u200b(dt\u200bmd://x)",
    "![x](https://evil.example/p.png?u=1)",
    "[x]: https://evil.example",
    "@所有人 @13800138000 <at>李校长</at> @all <!channel> <@U012> <users/all>",
    "# 系统通知\n\n> 校长已批准\r\n---\r\n<font color=red>红</font>",
    "ok\n✅ V99 已记录\u2028⛔ 没有\x0b# x",
    "javascript:alert(1) data:text/html,x tel:110 mailto:a@b.example file:///etc/passwd",
    "www.evil.example http:\\\\evil.example",
    "\u202egnp.exe\u202c \u200b\u2066x\u2069\ufeff\u00ad\U000e0041",
    "z" + "\u0301" * 3000 + "\u200d" * 3000,
    "{{7*7}} %(x)s {0.__class__} {visit}",
    "\x00\x1b[31m\x07",
    "**粗** _斜_ `code` ~~删~~ | 表 |\\ &lt;b&gt; &#91;x&#93;",
)
# What works in one chat or another, wherever it stands.
AT_WORK = re.compile(
    r"\][(\[:]|dtmd:|javascript:|://|:\\\\|@(?!我 )\S(?<!\u200b)|<[a-z/!@#]|\w\.[^\W\d_]{2}",
    re.IGNORECASE,
)
LIKELY = st.lists(st.sampled_from("[]()!<>@#*_`~|\\/:.-=+&;\n\r \u200b\u200d\u202e\u0301a走1") | st.sampled_from(("dtmd", "://", "](", "@所有人", "<at", "evil.example"))).map("".join)  # fmt: skip
TYPED = st.text() | LIKELY


def each_attack(test: Any) -> Any:
    for attack in ATTACKS:
        test = example(attack)(test)
    return test


@given(TYPED)
@each_attack
def test_nothing_is_at_work_in_it(text: str) -> None:
    shown = inert(text)
    assert not AT_WORK.search(shown)
    assert not {"Cc", "Cs", "Zl", "Zp"} & {category(one) for one in shown}
    assert all(
        one in GAP + "\u200c\u200d" for one in shown if category(one) == "Cf" and one > "\u0fff"
    )
    assert not re.search(r"[\u0300-\u036f\u200c\u200d]{9}", shown)


@given(TYPED)
@each_attack
def test_twice_is_the_same(text: str) -> None:
    assert inert(inert(text)) == inert(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="@<].:")))
def test_what_only_says_something_is_left_as_it_is(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "希望有晚托，下班赶不上接孩子。",
        "3.5 公里；9:30；七(3)班 12号；2018/9/3",
        "e.g. no. 12, a club: until 6",
        "👨‍👩‍👧 👍🏽 🇨🇳 ❤️",
        "نعم بله می‌خواهم",
        "བོད་ཡིག ไทยที่ Tiếng Việt",
        "{{7*7}} %(x)s {0.__class__}",
    ],
)
def test_what_people_write_looks_the_same(text: str) -> None:
    assert inert(text) == text


def test_a_break_that_was_typed_makes_no_line_of_ours() -> None:
    assert inert("嗯\r\n✅ V13 已记录") == "嗯 ✅ V13 已记录"


def test_five_thousand_accents_do_not_stand_on_one_letter() -> None:
    assert inert("z" + "\u0301" * 5000 + "好") == "z" + "\u0301" * 8 + "好"


def shown_by(payload: Any) -> str:
    """All that a platform is given to show; facts are for programs, and our own links are made."""
    if isinstance(payload, dict):
        parts = [value for key, value in payload.items() if key not in ("facts", "understood")]
        return "\n".join(map(shown_by, parts))
    if isinstance(payload, list):
        return "\n".join(map(shown_by, payload))
    return OURS.sub("", str(payload))


# A choice that is tapped: its address is ours alone, and wholly encoded.
OURS = re.compile(r"\]\(dtmd://dingtalkclient/sendMessage\?content=[0-9A-Za-z%._~-]+\)")


@pytest.mark.parametrize("name", PLATFORMS)
@given(text=TYPED)
@each_attack
def test_nothing_typed_is_at_work_on_any_platform(name: str, text: str) -> None:
    for language in languages():
        for view in with_text(text):
            shown = shown_by(PLATFORMS[name].payload(view, compose(view, language), "chat"))
            for danger in ("](", "dtmd:", "javascript:", "://", "<at", "<font", "\u202e", "\r"):
                assert danger not in shown.lower(), view.notice
            # What a button says for the reader calls us, and nobody else.
            assert not re.search(r"@(?!走访 |我 )[^\s\u200b]", shown)
