"""Adding to a visit afterwards; and what a group sees of visits: numbers, no names, no words."""

from __future__ import annotations

import pytest

from domain.models import Voice
from tests.commands.dialogs import (
    CHENG,
    DIRECT,
    GAO,
    GROUP,
    LI,
    LIN,
    Reply,
    dialog,
    kinds,
    labels,
    shown,
)
from tests.fixtures.house import CHILDREN, School

NAMES = {name for _place, _seat, name, *_rest in CHILDREN}
SAID = "奶奶照顾"


# --- adding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "/visit V1 性格：稳重 家庭情况：父母在外地",
        "/家访 v1 家庭情况：父母在外地　性格：稳重",
        "/家访V1 家庭情况=父母在外地 性格：稳重",
        "家庭情况：父母在外地　性格：稳重",
        "situation: 父母在外地 character: 稳重",
    ],
)
async def test_a_visit_is_added_to_by_its_number_or_by_bare_labels(
    school: School, typed: str
) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明 好", typed)
    assert (reply["notice"], reply["understood"]["action"]) == ("VisitRecorded", "add")
    assert shown(reply, "visit", "answers", "open_questions", "text") == (
        1,
        {"situation": "父母在外地", "character": "稳重"},
        [],
        "好",
    )
    assert sorted(reply["facts"]["added"]) == ["character", "situation"]
    assert reply["title"].startswith("✅ V1（七(3)班 王小明）已补充：")


async def test_the_receipt_s_line_with_one_blank_filled_in_leaves_the_other_open(
    school: School,
) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明")
    line = reply["text"].split("\n")[-1]
    assert line == "家庭情况：…　性格：…"
    more = await school.one(LIN, line.removesuffix("…") + "稳重")
    assert shown(more, "answers", "open_questions") == ({"character": "稳重"}, ["situation"])
    rest = await school.one(LIN, "家庭情况：父母在外地")
    assert shown(rest, "visit", "open_questions") == (1, [])


async def test_blanks_that_nobody_filled_in_are_nothing(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "家庭情况：…　性格：…")
    assert (reply["outcome"], reply["about"]) == ("ask", "situation")


async def test_a_note_is_added_and_nothing_that_stands_there_is_changed(school: School) -> None:
    first = await dialog(school, LIN, "/家访 七3 王小明 好", "/家访 V1 又去了一次")
    assert (first["facts"]["visit"], "又去了一次" in str(first["facts"])) == (1, True)
    assert first["facts"]["text"].startswith("好")


async def test_words_come_later_too_and_only_then_are_spoken_of(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "/家访 V1 诉求：希望有晚托")
    assert shown(reply, "words", "added") == ("希望有晚托", ["words"])
    assert "诉求“希望有晚托”已立为 #1" in reply["text"]
    assert "诉求" not in (await school.one(LIN, "性格：稳重"))["text"]


