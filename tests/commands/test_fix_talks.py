"""A talk that was recorded wrongly is put right, and shows that it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.models import Arrangement, Correction, Talk
from domain.notices.talks import TalkShared
from domain.queries.seen import seen_by
from tests.commands.dialogs import (
    CAI,
    GAO,
    LI,
    LIN,
    OFFICE,
    XU,
    dialog,
    labels,
    planned,
    told_to,
)
from tests.fixtures.house import START, School

RECORD = "/宣讲 影片 家长 43人 七3 同行：李梅"


async def stands() -> tuple[Any, ...]:
    row = await Talk.get(id=1)
    return row.form, row.audience, row.people, row.day.isoformat(), row.unit_id, row.school_class_id


@pytest.mark.parametrize(
    ("typed", "changes", "now"),
    [
        ("34人", "人数 43→34", "影片，家长 34 人，七(3)班"),
        ("人数 34", "人数 43→34", "影片，家长 34 人，七(3)班"),
        ("人数：34", "人数 43→34", "影片，家长 34 人，七(3)班"),
        ("日期：昨天", "日期 9月3日→9月2日", "影片，家长 43 人，七(3)班，9月2日"),
        ("昨天", "日期 9月3日→9月2日", "影片，家长 43 人，七(3)班，9月2日"),
        ("七年级", "单位 七(3)班→七年级", "影片，家长 43 人，七年级"),
        ("单位：党办", "单位 七(3)班→党办", "影片，家长 43 人，党办"),
        ("对象：学生", "对象 家长→学生", "影片，学生 43 人，七(3)班"),
        ("讲座 34人", "形式 影片→讲座、人数 43→34", "讲座，家长 34 人，七(3)班"),
    ],
)
async def test_each_part_can_be_put_right(
    school: School, typed: str, changes: str, now: str
) -> None:
    await school.one(LIN, RECORD)
    before = await stands()
    await school.move_to(START + timedelta(minutes=30))
    reply = await school.one(LIN, f"/更正 T1 {typed}")
    assert reply["text"].split("\n") == [
        f"✅ T1 已更正：{changes}",
        f"现在是：{now}",
        "已告诉李梅。",
    ]
    assert await Correction.filter(record="talk", record_id=1).exists()
    told = await told_to(school, LI, "TalkFixedShared")
    assert told.startswith(f"🔔 林晓更正了 T1：{changes}\n现在是：{now}")
    # Later views show it, and it can be taken back.
    view = await seen_by(
        TalkShared(talk=1, by=school.people[LIN]), school.people[LI], occasion="test"
    )
    assert getattr(view, "corrected", None) is True
    undone = await school.one(LIN, "/撤销")
    assert undone["notice"] == "TalkUndone", undone["text"]
    assert await stands() == before
    assert not await Correction.exists()


async def test_in_english(school: School) -> None:
    await school.one(LIN, RECORD)
    (reply,) = await school.say(LIN, "/fix T1 34 people", language="en")
    assert reply["title"].startswith("✅ T1 corrected: ")
    assert "43 → 34" in reply["title"]


async def test_what_is_so_already_and_what_is_not_said(school: School) -> None:
    await school.one(LIN, RECORD)
    assert (await school.one(LIN, "/更正 T1 43人"))["notice"] == "TalkUnchanged"
    asked = await school.one(LIN, "/更正 T1")
    assert (asked["notice"], asked["outcome"]) == ("TalkFixAsked", "ask")
    assert (await school.one(LIN, "34人"))["notice"] == "TalkFixed"


@pytest.mark.parametrize(
    ("who", "notice"),
    [
        (LIN, "TalkFixed"),
        (XU, "TalkFixed"),
        (OFFICE, "TalkFixed"),
        (LI, "RecordOfOthers"),
        (GAO, "NumberUnknown"),
    ],
)
async def test_who_may(school: School, who: str, notice: str) -> None:
    await school.one(LIN, RECORD)
    reply = await school.one(who, "/更正 T1 34人")
    assert reply["notice"] == notice
    assert (await stands())[2] == (34 if notice == "TalkFixed" else 43)
    nobody_s = await school.one(GAO, "/更正 T99 34人")
    assert nobody_s["title"] == "⛔ 你这里没有 T99。"


@pytest.mark.parametrize(
    "said", ["34人", "共34人", "人数 34", "人数：34", "应该是34人", "三十四人"]
)
async def test_what_reads_like_the_count_is_not_a_note_in_silence(
    school: School, said: str
) -> None:
    reply = await dialog(school, LIN, RECORD, f"/宣讲 T1 {said}")
    assert (reply["notice"], labels(reply)) == ("TalkFixOffered", ["改人数", "记为备注"])
    assert reply["title"] == "❓ T1 现在是：影片，家长 43 人，七(3)班。要把人数改成 34 人吗？"
    assert (await stands())[2] == 43
    done = await school.one(LIN, "1")
    assert (done["notice"], done["title"]) == ("TalkFixed", "✅ T1 已更正：人数 43→34")


async def test_it_may_be_a_note_all_the_same(school: School) -> None:
    done = await dialog(school, LIN, RECORD, "/宣讲 T1 34人", "2")
    assert (done["notice"], done["facts"]["note"]) == ("TalkRecorded", "34人")
    # And who may not correct it adds.
    assert (await school.one(LI, "/宣讲 T1 34人"))["notice"] == "TalkRecorded"
    assert (await school.one(LIN, "/宣讲 T1 34人都签到了"))["notice"] == "TalkRecorded"


async def test_what_was_arranged_for_the_right_day_is_fulfilled(school: School) -> None:
    await planned(school, XU, "/安排 蔡平 9-8 七年级 宣讲")
    await school.move_to(START + timedelta(days=12))
    await school.one(CAI, "/宣讲 影片 家长 七年级 9-14")
    assert (await Arrangement.get(id=1)).talk_id is None
    await school.one(CAI, "/更正 T1 9-8")
    assert (await Arrangement.get(id=1)).talk_id == 1
    await school.one(CAI, "/撤销")
    assert (await Arrangement.get(id=1)).talk_id is None


async def test_what_another_corrected_is_not_taken_back_as_a_whole(school: School) -> None:
    await school.one(LIN, RECORD)
    await school.one(XU, "/更正 T1 34人")
    assert (await school.one(LIN, "/撤销"))["notice"] == "TalkBuiltOn"
    assert (await school.one(XU, "/撤销"))["notice"] == "TalkUndone"
    assert (await school.one(LIN, "/撤销"))["notice"] == "TalkUndone"


async def test_after_ten_minutes_it_is_said_how(school: School) -> None:
    await school.one(LIN, RECORD)
    await school.move_to(START + timedelta(minutes=11))
    reply = await school.one(LIN, "/撤销 T1")
    assert reply["text"].split("\n")[1] == "写错了可以更正：/更正 T1 …"
