"""A visit is one line to type, in whatever way people type it, and its receipt carries a number."""

from __future__ import annotations

import pytest

from tests.commands.dialogs import CHENG, DIRECT, GAO, LI, LIN, dialog, shown
from tests.fixtures.house import School

TODAY = "2018-09-03"


async def test_a_visit_is_recorded_and_its_receipt_tells_all_that_matters(school: School) -> None:
    reply = await school.one(LIN, "/visit 七3 王小明 奶奶照顾，内向 诉求：希望有晚托")
    assert (reply["notice"], reply["outcome"], reply["chat"]) == ("VisitRecorded", "ok", DIRECT)
    assert (reply["about"], reply["reason"]) == (None, None)
    assert reply["understood"] == {
        "command": "visit",
        "action": "record",
        "class_": "七年级3班",
        "student": "王小明",
        "kind": "home",
        "result": "visited",
        "method": "home",
        "day": TODAY,
        "text": "奶奶照顾，内向",
        "words": "希望有晚托",
    }
    facts = reply["facts"]
    assert (facts["visit"], facts["class_"], facts["student"]) == (1, "七年级3班", "王小明")
    assert (facts["text"], facts["words"], facts["problem"]) == (
        "奶奶照顾，内向",
        "希望有晚托",
        1,
    )
    assert facts["open_questions"] == ["situation", "character"]
    assert [(one["unit"], one["visited"]) for one in facts["coverage"]] == [
        ("七年级3班", 1),
        ("七年级", 1),
    ]
    assert reply["text"].split("\n") == [
        "✅ V1 已记录：七(3)班 王小明 家访（上门）",
        "本班 1/4，七年级 12%（要求高于 33%，按现在进度 9月15日到 23%）",
        "诉求“希望有晚托”已立为 #1。建议分类：后勤安全（因为：晚托）。对吗？",
        "还有 2 项没填，可直接回：",
        "家庭情况：…　性格：…",
        "1 对　2 换一个",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "/visit 七3 王小明",
        "／家访 七(3)班 王小明",
        "、走访 七年级3班 王小明",
        "家访 七3 王小明",
        "走访七3王小明",
        "/家访七3王小明",
        "/家访703王小明",
        "/家访 703 12号",
        "/家访 703班 12 号",
        "/家访 初一3班 十二号",
        "/visit 7-3 no. 12",
        "/visit G7-3 Wang Xiaoming",
        "/visit 7-3 wang xiaoming",
        "/家访 七（３）班 wangxiaoming",
        "/家访 王小明 七3",
        "/家访 七3 王晓明",
        "/家访 班级：七3 学生：王小明",
        "/visit class: 7-3 student: 12",
        "/家访 王小明",
        "/家访 12号",
        "\u200b /家访 七3 王小明",
        "@走访 /家访 七3 王小明",
    ],
)
async def test_however_class_and_child_are_written_it_is_the_same_visit(
    school: School, typed: str
) -> None:
    reply = await school.one(LIN, typed)
    assert (reply["notice"], *shown(reply, "class_", "student", "text")) == (
        "VisitRecorded",
        "七年级3班",
        "王小明",
        None,
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/家访七3王小明奶奶照顾", "奶奶照顾"),
        ("/家访 七3 欧阳娜娜奶奶照顾，内向", "奶奶照顾，内向"),
        ("/visit 7-3 wang xiaoming his grandmother", "his grandmother"),
    ],
)
async def test_text_that_is_glued_to_a_name_is_text(school: School, typed: str, text: str) -> None:
    reply = await school.one(LIN, typed)
    assert reply["notice"] == "VisitRecorded"
    assert reply["facts"]["text"] == text


@pytest.mark.parametrize(
    ("typed", "method", "called"),
    [
        ("", "home", "上门"),
        ("上门", "home", "上门"),
        ("到校", "school", "到校"),
        ("电话", "phone", "电话"),
        ("视频", "video", "视频"),
        ("微信", "wechat", "微信"),
        ("方式=电话", "phone", "电话"),
        ("方式：到校", "school", "到校"),
        ("走访方式：视频通话", "video", "视频"),
        ("method=wechat", "wechat", "微信"),
        ("方式=上门 方式=电话", "phone", "电话"),
    ],
)
async def test_the_method_is_said_by_its_place_or_its_label(
    school: School, typed: str, method: str, called: str
) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed} 家里很好")
    assert shown(reply, "method", "kind", "text") == (method, "home", "家里很好")
    assert f"（{called}）" in reply["title"]


