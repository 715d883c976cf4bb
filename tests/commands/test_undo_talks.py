"""A talk, what was added to one, something arranged and its calling off are taken back too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Arrangement, OutboxEntry, Speaker, Talk, TalkNote
from tests.commands.dialogs import CAI, GROUP, LI, LIN, XU, dialog, due, reminded, shown, told_to
from tests.fixtures.house import START, School

TALK = "/宣讲 影片 家长 120人 活动中心 同行：李梅"


@pytest.mark.parametrize("typed", ["/撤销", "/undo", "/撤销 T1", "/undo t1"])
async def test_a_talk_is_taken_back_and_those_who_held_it_are_told(
    school: School, typed: str
) -> None:
    reply = await dialog(school, LIN, TALK, typed)
    assert reply["notice"] == "TalkUndone"
    assert reply["text"] == (
        "✅ T1 已撤销：影片，家长 120 人\n它不再算数；要重记，再发一次就行。\n已告诉李梅。"
    )
    assert (await told_to(school, LI, "TalkUndoneShared")).startswith(
        "🔔 与你同行的宣讲 T1 已由林晓撤销：影片，家长 120 人"
    )
    assert (await Talk.get(id=1)).undone_at is not None
    # Recorded anew it is no second one, and whoever held it too is told anew.
    assert (await school.one(LIN, TALK))["notice"] == "TalkRecorded"
    assert await OutboxEntry.filter(notice="TalkShared").count() == 2
    # By its number it is known to have been taken back.
    assert (await school.one(LIN, "/撤销 T1"))["notice"] == "UndoneAlready"
    assert (await school.one(LIN, "/宣讲 T1 更好"))["notice"] == "NumberUnknown"


async def test_in_english_and_in_a_group(school: School) -> None:
    await school.say(LIN, TALK)
    (reply,) = await school.say(LIN, "/undo T1", GROUP, language="en")
    assert reply["text"] == (
        "✅ T1 is taken back: film for families (120)\n"
        "It no longer counts; to record it again, simply send it again.\n"
        "李梅 will hear of it."
    )
    assert "活动中心" not in str(reply)


async def test_only_what_was_added_is_taken_back(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长 活动中心")
    await school.say(LIN, "/宣讲 T1 很满意 同行：李梅")
    reply = await school.one(LIN, "/撤销")
    assert shown(reply, "talk", "added", "told", "note") == (
        1,
        ["text", "companions"],
        [LI],
        "活动中心",
    )
    assert reply["text"] == "✅ T1（影片，家长）刚才的补充已撤销：备注、同行\n已告诉李梅。"
    assert "不再有你" in await told_to(school, LI, "TalkUndoneShared")
    assert [one.person_id for one in await Speaker.filter(talk_id=1)] == [school.people[LIN]]
    assert (await TalkNote.get(id=1)).undone_at is not None
    assert (await school.one(LI, "/宣讲 T1 好"))["notice"] == "NumberUnknown"
    # The next one is the talk itself.
    assert (await school.one(LIN, "/撤销"))["notice"] == "TalkUndone"
    assert (await Talk.get(id=1)).undone_at is not None


async def test_a_talk_to_which_others_added_stays(school: School) -> None:
    await school.say(LIN, TALK)
    await school.say(LI, "/宣讲 T1 家长很满意")
    reply = await school.one(LIN, "/撤销 T1")
    assert (reply["notice"], reply["reason"]) == ("TalkBuiltOn", "wrong_state")
    assert reply["text"] == ("⛔ 李梅补充过 T1，不能整场撤销。\n请李梅先撤销自己的补充：/撤销 T1")
    assert (await Talk.get(id=1)).undone_at is None
    assert (await school.one(LI, "/撤销 T1"))["notice"] == "TalkUndone"
    assert (await school.one(LIN, "/撤销 T1"))["notice"] == "TalkUndone"


async def test_ten_minutes_and_nobody_else(school: School) -> None:
    await school.say(LIN, "/宣讲 影片 家长")
    assert (await school.one(LI, "/撤销 T1"))["title"] == "⛔ 你这里没有 T1。"
    await school.say(XU, "/安排 蔡平 周三 七3")
    assert (await school.one(LI, "/撤销 A1"))["title"] == "⛔ 你这里没有 A1。"
    await school.move_to(START + timedelta(minutes=11))
    for who, number in ((LIN, "T1"), (XU, "A1")):
        reply = await school.one(who, f"/撤销 {number}")
        assert (reply["notice"], reply["reason"]) == ("UndoTooLate", "too_late")
        assert reply["title"].startswith(f"⛔ {number}，")


async def test_a_talk_that_is_taken_back_fulfils_nothing(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七年级 宣讲")
    await school.say(CAI, "/宣讲 影片 家长 七年级")
    assert (await Arrangement.get(id=1)).talk_id == 1
    await school.say(CAI, "/撤销")
    assert (await Arrangement.get(id=1)).talk_id is None
    await due()
    assert await reminded(school) == [("09-05 07:30", CAI)]


async def test_a_leader_who_was_added_and_taken_out_again_was_not_there(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明\n/安排 蔡平 周三 七年级 宣讲")
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王小明 同行：蔡平", "补到原来那条")
    await school.say(LIN, "/宣讲 影片 家长 七年级\n/宣讲 T1 同行：蔡平")
    assert [(one.visit_id, one.talk_id) for one in await Arrangement.all().order_by("id")] == [
        (1, None),
        (None, 1),
    ]
    await school.say(LIN, "/撤销 T1\n/撤销 V1")
    assert [(one.visit_id, one.talk_id) for one in await Arrangement.all()] == [(None, None)] * 2


async def test_what_was_arranged_is_taken_back_and_the_leader_told(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await due()
    reply = await school.one(XU, "/撤销")
    assert reply["text"] == ("✅ A1 已取消：蔡平 9月5日 (周三) 走访七(3)班 王小明\n已告诉蔡平。")
    assert await told_to(school, CAI, "VisitCalledOff") == (
        "🔔 许宁取消了 A1：蔡平 9月5日 (周三) 走访七(3)班 王小明"
    )
    assert await due() == ["VisitCalledOff"]
    assert await reminded(school, "2018-09-06T08:00") == []
    assert (await school.one(XU, "/撤销 A1"))["notice"] in ("UndoneAlready", "UndoTooLate")


@pytest.mark.parametrize("done", ["/家访 七3 王小明", "/安排 A1 取消"])
async def test_what_took_place_or_is_off_cannot_be_unarranged(school: School, done: str) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await school.say(CAI, done)
    reply = await school.one(XU, "/撤销 A1")
    assert (reply["notice"], reply["reason"]) == ("ArrangementClosed", "wrong_state")


async def test_calling_off_is_taken_back_and_all_is_as_before(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await school.say(CAI, "/安排 A1 取消")
    await due()
    reply = await school.one(CAI, "/撤销 A1")
    assert reply["text"] == ("✅ A1 照旧：蔡平 9月5日 (周三) 走访七(3)班 王小明\n已告诉许宁。")
    assert await told_to(school, XU, "VisitOnAgain", "en") == (
        "🔔 蔡平 put A1 back: 蔡平, Wed 5 Sep, visit to Class 3 of Grade 7, 王小明"
    )
    assert (await school.one(CAI, "/安排"))["facts"]["for_me"]
    await due()
    # It can be called off anew, and else they are reminded.
    await school.say(CAI, "/安排 A1 取消\n/撤销")
    await due()
    assert await reminded(school) == [("09-05 07:30", CAI)]