async def test_a_bare_number_of_a_visit_asks_what_to_add(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明 性格：稳重", "/家访 V1")
    assert (reply["outcome"], reply["facts"]["missing"]) == ("ask", ["situation", "text"])
    assert shown(await school.one(LIN, "家里很好"), "visit", "text") == (1, "家里很好")


@pytest.mark.parametrize("number", ["V99", "V1"])
async def test_somebody_else_s_visit_is_no_such_visit(school: School, number: str) -> None:
    await school.say(LIN, "/家访 七3 王小明")
    reply = await school.one(GAO, f"/家访 {number} 性格：稳重")
    assert (reply["notice"], reply["outcome"], reply["reason"]) == (
        "VisitUnknown",
        "refuse",
        "no_such_visit",
    )
    assert reply["title"] == f"⛔ 你这里没有 {number}。"


async def test_who_went_along_may_add(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明 同行：李梅")
    assert (await school.one(LI, "/家访 V1 性格：稳重"))["facts"]["answers"] == {
        "character": "稳重"
    }
    assert reply["facts"]["companions"] == ["李梅"]


async def test_labels_alone_after_two_visits_of_one_message_are_asked_for_the_number(
    school: School,
) -> None:
    await school.say(LIN, "/家访 七3 王小明\n/家访 七3 王晓敏")
    reply = await school.one(LIN, "性格：稳重")
    assert (reply["outcome"], reply["about"]) == ("ask", "visit")
    assert shown(await school.one(LIN, "V1"), "visit", "student", "answers") == (
        1,
        "王小明",
        {"character": "稳重"},
    )


async def test_labels_alone_never_go_to_a_visit_before_the_last(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王晓敏 婉拒")
    reply = await school.one(LIN, "性格：稳重")
    assert (reply["outcome"], reply["about"]) == ("ask", "visit")


async def test_looking_something_up_between_does_no_harm(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "/进度", "你好", "性格：稳重")
    assert shown(reply, "visit", "added") == (1, ["character"])


async def test_a_talk_with_a_teacher_takes_more_too(school: School) -> None:
    reply = await dialog(school, LIN, "/走访 教师 李梅 有点累", "/家访 V1 诉求：少开会")
    assert reply["title"] == "✅ V1（李梅）已补充：诉求"


# --- in a group ------------------------------------------------------------------------------


def nothing_personal(reply: Reply) -> bool:
    """No child's name and nothing of what was said, wherever one looks."""
    return not any(secret in str(reply) for secret in (*NAMES, SAID))


async def test_a_group_sees_class_and_number_in_class_and_no_content_question(
    school: School,
) -> None:
    (reply,) = await school.say(LIN, "/家访 七3 12号", GROUP)
    assert reply["chat"] == GROUP
    assert shown(reply, "class_", "student", "open_questions") == (
        "七年级3班",
        "12号",
        ["situation", "character"],
    )
    assert reply["text"].split("\n") == [
        "✅ V1 已记录：七(3)班 12号 家访（上门）",
        "本班 1/4，七年级 12%（要求高于 33%，按现在进度 9月15日到 23%）",
        "还有 2 项没填，私聊我补充就行。",
    ]
    assert shown(await school.one(LIN, "性格：稳重"), "visit", "added") == (1, ["character"])


@pytest.mark.parametrize(
    "typed",
    [
        f"/家访 七3 王小明 {SAID} 诉求：{SAID}",
        "/家访 七3 王小明",
        f"/家访 七3 12号 {SAID}",
        f"/家访 七3 12号 诉求：{SAID}",
        f"@走访 家访 七3 12号 性格：{SAID}",
    ],
)
async def test_names_and_words_in_a_group_are_recorded_and_a_private_hint_asks_for_a_recall(
    school: School, typed: str
) -> None:
    receipt, hint = await school.say(LIN, typed, GROUP)
    assert kinds([receipt, hint]) == [("VisitRecorded", GROUP), ("NameInGroup", DIRECT)]
    assert nothing_personal(receipt)
    assert shown(receipt, "student", "text", "words", "answers") == ("12号", None, None, {})
    assert (hint["outcome"], hint["facts"]["visit"]) == ("ok", 1)
    assert "请撤回" in hint["text"]
    assert "V1 已记好" in hint["text"]


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        (f"/家访 七5 陈晨 {SAID}", "ChoiceAsked"),
        (f"/家访 七13 王小明 {SAID}", "ClassImpossible"),
        (f"/家访 七3 王小明 9-20 {SAID}", "DayInFuture"),
        (f"/家访 七年级 王小明 {SAID}", "FieldsAsked"),
    ],
)
async def test_a_question_in_a_group_says_no_name_and_the_hint_comes_at_once(
    school: School, typed: str, notice: str
) -> None:
    question, hint = await school.say(LIN, typed, GROUP)
    assert kinds([question, hint]) == [(notice, GROUP), ("NameInGroup", DIRECT)]
    assert nothing_personal(question)
    assert "@我" in question["text"]
    assert all(choice["say"].startswith("@走访 ") for choice in question["choices"])
    # Asked once: what is answered afterwards brings no second hint.
    answers = {"ClassImpossible": "3", "DayInFuture": "昨天", "FieldsAsked": "3"}
    (done,) = await school.say(LIN, f"@走访 {answers.get(notice, '1')}", GROUP)
    assert (done["notice"], done["chat"], nothing_personal(done)) == (
        "VisitRecorded",
        GROUP,
        True,
    )


async def test_a_child_who_is_on_no_list_is_masked_in_a_group(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 贺新来", "1")
    reply = await school.one(LIN, "/家访 七3 贺新来", GROUP)
    assert "七(3)班 贺**" in reply["text"]
    assert "贺新来" not in str(reply)


async def test_a_mistyped_command_in_a_group_brings_the_hint_at_once(school: School) -> None:
    question, hint = await school.say(LIN, f"/vist 七3 王小明 {SAID}", GROUP)
    assert (question["notice"], nothing_personal(question)) == ("DidYouMean", True)
    assert (hint["notice"], hint["chat"]) == ("NameInGroup", DIRECT)
    assert kinds(await school.say(LIN, "1")) == [("VisitRecorded", DIRECT)]


async def test_what_is_missing_in_a_group_is_asked_without_a_name(school: School) -> None:
    (reply,) = await school.say(LIN, "/家访", GROUP)
    assert reply["text"] == "❓ 还差学生。\n例：/家访 七3 12号\n@我 回学号就行，如 12号。"
    (done,) = await school.say(LIN, "@走访 12号", GROUP)
    assert shown(done, "student") == ("12号",)


async def test_what_to_add_is_never_asked_in_a_group(school: School) -> None:
    await school.say(LIN, "/家访 七3 12号", GROUP)
    heard = await school.say(LIN, "/家访 V1", GROUP)
    assert kinds(heard) == [("ToldPrivately", GROUP), ("FieldsAsked", DIRECT)]
    assert shown(await school.one(LIN, "家里很好"), "visit", "text") == (1, "家里很好")


async def test_help_shows_a_group_nothing_of_a_home(school: School) -> None:
    reply = await school.one(LIN, "/帮助 家访", GROUP)
    assert nothing_personal(reply)
    assert "/家访 七3 12号" in reply["text"]
    assert "父母在外地" not in reply["text"]


async def test_a_leader_of_another_line_sees_no_name_but_of_whom_he_visited(
    school: School,
) -> None:
    await school.say(LIN, f"/家访 七3 王小明 {SAID}")
    twice = await school.one(CHENG, "/家访 七3 12号")
    assert (twice["notice"], twice["facts"]["student"]) == ("VisitRecorded", "王小明")
    assert labels(await school.one(CHENG, "/家访 张伟")) == ["七(2)班 1号", "七(5)班 1号"]


async def test_who_went_along_is_kept_when_the_same_day_is_added_to(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明 奶奶照顾")
    await school.say(LIN, "/家访 七3 王小明 同行：蔡平、李梅")
    reply = await school.one(LIN, "1")
    assert reply["facts"]["companions"] == ["蔡平", "李梅"]


async def test_a_second_request_is_quoted_and_not_the_first(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明 诉求：希望有晚托")
    reply = await school.one(LIN, "/家访 V1 诉求：路灯坏了")
    assert reply["facts"]["words"] == "路灯坏了"
    assert "晚托" not in reply["text"]


async def test_near_names_are_not_for_a_group_where_they_would_be_numbers(school: School) -> None:
    told, unknown, hint = await school.say(LIN, f"/家访 七3 王大明 {SAID}", GROUP)
    assert kinds([told, unknown, hint]) == [
        ("ToldPrivately", GROUP),
        ("StudentUnknown", DIRECT),
        ("NameInGroup", DIRECT),
    ]
    assert nothing_personal(told)
    assert (await school.one(LIN, "1"))["facts"]["student"] == "王小明"


async def test_two_requests_in_one_message_are_two_voices(school: School) -> None:
    """Joined they would be nobody's own words."""
    reply = await school.one(LIN, "/家访 七3 王小明 诉求：希望晚托 诉求：少一点作业")
    assert reply["facts"]["words"] == "希望晚托\n少一点作业"
    assert await Voice.filter(visit_id=reply["facts"]["visit"]).count() == 2
