"""A talk is one line to type; its receipt carries a number, and whoever held it too is told."""

from __future__ import annotations

from typing import Any

import pytest

from domain.models import Deed, OutboxEntry, Speaker, Talk, TalkNote
from domain.notices.base import notice_from
from tests.commands.dialogs import (
    ADMIN,
    DIRECT,
    GROUP,
    LI,
    LIN,
    OFFICE,
    dialog,
    labels,
    shown,
)
from tests.fixtures.house import School

FACTS = ("form", "audience", "people", "unit", "day", "note")


async def told(school: School, who: str, text: str, chat: str = DIRECT) -> tuple[Any, ...]:
    """What a talk is recorded as."""
    reply = await school.one(who, text, chat)
    assert reply["notice"] == "TalkRecorded", reply["text"]
    return shown(reply, *FACTS)


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        (
            "/talk 影片 家长 120人 活动中心",
            ("film", "families", 120, None, "2018-09-03", "活动中心"),
        ),
        (
            "/宣讲 读书 学生 七3 45人 昨天",
            ("reading", "students", 45, "七年级3班", "2018-09-02", None),
        ),
        (
            "/宣讲 宣传册 全体师生 七年级",
            ("booklet", "everyone", None, "七年级", "2018-09-03", None),
        ),
        (
            "/宣讲 党课 党员 一百二十人 上周五",
            ("lecture", "party_members", 120, None, "2018-08-31", None),
        ),
        ("宣讲 家长会 家长", ("meeting", "families", None, None, "2018-09-03", None)),
        (
            "/宣讲 对象：教师 形式：讲座 人数：50",
            ("lecture", "teachers", 50, None, "2018-09-03", None),
        ),
        # In whatever order; what is no field of its own is the note.
        (
            "/宣讲 活动中心 家长 120人 影片",
            ("film", "families", 120, None, "2018-09-03", "活动中心"),
        ),
        (
            "/宣讲 讲座 总务处 教职工 报告厅",
            ("lecture", "teachers", None, "总务处", "2018-09-03", "报告厅"),
        ),
        (
            "/宣讲 讲座 教师 报告厅，昨天，50人",
            ("lecture", "teachers", 50, None, "2018-09-02", "报告厅"),
        ),
        # A room's number isn't a class, and a word within a sentence no field.
        ("/宣讲 讲座 教师 在 703", ("lecture", "teachers", None, None, "2018-09-03", "在 703")),
        (
            "/宣讲 讲座 教师 家长也来了",
            ("lecture", "teachers", None, None, "2018-09-03", "家长也来了"),
        ),
        (
            "/talk film 120 parents at the hall",
            ("film", "families", 120, None, "2018-09-03", "at the hall"),
        ),
        (
            "/talk reading students 7-3 45 people yesterday",
            ("reading", "students", 45, "七年级3班", "2018-09-02", None),
        ),
    ],
)
async def test_a_talk_is_recorded_however_it_is_typed(
    school: School, typed: str, recorded: tuple[Any, ...]
) -> None:
    assert await told(school, LIN, typed) == recorded


async def test_the_receipt_says_what_was_understood_in_both_languages(school: School) -> None:
    typed = "/宣讲 读书 学生 七3 45人 昨天 阅览室 同行：李梅"
    (chinese,) = await school.say(LIN, typed)
    assert chinese["text"].split("\n") == [
        "✅ T1 已记录：读书，学生 45 人，七(3)班，9月2日",
        "备注：阅览室",
        "同行：李梅",
    ]
    (english,) = await school.say(LI, typed.replace("李梅", "林晓"), language="en")
    assert english["text"].split("\n") == [
        "✅ T2 recorded: reading for students (45); Class 3 of Grade 7; 2 Sep",
        "Note: 阅览室",
        "Along with 林晓",
    ]


async def test_everybody_on_the_roster_may(school: School) -> None:
    for who in (LIN, OFFICE, ADMIN, "邵毓君", "许宁"):
        assert (await school.one(who, "/宣讲 影片 家长"))["notice"] == "TalkRecorded"


