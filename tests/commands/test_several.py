"""Several commands in one message, each on its own line: done and answered each on its own."""

from __future__ import annotations

from domain.models import Visit
from tests.commands.dialogs import GROUP, LIN, XU, kinds, shown
from tests.fixtures.house import School


async def test_several_commands_are_answered_each_on_its_own_in_order(school: School) -> None:
    replies = await school.say(
        LIN,
        "/家访 七3 王小明 奶奶照顾\n也说了晚托\n/宣讲 影片 家长 120人 活动中心\n/家访 七9 李想\n"
        "/宣讲 读书 学生 七3\n/家访 七3 李想",
    )
    assert [one["notice"] for one in replies] == [
        "VisitRecorded",
        "TalkRecorded",
        "ClassImpossible",
        "TalkRecorded",
        "VisitRecorded",
    ]
    assert replies[0]["facts"]["text"] == "奶奶照顾\n也说了晚托"
    # The question in the middle is still open; the family is recorded since, so it is asked.
    assert (await school.one(LIN, "3"))["notice"] == "VisitTwice"


async def test_a_refusal_in_the_middle_undoes_nothing_of_the_others(school: School) -> None:
    replies = await school.say(
        LIN, "/宣讲 影片 家长\n/安排 蔡平 周五 七3\n/宣讲 T99 很好\n/家访 七3 王小明"
    )
    assert [(one["notice"], one["outcome"]) for one in replies] == [
        ("TalkRecorded", "ok"),
        ("NotAllowed", "refuse"),
        ("NumberUnknown", "refuse"),
        ("VisitRecorded", "ok"),
    ]


async def test_questions_of_several_commands_are_answered_one_after_the_other(
    school: School,
) -> None:
    replies = await school.say(LIN, "/宣讲 影片\n/家访 七3 王小明\n/宣讲 家长 第二场")
    assert [one["notice"] for one in replies] == ["FieldsAsked", "VisitRecorded", "FieldsAsked"]
    first, asked = await school.say(LIN, "学生")
    assert shown(first, "form", "audience") == ("film", "students")
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "form")
    (second,) = await school.say(LIN, "讲座")
    assert shown(second, "form", "audience", "note") == ("lecture", "families", "第二场")


async def test_commands_in_a_group_are_receipts_each(school: School) -> None:
    replies = await school.say(
        LIN, "/家访 七3 12号\n/宣讲 影片 家长 活动中心\n/家访 七3 5号", GROUP
    )
    assert kinds(replies) == [
        ("VisitRecorded", GROUP),
        ("TalkRecorded", GROUP),
        ("VisitRecorded", GROUP),
    ]


async def test_several_in_one_message_with_a_refusal_and_a_question_in_the_middle(
    school: School,
) -> None:
    replies = await school.say(
        XU,
        "/安排 蔡平 周五 七3 王小明\n/安排 程龙 周五 八1\n/家访 七3 李想 很好\n"
        "/安排 蔡平 昨天 七5\n/宣讲 影片 家长",
    )
    assert [one["notice"] for one in replies] == [
        "ArrangementMade",
        "NotYourLeader",
        "VisitRecorded",
        "DayPast",
        "TalkRecorded",
    ]
    # The questions queue: the first is answered, then the next is asked again.
    first, second = await school.say(XU, "1")
    assert first["facts"]["arranged"]["unit"] == "八年级1班"
    assert second["notice"] == "DayPast"
    (third,) = await school.say(XU, "周五")
    assert third["facts"]["arranged"]["unit"] == "七年级5班"
    assert await Visit.all().count() == 1


async def test_a_reply_answers_the_newest_question_that_it_fits_and_says_which(
    school: School,
) -> None:
    await school.say(LIN, "/家访 七3 诉求：内向\n/家访 七5 诉求：外向")
    done, taken, asked = await school.say(LIN, "4号")
    assert shown(done, "class_", "student", "words") == ("七年级5班", "陈晨", "外向")
    assert (taken["notice"], taken["facts"]["field"]) == ("TakenFor", "student")
    assert taken["text"] == "🔔 这句当作 /家访 问的“学生”来答的。"
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "student")
    (done,) = await school.say(LIN, "12号")
    assert shown(done, "class_", "student", "words") == ("七年级3班", "王小明", "内向")


async def test_a_reply_that_fits_one_question_alone_answers_that(school: School) -> None:
    await school.say(LIN, "/家访 七5 陈晨\n/宣讲 影片")
    done, asked = await school.say(LIN, "2")
    assert shown(done, "class_", "student") == ("七年级5班", "陈晨")
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "audience")
    assert shown((await school.say(LIN, "家长"))[0], "audience") == ("families",)


async def test_of_three_questions_each_is_answered_once(school: School) -> None:
    await school.say(LIN, "/家访 七3\n/家访 七5\n/家访 七2")
    said = ("1号", "4号", "5号")
    places = [shown(await school.one(LIN, one), "class_", "student") for one in said]
    assert places == [("七年级2班", "张伟"), ("七年级5班", "陈晨"), ("七年级3班", "李想")]
