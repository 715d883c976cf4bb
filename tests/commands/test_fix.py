"""What was recorded wrongly is put right, and whoever looks at it sees that it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.models import Correction, Deed, OutboxEntry, Visit, VisitAnswer, Visitor, Voice
from domain.notices.fixing import VisitFixedShared
from domain.notices.visits import VisitShared
from domain.queries.seen import seen_by
from tests.commands.dialogs import (
    ADMIN,
    CAI,
    CHENG,
    DIRECT,
    GAO,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    dialog,
    kinds,
    labels,
    shown,
)
from tests.fixtures.house import CHILDREN, START, School

NAMES = {name for _place, _seat, name, *_rest in CHILDREN}
SAID = "奶奶照顾，内向"
RECORD = f"/家访 七3 王小明 {SAID} 诉求：希望有晚托"


async def fixed(school: School, *texts: str, who: str = LIN) -> dict[str, Any]:
    reply = await dialog(school, who, *texts)
    assert reply["notice"] == "VisitFixed", reply["text"]
    facts: dict[str, Any] = reply["facts"]
    return facts


# --- each part ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "column", "value", "told"),
    [
        ("日期=9-2", "day", "2018-09-02", "日期 9月3日→9月2日"),
        ("日期：昨天", "day", "2018-09-02", "日期 9月3日→9月2日"),
        ("昨天", "day", "2018-09-02", "日期 9月3日→9月2日"),
        ("9-2", "day", "2018-09-02", "日期 9月3日→9月2日"),
        ("date: 2 Sep", "day", "2018-09-02", "日期 9月3日→9月2日"),
        ("方式：电话", "method", "phone", "方式 上门→电话"),
        ("电话", "method", "phone", "方式 上门→电话"),
        ("婉拒", "result", "refused", "结果 已访→婉拒"),
        ("结果：婉拒", "result", "refused", "结果 已访→婉拒"),
        ("主动联系", "kind", "contact", "类型 家访→主动联系"),
        ("七5 4号", "student", "陈晨", "学生 七(3)班 王小明→七(5)班 陈晨"),
        ("13号", "student", "王晓敏", "学生 七(3)班 王小明→七(3)班 王晓敏"),
        ("王晓敏", "student", "王晓敏", "学生 七(3)班 王小明→七(3)班 王晓敏"),
        ("性格：稳重", "answers", {"character": "稳重"}, "性格"),
        ("备注：爷爷照顾", "text", "爷爷照顾", "备注"),
    ],
)
async def test_one_part_is_put_right(
    school: School, typed: str, column: str, value: Any, told: str
) -> None:
    reply = await dialog(school, LIN, "/家访 七3 王小明 奶奶照顾", f"/更正 V1 {typed}")
    assert (reply["notice"], reply["outcome"]) == ("VisitFixed", "ok"), reply["text"]
    assert reply["facts"][column] == value
    assert reply["title"] == f"✅ V1 已更正：{told}"
    assert await Correction.exclude(column="class_").count() == 1


@pytest.mark.parametrize("name", ["/fix V1", "/更正V1", "/correct v1", "/修改 V1", "更正 编号：V1"])
async def test_however_it_is_written(school: School, name: str) -> None:
    facts = await fixed(school, RECORD, f"{name} 方式：电话")
    assert facts["method"] == "phone"


async def test_the_receipt_says_what_the_visit_is_now(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 日期：昨天 方式：电话")
    assert reply["text"] == (
        "✅ V1 已更正：方式 上门→电话、日期 9月3日→9月2日\n"
        "现在是：七(3)班 王小明 家访（电话，9月2日）\n"
        "本班 0/4，七年级 0%（要求高于 33%，按现在进度 9月15日到 0%）"
    )


async def test_in_english(school: School) -> None:
    await school.say(LIN, "/visit 7-3 no. 12")
    (reply,) = await school.say(LIN, "/fix V1 date: yesterday by phone", language="en")
    assert reply["title"] == "✅ V1 corrected: method at home → by phone, date 3 Sep → 2 Sep"


async def test_coverage_follows_what_is_right(school: School) -> None:
    async def visited() -> tuple[int, int, int]:
        class_3 = (await school.one(LIN, "/进度 七3"))["facts"]
        class_5 = (await school.one(LI, "/进度 七5"))["facts"]
        return class_3["visited"], class_3["refused"], class_5["visited"]

    await school.say(LIN, "/家访 七3 王小明")
    assert await visited() == (1, 0, 0)
    await fixed(school, "/更正 V1 婉拒")
    assert await visited() == (0, 1, 0)
    await fixed(school, "/更正 V1 已访")
    await fixed(school, "/更正 V1 七5 4号")
    assert await visited() == (0, 0, 1)
    # Nor is the first family the one that was seen that day.
    assert (await school.one(LIN, "/家访 七3 王小明"))["notice"] == "VisitRecorded"


async def test_a_note_and_all_that_was_added_to_it_are_one_text_then(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明 好", "/家访 V1 又去了一次", "/家访 V1 性格：内向")
    facts = await fixed(school, "/家访 V1 性格：怕生", "/更正 V1 备注：很好 性格：稳重")
    assert (facts["text"], facts["answers"]) == ("很好", {"character": "稳重"})
    assert not await Correction.filter(before__not_isnull=True).exists()
    assert await Correction.filter(before_text__not_isnull=True).count() == 2


async def test_a_word_for_nothing_takes_out_what_stands_there_and_a_blank_does_nothing(
    school: School,
) -> None:
    facts = await fixed(school, "/家访 七3 王小明 好 性格：内向", "/更正 V1 备注：无 性格：…")
    assert (facts["text"], facts["answers"]) == (None, {"character": "内向"})


async def test_who_went_along_is_put_right(school: School) -> None:
    facts = await fixed(school, RECORD + " 同行：李梅、程龙", "/更正 V1 同行：李梅、高远")
    assert facts["companions"] == ["李梅", "高远"]
    assert [(one["before"], one["after"]) for one in facts["changes"]] == [
        ("程龙", None),
        (None, "高远"),
    ]
    shared = await OutboxEntry.filter(notice="VisitShared").order_by("id")
    assert shared[-1].person_id == school.people[GAO]
    facts = await fixed(school, "/更正 V1 同行：无")
    assert facts["companions"] == []
    assert await Visitor.filter(person_id=school.people[LIN]).exists()


async def test_a_talk_with_a_teacher_is_put_right(school: School) -> None:
    reply = await dialog(school, LIN, "/走访 教师 李梅 有点累", "/更正 V1 教师：高远 电话")
    assert reply["title"] == "✅ V1 已更正：方式 到校→电话、教师 李梅→高远"
    assert reply["text"].split("\n")[1] == "现在是：走访教师 高远（电话）"


async def test_what_was_put_right_shows_whenever_it_is_spoken_of(school: School) -> None:
    await dialog(school, LIN, RECORD, "/更正 V1 电话")
    twice = await school.one(LIN, "/家访 七3 王小明 电话 很好")
    assert twice["title"] == "❓ 这一天已有 V1：七(3)班 王小明 家访（电话）（有更正）"
    added = await school.one(LIN, "1")
    assert added["title"] == "✅ V1（七(3)班 王小明）已补充：备注（有更正）"
    notice = VisitShared(visit=1, by=school.people[LIN])
    view: Any = await seen_by(notice, school.people[LI], occasion="a")
    assert view.corrected


async def test_a_name_on_no_list_that_was_a_slip_is_known_no_more(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小萌萌", "3")
    await fixed(school, "/更正 V1 12号")
    assert (await school.one(LIN, "/家访 七3 王小萌萌"))["notice"] == "StudentUnknown"
    await dialog(school, LIN, "取消", "/撤销")
    assert (await school.one(LIN, "/家访 七3 王小萌萌 昨天"))["notice"] == "VisitRecorded"


# --- what is never edited ----------------------------------------------------------------------


async def test_words_are_never_edited(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 诉求：希望延长晚托 电话")
    assert (reply["notice"], reply["reason"]) == ("WordsStay", "not_allowed")
    assert reply["text"] == "⛔ 诉求是对方的原话，不能改。\n要补充就发：/家访 V1 诉求：…"
    assert (await Visit.get()).method == "home"
    assert await Correction.all().count() == 0


async def test_no_clock_is_moved(school: School) -> None:
    await school.say(LIN, RECORD)
    before, recorded = await Voice.get(), (await Visit.get()).recorded_at
    await fixed(school, "/更正 V1 日期：8-30", "/更正 V1 七5 4号")
    after = await Voice.get()
    assert (after.heard_on, after.recorded_at) == (before.heard_on, before.recorded_at)
    assert after.heard_on == START.date()
    assert (await Visit.get()).recorded_at == recorded
    assert (await Visit.get()).day == date(2018, 8, 30)


# --- a question, a refusal ---------------------------------------------------------------------


async def test_without_a_part_it_is_asked_what_should_be_put_right(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1")
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("FixAsked", "ask", "text")
    assert reply["text"].split("\n")[1] == "现在是：七(3)班 王小明 家访（上门）"
    assert (await fixed(school, "昨天 电话"))["method"] == "phone"
    await school.say(LIN, "/更正 V1")
    assert (await fixed(school, "性格：稳重"))["answers"] == {"character": "稳重"}


async def test_without_a_number_it_is_asked_for(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 电话")
    assert (reply["outcome"], reply["about"]) == ("ask", "visit")
    assert (await fixed(school, "V1"))["method"] == "phone"


async def test_a_day_to_come_and_one_that_is_none_are_asked_about(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 日期：明天")
    assert (reply["notice"], reply["reason"]) == ("DayInFuture", "future_date")
    assert (await fixed(school, "昨天"))["day"] == "2018-09-02"
    reply = await school.one(LIN, "/更正 V1 日期：9-31")
    assert reply["outcome"] in ("refuse", "suggest")
    assert (await Visit.get()).day == date(2018, 9, 2)


async def test_a_class_alone_is_asked_for_the_child(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 七5")
    assert (reply["outcome"], reply["about"]) == ("ask", "student")
    assert (await fixed(school, "4号"))["class_"] == "七年级5班"


async def test_two_of_one_name_are_a_choice(school: School) -> None:
    await school.say(LI, "/家访 七5 张伟")
    reply = await school.one(LI, "/更正 V1 七5 陈晨")
    assert (reply["notice"], labels(reply)) == (
        "ChoiceAsked",
        ["七(5)班 陈晨（4号）", "七(5)班 陈晨（9号）"],
    )
    assert (await fixed(school, "1", who=LI))["student"] == "陈晨"


async def test_what_is_right_already_is_no_correction(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, f"/更正 V1 上门 今天 12号 已访 家访 备注：{SAID}")
    assert (reply["notice"], reply["reason"]) == ("FixChangesNothing", "wrong_state")
    assert reply["text"] == "⛔ V1 本来就是这样，没有改动。"
    assert await Deed.filter(kind="visit.fix").count() == 0


@pytest.mark.parametrize(
    ("record", "typed", "fields"),
    [
        ("/走访 教师 李梅 好", "七3 王小明 婉拒 性格：急", "班级、学生、结果、性格"),
        ("/家访 七3 王小明", "教师：李梅", "教师"),
    ],
)
async def test_a_part_that_this_visit_does_not_have_is_refused(
    school: School, record: str, typed: str, fields: str
) -> None:
    reply = await dialog(school, LIN, record, f"/更正 V1 {typed}")
    assert reply["notice"] == "NotInThisVisit"
    assert reply["text"] == f"⛔ V1 里没有{fields}，这条没有改。"


async def test_what_was_taken_back_is_not_put_right(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/撤销", "/更正 V1 电话")
    assert (reply["notice"], reply["reason"]) == ("VisitTakenBack", "wrong_state")


async def test_more_than_it_takes_is_asked_about(school: School) -> None:
    reply = await dialog(school, LIN, RECORD, "/更正 V1 七5 4号 其实是他")
    assert reply["notice"] == "DidYouMean"


# --- who may, and who hears of it --------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((who, "VisitFixed") for who in (LIN, XU, OFFICE)),
        # Whoever went along may add, whoever teaches the class or leads may read.
        *((who, "RecordOfOthers") for who in (LI, GAO, CAI, HEAD, "谷辉")),
        *((who, "VisitUnknown") for who in (CHENG, ADMIN)),
    ],
)
async def test_the_recorder_the_liaison_and_the_office_may(
    school: School, who: str, may: str
) -> None:
    await school.say(LIN, "/家访 七5 4号 同行：高远")
    reply = await school.one(who, "/更正 V1 电话")
    assert reply["notice"] == may
    assert (await Visit.get()).method == ("phone" if may == "VisitFixed" else "home")
    nobody_s = await school.one(who, "/更正 V99 电话")
    if may == "VisitUnknown":
        # Not a word tells the two apart.
        assert (reply["notice"], reply["reason"]) == (nobody_s["notice"], nobody_s["reason"])
        assert reply["text"].replace("V1", "V99") == nobody_s["text"]


async def test_who_went_along_hears_whose_it_is_and_what_they_may_do(school: School) -> None:
    await school.say(LIN, "/家访 七5 4号 同行：高远")
    reply = await school.one(GAO, "/更正 V1 电话")
    assert reply["text"].split("\n") == [
        "⛔ V1 是林晓记的。",
        "更正由林晓、联络人、办公室来：/更正 V1 …",
        "你可以补充：/家访 V1 …",
    ]
    (english,) = await school.say(GAO, "/fix V1 by phone", language="en")
    assert english["text"].split("\n") == [
        "⛔ V1 was recorded by 林晓.",
        "It is corrected by 林晓, liaison, office: /fix V1 …",
        "You can add to it: /visit V1 …",
    ]


async def test_who_stands_in_for_the_class_teacher_hears_it_too(school: School) -> None:
    await school.one(LIN, RECORD)
    await school.one(LIN, "/名册 请假 今天 代理 高远")
    assert (await school.one(GAO, "/更正 V1 电话"))["notice"] == "RecordOfOthers"


async def test_what_a_teacher_confided_is_the_recorder_s_alone_to_put_right(
    school: School,
) -> None:
    await school.say(LIN, "/走访 教师 李梅 有点累")
    for who in (XU, OFFICE, LI):
        assert (await school.one(who, "/更正 V1 电话"))["notice"] == "VisitUnknown"
    await fixed(school, "/更正 V1 电话")


async def test_the_recorder_and_who_went_along_hear_of_it(school: School) -> None:
    await school.say(LIN, RECORD + " 同行：李梅")
    reply = await school.one(XU, "/更正 V1 日期：昨天")
    assert reply["text"].split("\n")[-1] == "已告诉林晓、李梅。"
    entries = await OutboxEntry.filter(notice="VisitFixedShared").order_by("id")
    assert [one.person_id for one in entries] == [school.people[LIN], school.people[LI]]
    deed = await Deed.get(kind="visit.fix")
    notice = VisitFixedShared(visit=1, by=school.people[XU], deed=deed.id)
    view: Any = await seen_by(notice, school.people[LIN], occasion="a")
    assert (view.by, view.changes[0].before, view.changes[0].after) == (
        "许宁",
        date(2018, 9, 3),
        date(2018, 9, 2),
    )


async def test_a_group_hears_numbers_and_no_names(school: School) -> None:
    await school.say(LIN, "/家访 七3 12号", GROUP)
    receipt, hint = await school.say(LIN, f"/更正 V1 七3 王晓敏 性格：{SAID}", GROUP)
    assert kinds([receipt, hint]) == [("VisitFixed", GROUP), ("NameInGroup", DIRECT)]
    assert receipt["title"] == "✅ V1 已更正：学生 七(3)班 12号→七(3)班 13号、性格"
    assert not any(name in str(receipt) for name in (*NAMES, SAID))
    assert hint["facts"]["visit"] == 1
    asked = await school.say(LIN, "/更正 V1", GROUP)
    assert kinds(asked) == [("ToldPrivately", GROUP), ("FixAsked", DIRECT)]


# --- taken back --------------------------------------------------------------------------------


async def test_a_correction_is_taken_back_like_anything_else(school: School) -> None:
    await dialog(
        school, LIN, RECORD + " 同行：李梅", "/家访 V1 又去了 性格：内向", "/家访 V1 性格：怕生"
    )
    before = await school.one(LIN, "/家访 V1 家庭情况：好")
    await fixed(
        school,
        "/更正 V1 七5 4号 昨天 电话 婉拒 主动联系 备注：无 性格：稳重 同行：高远 家庭情况：差",
    )
    reply = await school.one(LIN, "/撤销")
    assert reply["text"].split("\n")[:2] == [
        "✅ V1（七(3)班 王小明）刚才的更正已撤销：结果、方式、类型、日期、学生、同行、备注、家庭情况、性格",
        "现在是：七(3)班 王小明 家访（上门）",
    ]
    names = [
        "student",
        "class_",
        "day",
        "method",
        "result",
        "kind",
        "text",
        "answers",
        "companions",
    ]
    assert shown(reply, *names) == shown(before, *names)
    assert not reply["facts"]["corrected"]
    assert await Correction.all().count() == 0
    # One step further back, the additions are what they were.
    assert shown(await school.one(LIN, "/撤销"), "answers") == ({"character": "内向\n怕生"},)
    assert shown(await school.one(LIN, "/撤销"), "answers") == ({"character": "内向"},)
    assert shown(await school.one(LIN, "/撤销"), "answers", "text") == ({}, SAID)


async def test_what_somebody_else_corrected_is_not_taken_from_under_them(school: School) -> None:
    await school.say(LIN, RECORD)
    await fixed(school, "/更正 V1 电话", who=XU)
    assert (await school.one(LIN, "/撤销"))["notice"] == "UndoBuiltOn"
    told = await school.one(XU, "/撤销")
    assert shown(told, "method", "told") == ("home", ["林晓"])
    entry = await OutboxEntry.get(notice="VisitUndoneShared")
    assert (entry.person_id, entry.facts["what"]) == (school.people[LIN], "fix")
    assert (await school.one(LIN, "/撤销"))["notice"] == "VisitUndone"


@pytest.mark.parametrize("later", ["/更正 V1 昨天", "/家访 V1 性格：稳重"])
async def test_a_correction_stays_once_somebody_else_went_on_from_it(
    school: School, later: str
) -> None:
    await school.say(LI, "/家访 七5 4号 同行：许宁")
    await fixed(school, "/更正 V1 电话", who=LI)
    await school.say(XU, later)
    assert (await school.one(LI, "/撤销"))["notice"] == "UndoBuiltOn"
    assert (await Visit.get()).method == "phone"


async def test_after_ten_minutes_a_correction_is_put_right_by_another(school: School) -> None:
    await fixed(school, RECORD, "/更正 V1 电话")
    await school.move_to((await Deed.get(kind="visit.fix")).at + timedelta(minutes=11))
    reply = await school.one(LIN, "/撤销")
    assert (reply["notice"], reply["reason"]) == ("UndoTooLate", "too_late")
    assert reply["title"].startswith("⛔ V1 的更正，8:00 记的，")
    assert (await fixed(school, "/更正 V1 上门"))["method"] == "home"
    assert await VisitAnswer.all().count() == 0
