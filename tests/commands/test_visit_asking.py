"""What is missing in a visit, or fits several, is asked back, and a bare answer settles it."""

from __future__ import annotations

import pytest

from tests.commands.dialogs import (
    ADMIN,
    CHENG,
    GAO,
    GROUP,
    LI,
    LIN,
    XU,
    dialog,
    labels,
    recorded,
    shown,
)
from tests.fixtures.house import School

PICK_FIRST = ["1", "１", "一", "①", "第一个", "1.", "选1"]


# --- something is missing ----------------------------------------------------------------


async def test_a_leader_without_a_class_is_asked_with_a_form(school: School) -> None:
    reply = await school.one(CHENG, "/家访")
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("FieldsAsked", "ask", "class_")
    assert reply["understood"] == {"command": "visit", "action": "record", "day": "2018-09-03"}
    assert reply["facts"]["missing"] == ["class_", "student"]
    assert reply["text"].startswith("❓ 还差班级、学生。\n例：/家访 ")
    assert await recorded(school, CHENG, "七3 12号 家里很好") == (
        "七年级3班",
        "王小明",
        "家里很好",
    )


@pytest.mark.parametrize(
    "answer", ["12号", "12", "王小明", "wangxiaoming", "七3 王小明", "学生：王小明"]
)
async def test_a_teacher_of_one_class_is_asked_for_the_child_alone(
    school: School, answer: str
) -> None:
    reply = await school.one(LIN, "/家访")
    assert (reply["about"], reply["facts"]["missing"]) == ("student", ["student"])
    assert "/家访 七3 " in reply["text"]
    assert await recorded(school, LIN, answer) == ("七年级3班", "王小明", None)


@pytest.mark.parametrize(
    "answer", ["3", "3班", "三", "七3", "703", "七(3)班", "班级：七3", "七3 王小明"]
)
@pytest.mark.parametrize("grade", ["七年级", "初一"])
async def test_a_grade_alone_is_asked_for_its_class(
    school: School, grade: str, answer: str
) -> None:
    reply = await school.one(CHENG, f"/家访 {grade} 王小明 家里很好")
    assert (reply["outcome"], reply["about"]) == ("ask", "class_")
    assert await recorded(school, CHENG, answer) == ("七年级3班", "王小明", "家里很好")


async def test_what_an_answer_says_beside_is_taken_too(school: School) -> None:
    reply = await dialog(school, CHENG, "/家访", "七3 王小明 电话 昨天 奶奶照顾 性格：内向")
    assert shown(reply, "student", "method", "day", "text", "answers") == (
        "王小明",
        "phone",
        "2018-09-02",
        "奶奶照顾",
        {"character": "内向"},
    )


async def test_labels_alone_do_not_stand_for_the_child_that_was_asked_for(school: School) -> None:
    again = await dialog(school, LIN, "/家访", "性格：内向")
    assert (again["about"], again["outcome"]) == ("student", "ask")
    reply = await school.one(LIN, "王小明")
    assert shown(reply, "student", "answers") == ("王小明", {"character": "内向"})


async def test_a_name_is_asked_for_and_kept_while_the_class_is_open(school: School) -> None:
    again = await dialog(school, CHENG, "/家访", "张伟伟")
    assert again["about"] == "class_"
    assert (await school.one(CHENG, "七2"))["notice"] == "StudentUnknown"


# --- several fit ---------------------------------------------------------------------------


@pytest.mark.parametrize("pick", PICK_FIRST)
async def test_two_of_one_name_in_the_school_are_a_numbered_choice(
    school: School, pick: str
) -> None:
    reply = await school.one(XU, "/家访 张伟 家里很好")
    assert (reply["notice"], reply["outcome"], reply["about"]) == (
        "ChoiceAsked",
        "choose",
        "student",
    )
    assert reply["title"] == "❓ 叫“张伟”的有 2 位，是哪一位？"
    assert labels(reply) == ["七(2)班 张伟", "七(5)班 张伟"]
    assert [choice["say"] for choice in reply["choices"]] == ["1", "2"]
    assert await recorded(school, XU, pick) == ("七年级2班", "张伟", "家里很好")


