"""What is impossible or mistyped in a visit, or done twice, is said; a bare answer settles it."""

from __future__ import annotations

import pytest

from tests.commands.dialogs import CHENG, DIRECT, LIN, dialog, kinds, labels, recorded, shown
from tests.fixtures.house import School

# --- class and day ----------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["3", "3班", "三", "七3", "七(3)班"])
async def test_a_class_that_does_not_exist_is_refused_with_those_that_do(
    school: School, answer: str
) -> None:
    reply = await school.one(LIN, "/家访 七13 王小明 家里很好")
    assert (reply["notice"], reply["outcome"], reply["reason"]) == (
        "ClassImpossible",
        "refuse",
        "impossible_class",
    )
    assert reply["text"] == ("⛔ 没有七(13)班。七年级有 1–5 班，是哪个班？\n直接回班号就行，如 5。")
    assert reply["facts"]["classes"] == [f"七年级{number}班" for number in range(1, 6)]
    assert await recorded(school, LIN, answer) == ("七年级3班", "王小明", "家里很好")


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        ("昨天", "2018-09-02"),
        ("9-2", "2018-09-02"),
        ("今天", "2018-09-03"),
        ("上周五", "2018-08-31"),
    ],
)
@pytest.mark.parametrize("typed", ["9-20", "明天", "日期：9月20日"])
async def test_a_day_to_come_is_refused_with_today_s_date(
    school: School, typed: str, answer: str, day: str
) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed} 家里很好")
    assert (reply["outcome"], reply["reason"]) == ("refuse", "future_date")
    assert reply["facts"]["today"] == "2018-09-03"
    assert "今天是 9月3日 (周一)" in reply["title"]
    assert "直接回日期就行" in reply["text"]
    done = await school.one(LIN, answer)
    assert shown(done, "visit", "student", "day", "text") == (1, "王小明", day, "家里很好")


async def test_an_answer_that_lies_ahead_too_is_refused_again(school: School) -> None:
    again = await dialog(school, LIN, "/家访 七3 王小明 明天", "后天")
    assert (again["reason"], again["facts"]["day"]) == ("future_date", "2018-09-05")
    assert shown(await school.one(LIN, "昨天"), "day") == ("2018-09-02",)


@pytest.mark.parametrize("typed", ["9-31", "日期：9月31日", "日期=改天"])
async def test_a_day_that_is_none_is_unreadable(school: School, typed: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed}")
    assert (reply["outcome"], reply["reason"]) == ("refuse", "unreadable")
    assert "今天是 9月3日" in reply["title"]
    assert shown(await school.one(LIN, "8-31"), "student", "day") == ("王小明", "2018-08-31")


# --- words we don't know ----------------------------------------------------------------------