async def test_in_a_group_the_receipt_repeats_nothing_that_was_written(school: School) -> None:
    (reply,) = await school.say(LIN, "/宣讲 影片 家长 120人 西瓜", GROUP)
    # One message: where a film was shown needn't be recalled.
    assert (reply["notice"], reply["chat"]) == ("TalkRecorded", GROUP)
    assert reply["text"] == "✅ T1 已记录：影片，家长 120 人"
    assert "西瓜" not in str(reply)
    (talk,) = await Talk.all()
    assert talk.note is not None


async def test_whoever_held_it_too_is_told(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 同行：蔡平、李梅、林晓")
    held = [one.person_id for one in await Speaker.filter(talk_id=1).order_by("id")]
    assert held == [school.people[name] for name in (LIN, "蔡平", LI)]
    rows = await OutboxEntry.filter(notice="TalkShared").order_by("id")
    assert [row.person_id for row in rows] == [school.people["蔡平"], school.people[LI]]
    assert notice_from(rows[0].notice, rows[0].facts).by == school.people[LIN]  # type: ignore[attr-defined]


# --- what is missing, and what can't be ----------------------------------------------------


async def test_form_and_audience_are_asked_for_by_name_with_an_example(school: School) -> None:
    (both,) = await school.say(LIN, "/宣讲")
    assert (both["notice"], both["about"]) == ("FieldsAsked", "form")
    assert both["text"].startswith("❓ 还差形式、对象。\n例：/宣讲 影片 家长 120人 活动中心")
    one = await school.one(LIN, "影片 活动中心")
    assert (one["notice"], one["about"]) == ("FieldsAsked", "audience")
    assert labels(one) == ["家长", "学生", "教师", "党员", "全体"]
    assert await told(school, LIN, "家长 120人") == (
        "film", "families", 120, None, "2018-09-03", "活动中心",
    )  # fmt: skip
    (english,) = await school.say(LIN, "/talk film", language="en")
    assert english["text"].startswith("❓ Still missing: audience.\nExample: /talk film families")


async def test_a_form_that_is_none_is_asked_for_again(school: School) -> None:
    assert (await school.one(LIN, "/宣讲 相声 家长"))["about"] == "form"
    assert (await school.one(LIN, "快板"))["about"] == "form"
    reply = await school.one(LIN, "讲座")
    assert shown(reply, "form", "note") == ("lecture", "相声")


async def test_a_mistyped_choice_is_asked_about(school: School) -> None:
    reply = await school.one(LIN, "/宣讲 形式：影骗 对象：家长")
    assert (reply["notice"], reply["about"]) == ("DidYouMean", "form")
    assert (await school.one(LIN, "影片"))["notice"] == "TalkRecorded"


@pytest.mark.parametrize("count", ["0人", "999999人", "人数：很多"])
async def test_an_impossible_number_of_people_is_asked_again(school: School, count: str) -> None:
    reply = await school.one(LIN, f"/宣讲 影片 家长 {count}")
    assert reply["outcome"] in ("ask", "suggest")
    assert reply["about"] == "people"
    assert await Talk.all().count() == 0


async def test_a_talk_to_come_is_refused_and_the_day_mended(school: School) -> None:
    reply = await school.one(LIN, "/宣讲 影片 家长 明天")
    assert (reply["notice"], reply["reason"]) == ("DayInFuture", "future_date")
    assert (await told(school, LIN, "昨天"))[4] == "2018-09-02"


async def test_a_class_and_a_unit_that_are_none_are_asked_about(school: School) -> None:
    reply = await school.one(LIN, "/宣讲 影片 学生 七9")
    assert (reply["notice"], reply["reason"]) == ("ClassImpossible", "impossible_class")
    assert (await told(school, LIN, "3"))[3] == "七年级3班"
    reply = await school.one(LIN, "/宣讲 讲座 学生 单位：总务科")
    assert (reply["notice"], reply["about"]) == ("DidYouMean", "unit")
    assert (await told(school, LIN, "1"))[3] == "总务处"


async def test_an_unknown_companion_is_asked_about_and_nothing_is_half_written(
    school: School,
) -> None:
    reply = await school.one(LIN, "/宣讲 影片 家长 同行：李老三")
    assert reply["notice"] == "DidYouMean"
    assert await Talk.all().count() == 0
    assert await told(school, LIN, "李梅")


# --- twice, and adding --------------------------------------------------------------------


async def test_the_same_talk_on_the_same_day_is_asked_about(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 120人")
    for text, more in [
        ("/宣讲 影片 家长 30人 同行：李梅", ["补到原来那条", "再记一次"]),
        ("/宣讲 影片 家长", ["再记一次", "不记了"]),
    ]:
        reply = await school.one(LIN, text)
        assert (reply["notice"], reply["outcome"]) == ("TalkTwice", "choose")
        assert labels(reply) == more
        assert reply["title"] == "❓ 这一天已有 T1：影片，家长 120 人"
    assert (await school.one(LIN, "2"))["notice"] == "Dropped"
    assert await Talk.all().count() == 1
    await school.say(LIN, "/宣讲 影片 家长 第二场")
    reply = await school.one(LIN, "2")
    assert shown(reply, "talk", "note") == (2, "第二场")
    reply = await dialog(school, LIN, "/宣讲 影片 家长 很满意", "1")
    assert shown(reply, "talk", "added") == (2, ["text"])


@pytest.mark.parametrize(
    "other",
    ["/宣讲 影片 家长 昨天", "/宣讲 影片 学生", "/宣讲 读书 家长", "/宣讲 影片 家长 七3"],
)
async def test_another_day_form_audience_or_class_is_another_talk(
    school: School, other: str
) -> None:
    await school.say(LIN, "/宣讲 影片 家长")
    assert (await school.one(LIN, other))["notice"] == "TalkRecorded"
    assert (await school.one(LI, "/宣讲 影片 家长"))["notice"] == "TalkRecorded"


async def test_a_talk_that_was_taken_back_is_neither_the_same_nor_to_be_added_to(
    school: School,
) -> None:
    await school.say(LIN, "/宣讲 影片 家长")
    talk = await Talk.get(id=1)
    await Talk.filter(id=1).update(undone_at=talk.recorded_at)
    assert (await school.one(LIN, "/宣讲 影片 家长"))["notice"] == "TalkRecorded"
    assert (await school.one(LIN, "/宣讲 T1 更好"))["notice"] == "NumberUnknown"


async def test_notes_and_people_are_added_by_the_number(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 活动中心")
    reply = await school.one(LIN, "/宣讲 T1 问得最多的是升学 同行：李梅")
    assert shown(reply, "talk", "added", "companions") == (1, ["text", "companions"], [LI])
    assert reply["facts"]["note"] == "活动中心\n问得最多的是升学"
    # She held it too, and may add; a further time she isn't told again.
    assert (await school.one(LI, "/talk t1 note: 还有晚托"))["notice"] == "TalkRecorded"
    await school.say(LIN, "/宣讲 T1 同行：李梅")
    assert await OutboxEntry.filter(notice="TalkShared").count() == 1
    assert await TalkNote.all().count() == 2


async def test_what_to_add_is_asked_for(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长")
    reply = await school.one(LIN, "/宣讲 T1")
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "text")
    assert (await school.one(LIN, "来了很多人"))["facts"]["note"] == "来了很多人"


async def test_no_such_talk_and_not_yours_sound_the_same(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长")
    not_hers = await school.one(LI, "/宣讲 T1 更好")
    none_such = await school.one(LI, "/宣讲 T2 更好")
    assert (not_hers["notice"], not_hers["title"]) == ("NumberUnknown", "⛔ 你这里没有 T1。")
    assert str(not_hers).replace("1", "2") == str(none_such).replace("1", "2")


async def test_each_deed_is_noted(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 活动中心")
    await school.say(LIN, "/宣讲 T1 很好 同行：李梅")
    made, added = await Deed.filter(kind__startswith="talk.").order_by("id")
    assert (made.kind, made.record_id, made.person_id) == ("talk.record", 1, school.people[LIN])
    assert (added.kind, added.record_id) == ("talk.add", 1)
    assert added.details == {"note": 1, "people": [school.people[LI]]}