async def test_who_may_not_read_the_names_chooses_by_seat_number(school: School) -> None:
    reply = await school.one(CHENG, "/家访 张伟")
    assert labels(reply) == ["七(2)班 1号", "七(5)班 1号"]


async def test_two_of_one_name_in_one_class_are_told_apart_by_their_numbers(
    school: School,
) -> None:
    reply = await school.one(LI, "/家访 陈晨 家里很好")
    assert labels(reply) == ["七(5)班 陈晨（4号）", "七(5)班 陈晨（9号）"]
    assert (await school.one(LI, "二"))["facts"]["visit"] == 1
    in_group = await school.one(LI, "/家访 七5 9号", GROUP)
    assert in_group["notice"] == "VisitTwice"


@pytest.mark.parametrize("answer", ["3", "0", "不是"])
async def test_a_number_that_is_none_of_the_choices_is_asked_again(
    school: School, answer: str
) -> None:
    again = await dialog(school, LI, "/家访 陈晨", answer)
    assert (again["notice"], len(again["choices"])) == ("ChoiceAsked", 2)


async def test_a_seat_number_answers_a_choice_as_well(school: School) -> None:
    assert await recorded(school, LI, "/家访 陈晨 好", "4号") == ("七年级5班", "陈晨", "好")


# --- not on the list -------------------------------------------------------------------------


