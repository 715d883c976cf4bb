"""A problem without a visit: recorded in one line, its words as they were said."""

import pytest

from domain.models import Problem, ProblemEvent, Voice
from domain.queries.students import student_in_seat
from tests.commands.dialogs import GROUP, HEAD, LIN, OFFICE, XU, dialog, shown
from tests.fixtures.house import School

SAID = "食堂排队太久"
ON_PHONE = f"/问题 七年级 {SAID} 来源=电话 反映人=家长 日期=昨天"


async def test_a_problem_is_recorded_in_one_line(school: School) -> None:
    reply = await school.one(XU, ON_PHONE)
    assert (reply["notice"], reply["outcome"]) == ("ProblemRecorded", "ok")
    assert shown(reply, "problem", "unit", "words", "due", "red_flag") == (
        1,
        "七年级",
        SAID,
        "2018-09-17T17:00:00+08:00",
        False,
    )
    problem = await Problem.get()
    assert (problem.state, problem.source, problem.speaker) == ("listed", "phone", "parent")
    assert reply["text"].split("\n")[:3] == [
        "✅ #1 已立：七年级",
        f"“{SAID}”",
        "9月17日 (周一) 17:00 前答复。",
    ]


async def test_its_suggestion_has_a_reason_and_decides_nothing(school: School) -> None:
    reply = await school.one(XU, ON_PHONE)
    first = reply["facts"]["category_suggested"][0]
    assert (first["category"], first["level"]) == ("logistics", "school")
    assert 0 < first["confidence"] < 1
    assert "食堂" in reply["facts"]["because"]
    assert "建议分类：后勤安全（因为：食堂" in reply["text"]
    assert reply["text"].endswith("。对吗？\n1 对　2 换一个")
    assert (await Problem.get()).category is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/问题 七3 食堂 排队，太久！ ", "食堂 排队，太久！"),
        ("/问题 食堂排队太久\n有时到一点  还吃不上", "食堂排队太久\n有时到一点  还吃不上"),
        ("/issue 7-3 the Queue is “too” long…", "the Queue is “too” long…"),
        ("/问题 七3 昨天 电话 里说 食堂排队", "昨天 电话 里说 食堂排队"),
        ("/问题七3食堂排队太久", SAID),
        ("/问题 七3 同名 的孩子 总被叫错", "同名 的孩子 总被叫错"),
        ("/问题 诉求：食堂排队太久 摘要：排队", SAID),
        (
            "/问题 七3 \U0001f468\u200d\U0001f467 \u200f\u05e9\u05dc",
            "\U0001f468\u200d\U0001f467 \u200f\u05e9\u05dc",
        ),
    ],
)
async def test_the_words_are_kept_byte_for_byte(school: School, typed: str, words: str) -> None:
    reply = await school.one(LIN, typed)
    assert shown(reply, "words", "unit") == (words, "七年级3班")


async def test_a_class_teacher_leaves_the_class_out_and_others_are_asked(school: School) -> None:
    assert shown(await school.one(LIN, f"/问题 {SAID}"), "unit") == ("七年级3班",)
    assert shown(await school.one(XU, f"/问题 {SAID}"), "unit") == ("七年级",)
    asked = await school.one(OFFICE, f"/问题 {SAID}")
    assert (asked["outcome"], asked["facts"]["missing"]) == ("ask", ["unit"])
    assert shown(await school.one(OFFICE, "总务处"), "unit", "words") == ("总务处", SAID)


async def test_all_that_is_missing_is_asked_in_one_message(school: School) -> None:
    asked = await school.one(OFFICE, "/问题 来源=来信")
    assert (asked["outcome"], asked["facts"]["missing"]) == ("ask", ["unit", "words"])
    reply = await school.one(OFFICE, f"单位：七年级 诉求：{SAID}")
    assert shown(reply, "unit", "words") == ("七年级", SAID)
    assert (await Problem.get()).source == "letter"


async def test_a_department_in_front_is_where_it_arose(school: School) -> None:
    reply = await school.one(HEAD, "/问题 总务处 灯坏了")
    assert shown(reply, "unit", "words") == ("总务处", "灯坏了")
    reply = await school.one(HEAD, "/问题 全校 校门口太堵")
    assert shown(reply, "words") == ("校门口太堵",)


async def test_a_child_s_family_s_key_seals_its_words(school: School) -> None:
    await school.say(LIN, f"/问题 七3 {SAID} 学生=12号")
    child = await student_in_seat(school.classes[7, 3], 12)
    voice = await Voice.get()
    assert child
    assert voice.family_id == child.family
    assert (voice.source, voice.speaker, voice.place) == ("unsaid", "parent", 1)


async def test_answered_there_and_then_it_is_closed_and_counts(school: School) -> None:
    reply = await school.one(LIN, f"/问题 {SAID} 当场答复：已加开窗口")
    problem = await Problem.get()
    assert (problem.state, problem.ending) == ("closed", "on_the_spot")
    assert "当场答复" in reply["title"]
    assert (await ProblemEvent.get()).kind == "answer"


async def test_recorded_late_it_starts_today_and_the_lag_is_shown(school: School) -> None:
    reply = await school.one(LIN, f"/问题 {SAID} 日期=8-28")
    assert "补录晚了 6 天，从今天算起" in reply["text"]
    assert shown(reply, "late_by", "due") == (6, "2018-09-18T17:00:00+08:00")
    ahead = await school.one(LIN, f"/问题 {SAID} 日期=9-5")
    assert ahead["reason"] == "future_date"


async def test_in_a_group_there_are_no_words(school: School) -> None:
    replies = await school.say(LIN, ON_PHONE, GROUP)
    assert [one["notice"] for one in replies] == ["ProblemRecorded", "NameInGroup"]
    assert SAID not in replies[0]["text"]
    assert replies[0]["text"].split("\n") == ["✅ #1 已立：七年级", "9月17日 (周一) 17:00 前答复。"]
    asked = await school.say(OFFICE, "/问题 七年级", GROUP)
    assert [one["chat"] for one in asked] == [GROUP, "direct"]


async def test_it_is_taken_back_within_ten_minutes_by_its_number_too(school: School) -> None:
    reply = await dialog(school, LIN, f"/问题 {SAID}", "/撤销")
    assert reply["notice"] == "ProblemMoved"
    assert (await Problem.get()).state == "withdrawn"
    reply = await dialog(school, LIN, f"/问题 {SAID}", "/撤销 #2")
    assert "#2 " in reply["title"]
    assert (await school.one(LIN, "/撤销 #2"))["notice"] == "UndoneAlready"
    unknown = await school.one(OFFICE, "/撤销 #2")
    assert unknown["reason"] == "no_such_problem"