async def test_a_mistyped_label_is_mended_by_1(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 方试=电话")
    assert (reply["notice"], reply["outcome"], reply["about"]) == (
        "DidYouMean",
        "suggest",
        "method",
    )
    assert reply["understood"] == {"command": "visit", "action": "record"}
    assert labels(reply) == ["方式", "不是标签，当作正文"]
    assert shown(await school.one(LIN, "1"), "method", "text") == ("phone", None)


@pytest.mark.parametrize("answer", ["2", "不是", "不是标签，当作正文"])
async def test_what_is_no_label_stays_text_as_it_was_typed(school: School, answer: str) -> None:
    text = "爸爸说，家挺情况：很好"
    first = await school.one(LIN, f"/家访 七3 王小明 {text}")
    assert (first["notice"], first["facts"]["typed"]) == ("DidYouMean", "家挺情况")
    assert shown(await school.one(LIN, answer), "text", "answers") == (text, {})


@pytest.mark.parametrize("answer", ["1", "电话", "对"])
async def test_a_mistyped_choice_is_mended(school: School, answer: str) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 方式=点话 好")
    assert (reply["outcome"], reply["about"], labels(reply)) == ("suggest", "method", ["电话"])
    assert shown(await school.one(LIN, answer), "method", "text") == ("phone", "好")


@pytest.mark.parametrize("answer", ["3", "电话", "phone"])
async def test_a_choice_that_is_near_none_may_be_any(school: School, answer: str) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 方式=写信 好")
    assert labels(reply) == ["上门", "到校", "电话", "视频", "微信"]
    again = await school.one(LIN, "7")
    assert labels(again) == labels(reply)
    assert shown(await school.one(LIN, answer), "method", "text") == ("phone", "好")


async def test_a_label_that_is_of_no_use_there_is_said_to_be(school: School) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明", "/家访 V1 方式=电话")
    assert reply["title"] == "❓ “方式”在这里用不上。"
    assert labels(reply) == ["不是标签，当作正文"]
    assert shown(await school.one(LIN, "1"), "visit", "method", "text") == (
        1,
        "home",
        "方式=电话",
    )


async def test_two_doubts_in_one_message_are_asked_one_after_the_other(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 方试=电话 性各：内向")
    assert reply["facts"]["typed"] == "方试"
    more = await school.one(LIN, "1")
    assert more["facts"]["typed"] == "性各"
    assert shown(await school.one(LIN, "1"), "method", "answers") == (
        "phone",
        {"character": "内向"},
    )


@pytest.mark.parametrize(
    ("typed", "answer", "text"),
    [
        ("/vist 七3 王小明 很好", "1", "很好"),
        ("/家放 七3 王小明 很好", "对", "很好"),
        ("/加访七3王小明 很好", "1", "很好"),
        ("/加访王小明 很好", "1", "很好"),
        ("/家放 七3 王小明 很好", "家访", "很好"),
        ("/家放 七3 王小明 很好", "/家访", "很好"),
    ],
)
async def test_an_unknown_command_is_suggested_and_run_with_the_rest(
    school: School, typed: str, answer: str, text: str
) -> None:
    reply = await school.one(LIN, typed)
    assert (reply["notice"], reply["outcome"], reply["about"]) == (
        "DidYouMean",
        "suggest",
        "visit",
    )
    assert labels(reply) == ["/家访"]
    assert await recorded(school, LIN, answer) == ("七年级3班", "王小明", text)


async def test_a_command_that_is_near_none_points_to_help(school: School) -> None:
    reply = await school.one(LIN, "/zzzzz 七3")
    assert (reply["outcome"], reply["about"], reply["choices"]) == ("suggest", None, [])
    assert "/帮助" in reply["text"]


# --- the same family on the same day ------------------------------------------------------------


async def test_the_same_family_on_the_same_day_is_asked_about(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明 奶奶照顾")
    reply = await school.one(LIN, "/家访 七3 王小明 又聊了作业 性格：内向")
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("VisitTwice", "choose", "visit")
    assert shown(reply, "visit") == (1,)
    # What stands in the record is not what was typed now.
    assert "text" not in reply["understood"]
    assert labels(reply) == ["补到原来那条", "再记一次"]


@pytest.mark.parametrize("answer", ["1", "补到原来那条"])
async def test_1_adds_to_the_first_visit(school: School, answer: str) -> None:
    texts = ("/家访 七3 王小明 奶奶照顾", "/家访 七3 王小明 又聊了作业 性格：内向", answer)
    reply = await dialog(school, LIN, *texts)
    assert shown(reply, "visit", "added") == (1, ["text", "character"])
    assert reply["title"] == "✅ V1（七(3)班 王小明）已补充：备注、性格"


@pytest.mark.parametrize("answer", ["2", "再记一次"])
async def test_2_records_once_more_and_the_family_counts_once(school: School, answer: str) -> None:
    texts = ("/家访 七3 王小明 奶奶照顾", "/家访 七3 王小明 又聊了作业", answer)
    reply = await dialog(school, LIN, *texts)
    assert shown(reply, "visit", "text") == (2, "又聊了作业")
    assert reply["facts"]["coverage"][0]["visited"] == 1


async def test_another_day_or_another_teacher_is_another_visit(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明")
    for who, text in ((LIN, "/家访 七3 王小明 昨天"), (CHENG, "/家访 七3 王小明")):
        assert (await school.one(who, text))["notice"] == "VisitRecorded"


async def test_a_sibling_is_of_the_same_family(school: School) -> None:
    await school.say(CHENG, "/家访 七3 李想")
    assert (await school.one(CHENG, "/家访 八1 李念"))["notice"] == "VisitTwice"


async def test_of_two_open_questions_the_newest_is_answered_first(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明\n/家访 七3 王晓敏")
    both = await school.say(LIN, "/家访 七3 王小明 甲\n/家访 七3 王晓敏 乙")
    assert kinds(both) == [("VisitTwice", DIRECT)] * 2
    first, taken, second = await school.say(LIN, "2")
    assert first["notice"] == "VisitRecorded"
    assert shown(first, "visit", "student", "text") == (3, "王晓敏", "乙")
    assert shown(taken, "command", "field") == ("visit", "visit")
    assert (second["notice"], second["facts"]["visit"]) == ("VisitTwice", 1)
    last = await school.one(LIN, "1")
    assert shown(last, "visit", "student", "text") == (1, "王小明", "甲")