@pytest.mark.parametrize(
    "typed",
    [
        "婉拒",
        "拒绝",
        "不方便",
        "不愿上门",
        "不愿意",
        "谢绝",
        "家长婉拒",
        "结果：婉拒",
        "result=refused",
    ],
)
async def test_a_refusal_counts_as_heard_and_is_shown_apart(school: School, typed: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed}")
    assert shown(reply, "result", "open_questions") == ("refused", [])
    assert reply["text"].startswith("✅ V1 已记录：七(3)班 王小明 婉拒走访\n婉拒也算听到")
    (own_class, grade) = reply["facts"]["coverage"]
    assert [(one["visited"], one["refused"]) for one in (own_class, grade)] == [(0, 1), (0, 1)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("昨天", "2018-09-02"),
        ("8-30", "2018-08-30"),
        ("8月30日", "2018-08-30"),
        ("30号", "2018-08-30"),
        ("上周五", "2018-08-31"),
        ("周日", "2018-09-02"),
        ("日期：前天", "2018-09-01"),
        ("date=yesterday", "2018-09-02"),
        ("今天", TODAY),
    ],
)
async def test_a_past_day_is_told_on_the_receipt_and_today_is_not(
    school: School, typed: str, day: str
) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 {typed}")
    assert shown(reply, "day") == (day,)
    assert ("月" in reply["title"]) == (day != TODAY)


async def test_a_talk_with_a_teacher(school: School) -> None:
    reply = await school.one(LIN, "/visit 教师 李梅 带两个班，有点累 诉求：希望少开会")
    assert reply["understood"]["action"] == "teacher"
    assert shown(reply, "kind", "teacher", "student", "class_") == ("teacher", "李梅", None, None)
    assert shown(reply, "text", "words", "open_questions", "coverage") == (
        "带两个班，有点累",
        "希望少开会",
        [],
        [],
    )
    assert reply["title"] == "✅ V1 已记录：走访教师 李梅（到校）"


@pytest.mark.parametrize("typed", ["李老师", "limei", "@李梅", "类型：教师 教师：李梅"])
async def test_a_teacher_is_known_by_name_sound_and_title(school: School, typed: str) -> None:
    command = f"/走访 {'' if '类型' in typed else '教师 '}{typed} 有点累"
    assert shown(await school.one(LIN, command), "teacher", "text") == ("李梅", "有点累")


@pytest.mark.parametrize("typed", ["主动联系 七3 王小明 电话", "七3 王小明 电话 类型：主动联系"])
async def test_an_active_contact_has_no_questions_of_the_stage(school: School, typed: str) -> None:
    reply = await school.one(LIN, f"/走访 {typed} 最近请假多")
    assert shown(reply, "kind", "method", "open_questions") == ("contact", "phone", [])
    assert "七(3)班 王小明 主动联系（电话）" in reply["title"]


@pytest.mark.parametrize(
    "typed", ["李梅、程龙", "李梅 程龙", "李老师和程龙", "@李梅 @程龙", "李梅、程龙、李梅"]
)
async def test_several_visitors_are_named_once_each(school: School, typed: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 家里很好 同行：{typed}")
    assert shown(reply, "companions", "text") == (["李梅", "程龙"], "家里很好")
    assert "同行：李梅、程龙" in reply["text"]


async def test_who_records_is_not_a_companion_of_their_own(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 同行：林晓、李梅")
    assert shown(reply, "companions") == (["李梅"],)


@pytest.mark.parametrize("none", ["无", "暂无", "没有。", "…", "none"])
async def test_a_word_for_nothing_is_no_request(school: School, none: str) -> None:
    reply = await school.one(LIN, f"/家访 七3 王小明 家里很好 诉求：{none} 性格：…")
    assert shown(reply, "words", "has_words", "answers", "text") == (None, False, {}, "家里很好")
    assert "诉求" not in reply["text"]


async def test_answers_by_label_leave_nothing_open(school: School) -> None:
    reply = await school.one(GAO, "/家访 八1 赵一诺 学情：稳定，英语弱\n目标：嘉兴一中 诉求：无")
    assert shown(reply, "answers", "open_questions") == (
        {"learning": "稳定，英语弱", "targets": "嘉兴一中"},
        [],
    )
    assert len(reply["text"].split("\n")) == 2


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("/家访 七3 王小明", ["situation", "character"]),
        ("/家访 八1 赵一诺", ["learning", "targets"]),
        ("/家访 高二1 周舟", ["learning", "targets"]),
        ("/家访 高三1 吴桐", ["mood", "revision"]),
        ("/家访 高三1 吴桐 心态：平稳", ["revision"]),
    ],
)
async def test_each_stage_has_its_own_questions(
    school: School, typed: str, questions: list[str]
) -> None:
    assert shown(await school.one(CHENG, typed), "open_questions") == (questions,)