async def test_a_child_who_is_not_on_the_list_gets_the_nearest_names(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王大明 内向")
    assert (reply["notice"], reply["outcome"], reply["about"]) == (
        "StudentUnknown",
        "suggest",
        "student",
    )
    assert reply["title"] == "❓ 七(3)班的名单上没有“王大明”。"
    assert labels(reply)[0] == "七(3)班 王小明"
    assert labels(reply)[-1] == "不在名单上，照样记"
    assert await recorded(school, LIN, "1") == ("七年级3班", "王小明", "内向")


@pytest.mark.parametrize("answer", ["不在名单上，照样记", None])
async def test_a_child_who_is_not_on_the_list_is_recorded_and_found_again(
    school: School, answer: str | None
) -> None:
    reply = await school.one(LIN, "/家访 七3 贺新来 刚转来")
    last = str(len(reply["choices"]))
    assert await recorded(school, LIN, answer or last) == ("七年级3班", "贺新来", "刚转来")
    assert (await school.one(LIN, "/家访 七3 贺新来"))["notice"] == "VisitTwice"
    # Until the school's list has it, a name that anybody could add moves no share.
    counted = (await school.one(LIN, "/进度 七3", GROUP))["facts"]
    assert (counted["families"], counted["visited"]) == (4, 0)


async def test_another_name_answers_where_none_is_near(school: School) -> None:
    assert labels(await school.one(LIN, "/家访 七3 高远 好")) == ["不在名单上，照样记"]
    assert await recorded(school, LIN, "王小明") == ("七年级3班", "王小明", "好")


async def test_an_empty_seat_is_no_child(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 40号 好")
    assert (reply["notice"], reply["choices"]) == ("StudentUnknown", [])
    assert await recorded(school, LIN, "12号") == ("七年级3班", "王小明", "好")


# --- colleagues --------------------------------------------------------------------------------


async def test_an_unknown_companion_gets_the_nearest_people(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 好 同行：程龙、李霉菌、沈佳玉")
    assert (reply["notice"], reply["outcome"], reply["about"]) == (
        "DidYouMean",
        "suggest",
        "companions",
    )
    assert reply["facts"]["typed"] == "李霉菌"
    more = await school.one(LIN, "李梅")
    assert (more["facts"]["typed"], labels(more)) == ("沈佳玉", ["沈佳宝"])
    done = await school.one(LIN, "对")
    assert shown(done, "companions", "text") == (["程龙", "李梅", "沈佳宝"], "好")


@pytest.mark.parametrize(("answer", "companions"), [("李梅", ["李梅"]), ("无", [])])
async def test_a_companion_nobody_is_near_to_is_named_anew_or_left_out(
    school: School, answer: str, companions: list[str]
) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 同行：欧阳锋")
    assert (reply["choices"], "直接回另一个姓名就行" in reply["text"]) == ([], True)
    assert shown(await school.one(LIN, answer), "companions") == (companions,)


async def test_a_teacher_is_asked_for_and_suggested(school: School) -> None:
    reply = await school.one(LIN, "/走访 教师")
    assert (reply["outcome"], reply["about"]) == ("ask", "teacher")
    assert shown(await school.one(LIN, "李梅 有点累"), "teacher", "text") == ("李梅", "有点累")
    near = await school.one(LIN, "/走访 教师 李梅梅 有点累")
    assert (near["notice"], labels(near)) == ("DidYouMean", ["李梅"])
    assert shown(await school.one(LIN, "1"), "teacher", "text") == ("李梅", "有点累")


# --- who may read what --------------------------------------------------------------------


async def test_an_admin_records_a_visit_and_reads_nothing_of_it(school: School) -> None:
    reply = await school.one(ADMIN, "/家访 七3 12号 家里很好")
    assert reply["notice"] == "VisitRecorded"
    assert shown(reply, "student", "text") == ("12号", None)


async def test_a_teacher_is_told_no_near_names_of_another_class(
    school: School,
) -> None:
    reply = await school.one(GAO, "/家访 七3 王大明")
    assert labels(reply) == ["不在名单上，照样记"]


async def test_a_question_about_a_day_does_not_tell_where_a_child_sits(school: School) -> None:
    """Else anybody could ask for every child in the school, and leave no trace."""
    for rest in ("日期=明天", "同行：谁也不是"):
        reply = await school.one(CHENG, f"/家访 王小明 {rest}")
        assert reply["outcome"] != "ok"
        assert not {"class_", "student"} & set(reply["understood"])


@pytest.mark.parametrize("more", ["婉拒 不方便", "方式=电话 聊了聊", ""])
async def test_what_is_no_addition_is_recorded_anew_or_not_at_all(
    school: School, more: str
) -> None:
    await school.say(LIN, "/家访 七3 王小明 奶奶照顾")
    asked = await school.one(LIN, f"/家访 七3 王小明 {more}")
    assert (asked["notice"], labels(asked)) == ("VisitTwice", ["再记一次", "不记了"])
    assert (await school.one(LIN, "2"))["notice"] == "Dropped"
    await school.say(LIN, f"/家访 七3 王小明 {more}")
    again = await school.one(LIN, "1")
    assert (again["notice"], again["facts"]["visit"]) == ("VisitRecorded", 2)


@pytest.mark.parametrize("length", [1, 17, 33, 41, 64, 65, 129, 300])
@pytest.mark.parametrize(
    "typed",
    [
        "/名册 {}",
        "/家访 教师 {}",
        "/家访 七3 {}",
        "/家访 七3 12号 同行：{}",
        "/进度 {}",
        "/帮助 {}",
    ],
)
async def test_no_name_is_too_long_for_an_answer(school: School, typed: str, length: int) -> None:
    for sign in ("庄", "a"):
        reply = await school.one(LIN, typed.format(sign * length))
        assert reply["notice"] not in ("NotRecorded", "NotSure")


async def test_one_message_takes_twenty_commands(school: School) -> None:
    replies = await school.say(LIN, "/我是\n" * 23)
    assert [one["notice"] for one in replies] == ["WhoamiShown"] * 20 + ["TooMany"]
    assert (replies[-1]["facts"]["done"], replies[-1]["facts"]["left"]) == (20, 3)