async def test_two_commands_in_one_message_are_done_in_order(school: School) -> None:
    text = "/家访 七3 王小明 很好\n第二行\n/家访 七3 王晓敏 内向\n/进度 七3"
    first, second, third = await school.say(LIN, text)
    assert shown(first, "visit", "student", "text") == (1, "王小明", "很好\n第二行")
    assert shown(second, "visit", "student", "text") == (2, "王晓敏", "内向")
    assert (third["notice"], third["facts"]["visited"]) == ("CoverageShown", 2)


async def test_one_that_fails_leaves_the_others_done(school: School) -> None:
    first, second = await school.say(LIN, "/家访 七3 王小明 9-20\n/家访 七3 王晓敏")
    assert first["reason"] == "future_date"
    assert second["facts"]["student"] == "王晓敏"


async def test_siblings_are_each_visited_in_their_own_class(school: School) -> None:
    reply = await school.one(GAO, "/家访 八1 李念 家里很好")
    assert shown(reply, "class_", "student") == ("八年级1班", "李念")
    assert (await school.one(LIN, "/进度 七3"))["facts"]["visited"] == 1


async def test_a_leader_finds_a_child_by_name_alone(school: School) -> None:
    reply = await school.one(CHENG, "/家访 王小明 好孩子")
    assert shown(reply, "class_", "student", "text") == ("七年级3班", "王小明", "好孩子")


async def test_twenty_thousand_bytes_are_kept_as_they_are(school: School) -> None:
    text = (
        "开头\t😀𠮷 \u200f\u05e2\u05d1\u200e é e\u0301 “引号”  两个空格\r\n"
        + "字" * 6600
        + "\n\n结尾."
    )
    assert len(text.encode()) > 19_800
    reply = await school.one(LIN, f"/家访 七3 王小明 {text}")
    assert shown(reply, "text") == (text,)


async def test_a_repeat_of_a_message_is_answered_and_recorded_once(school: School) -> None:
    first = await school.say(LIN, "/家访 七3 王小明 好", message_id="same")
    again = await school.say(LIN, "/家访 七3 王小明 好", message_id="same")
    assert [reply["facts"]["visit"] for reply in (*first, *again)] == [1, 1]
    assert (await dialog(school, LI, "/家访 七5 张伟"))["facts"]["visit"] == 2


async def test_the_receipt_is_said_in_english_too(school: School) -> None:
    (reply,) = await school.say(LIN, "/visit 7-3 no. 12 yesterday by phone", language="en")
    assert reply["title"] == (
        "✅ V1 recorded: home visit (by phone, 2 Sep), Class 3 of Grade 7, 王小明"
    )
    assert reply["text"].split("\n")[-2:] == [
        "2 points are open; you can simply reply:",
        "situation: …  character: …",
    ]


@pytest.mark.parametrize("typed", ["/visit 12号 9-2 内向", "/visit 王小明 9-2 内向"])
async def test_once_the_child_is_said_9_2_is_a_day_and_no_class(school: School, typed: str) -> None:
    said = await school.one("林晓", typed)
    assert said["notice"] == "VisitRecorded"
    assert (said["facts"]["class_"], said["facts"]["day"]) == ("七年级3班", "2018-09-02")
