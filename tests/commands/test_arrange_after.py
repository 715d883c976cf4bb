"""What becomes of what is arranged: it is looked at, called off, done, and first in /todo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Arrangement, Deed, OutboxEntry
from tests.commands.dialogs import (
    CAI,
    CHENG,
    DIRECT,
    GROUP,
    LIN,
    OFFICE,
    XU,
    dialog,
    due,
    reminded,
    told_to,
)
from tests.fixtures.house import START, School

# --- looking, and calling off --------------------------------------------------------------


async def test_arrange_alone_lists_what_is_for_me_and_what_i_arranged(school: School) -> None:
    none = await school.one(XU, "/安排")
    assert none["title"].startswith("🔔 眼下没有安排。")
    await school.say(XU, "/安排 蔡平 周五 七3 王小明\n/安排 蔡平 周四 七年级 宣讲")
    assert (await school.one(XU, "/安排"))["text"].split("\n") == [
        "🔔 安排好的走访、宣讲",
        "【你安排的】",
        "A2　蔡平 9月6日 (周四) 到七年级宣讲",
        "A1　蔡平 9月7日 (周五) 走访七(3)班 王小明",
        "去不了就发：/安排 A2 取消",
    ]
    (english,) = await school.say(CAI, "/arrange", language="en")
    assert english["text"].split("\n") == [
        "🔔 Visits and talks arranged",
        "[For you]",
        "A2: Thu 6 Sep, talk in Grade 7",
        "A1: Fri 7 Sep, visit to Class 3 of Grade 7, 王小明",
        "If it cannot be, send: /arrange A2 cancel",
    ]
    told = await school.say(CAI, "/安排", GROUP)
    assert [(one["notice"], one["chat"]) for one in told] == [
        ("ToldPrivately", GROUP),
        ("ArrangementsShown", DIRECT),
    ]


async def test_what_is_long_over_is_listed_no_more(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3")
    await school.move_to(START + timedelta(days=5))
    assert (await school.one(CAI, "/安排"))["facts"]["for_me"]
    await school.move_to(START + timedelta(days=6))
    assert not (await school.one(CAI, "/安排"))["facts"]["for_me"]


@pytest.mark.parametrize(("who", "other"), [(CAI, XU), (XU, CAI)])
async def test_either_side_calls_off_and_the_other_is_told(
    school: School, who: str, other: str
) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await due()
    reply = await school.one(who, "/安排 A1 取消")
    assert reply["text"] == (
        f"✅ A1 已取消：蔡平 9月5日 (周三) 走访七(3)班 王小明\n已告诉{other}。"
    )
    assert await told_to(school, other, "VisitCalledOff") == (
        f"🔔 {who}取消了 A1：蔡平 9月5日 (周三) 走访七(3)班 王小明"
    )
    assert await due() == ["VisitCalledOff"]
    # And that morning nothing is said.
    assert await reminded(school, "2018-09-06T08:00") == []
    again = await school.one(who, "/安排 A1 取消")
    assert (again["notice"], again["reason"]) == ("ArrangementClosed", "wrong_state")
    assert again["title"] == "⛔ A1　已经取消。"


async def test_the_office_calls_off_and_both_are_told(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3")
    await school.say(OFFICE, "/arrange A1 cancel")
    entries = await OutboxEntry.filter(notice="VisitCalledOff").order_by("id")
    assert [one.person_id for one in entries] == [school.people[CAI], school.people[XU]]


async def test_by_its_number_alone_one_is_shown(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    reply = await school.one(CAI, "/安排 A1")
    assert reply["text"].split("\n") == [
        "🔔 A1　蔡平 9月5日 (周三) 走访七(3)班 王小明",
        "许宁安排",
        "去不了就发：/安排 A1 取消",
        "改日子就发：/安排 A1 9-8",
    ]
    assert (await school.one(XU, "/安排 A1 不知道"))["notice"] == "DidYouMean"


async def test_no_such_arrangement_and_not_yours_sound_the_same(school: School) -> None:
    await school.say(OFFICE, "/安排 程龙 周三 七3")
    not_hers = await school.one(XU, "/安排 A1 取消")
    none_such = await school.one(XU, "/安排 A2 取消")
    assert not_hers["title"] == "⛔ 你这里没有 A1。"
    assert str(not_hers).replace("1", "2") == str(none_such).replace("1", "2")
    assert (await Arrangement.get(id=1)).called_off_at is None


async def test_each_deed_is_noted(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3")
    await school.say(CAI, "/安排 A1 取消")
    deeds = await Deed.filter(kind__startswith="arrange.").order_by("id")
    assert [(one.kind, one.record_id, one.person_id) for one in deeds] == [
        ("arrange.plan", 1, school.people[XU]),
        ("arrange.call_off", 1, school.people[CAI]),
    ]


# --- what took place -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arranged", "who", "recorded", "fulfilled"),
    [
        ("七3 王小明", CAI, "/家访 七3 王小明", True),
        ("七3 王小明", LIN, "/家访 七3 王小明 同行：蔡平", True),
        ("七3", CAI, "/家访 七3 李想", True),
        # Siblings are one family, in whichever class the visit is recorded.
        ("七3 李想", CAI, "/家访 八1 李念", True),
        ("七3 王小明", CAI, "/家访 七3 婉拒 王小明 家长婉拒", True),
        ("七3 王小明", LIN, "/家访 七3 王小明", False),
        ("七3 王小明", CAI, "/家访 七3 李想", False),
        ("七3", CAI, "/家访 八1 赵一诺", False),
        ("七3", CAI, "/走访 教师 李梅", False),
        ("七年级 宣讲", CAI, "/家访 七3 王小明", False),
        ("七年级 宣讲", CAI, "/宣讲 影片 家长 七年级", True),
        ("七年级 宣讲", CAI, "/宣讲 影片 家长", True),
        ("七年级 宣讲", CAI, "/宣讲 影片 家长 八年级", False),
        ("七年级 宣讲", LIN, "/宣讲 影片 家长 七年级 同行：蔡平", True),
        ("七年级 宣讲", LIN, "/宣讲 影片 家长 七年级", False),
        ("七3 王小明", CAI, "/宣讲 影片 家长 七3", False),
    ],
)
async def test_what_was_arranged_is_done_when_the_leader_was_there(
    school: School, arranged: str, who: str, recorded: str, fulfilled: bool
) -> None:
    await school.say(XU, f"/安排 蔡平 周三 {arranged}")
    await due()
    await school.say(who, recorded)
    row = await Arrangement.get(id=1)
    assert ((row.visit_id or row.talk_id) is not None) is fulfilled
    assert bool((await school.one(CAI, "/安排"))["facts"]["for_me"]) is not fulfilled
    # Nor is the leader reminded of what is done.
    assert bool(await reminded(school)) is not fulfilled


async def test_a_visit_that_is_put_right_fulfils_what_it_really_was(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await school.say(CAI, "/家访 七3 李想")
    for typed, fulfilled in [
        ("/更正 V1 七3 王小明", True),
        ("/撤销", False),
        ("/更正 V1 七3 王小明", True),
        ("/更正 V1 七3 李想", False),
    ]:
        await school.say(CAI, typed)
        assert ((await Arrangement.get(id=1)).visit_id == 1) is fulfilled, typed


@pytest.mark.parametrize(
    ("days", "fulfilled"), [(1, False), (2, True), (5, True), (8, True), (9, False)]
)
async def test_about_that_day_is_three_days_before_or_after(
    school: School, days: int, fulfilled: bool
) -> None:
    await school.say(XU, "/安排 蔡平 9-8 七3 王小明")
    await school.move_to(START + timedelta(days=days))
    await school.say(CAI, "/家访 七3 王小明")
    assert ((await Arrangement.get(id=1)).visit_id is not None) is fulfilled


async def test_a_companion_who_is_added_later_was_there_too(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await school.say(LIN, "/家访 七3 王小明")
    await dialog(school, LIN, "/家访 七3 王小明 同行：蔡平", "补到原来那条")
    assert (await Arrangement.get(id=1)).visit_id == 1


async def test_the_very_child_goes_before_the_class(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周二 七3\n/安排 蔡平 周四 七3 王小明")
    await school.say(CAI, "/家访 七3 王小明")
    assert [one.visit_id for one in await Arrangement.all().order_by("id")] == [None, 1]


async def test_what_is_done_cannot_be_called_off(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await school.say(CAI, "/家访 七3 王小明")
    reply = await school.one(XU, "/安排 A1 取消")
    assert (reply["reason"], reply["title"]) == ("wrong_state", "⛔ A1　已经办了，是 V1。")


async def test_a_visit_that_is_taken_back_fulfils_nothing(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明")
    await due()
    await school.say(CAI, "/家访 七3 王小明")
    await school.say(CAI, "/撤销")
    assert (await school.one(CAI, "/安排"))["facts"]["for_me"]
    assert await reminded(school) == [("09-05 07:30", CAI)]


# --- whom to visit next --------------------------------------------------------------------


async def test_todo_shows_a_leader_what_is_arranged_first(school: School) -> None:
    await school.say(
        XU, "/安排 蔡平 周五 七3 王小明\n/安排 蔡平 周四 七5\n/安排 蔡平 周三 七年级 宣讲"
    )
    reply = await school.one(CAI, "/待访")
    items = reply["facts"]["items"]
    assert [(one["why"], one["arrangement"], one["student"]) for one in items[:2]] == [
        ("arranged", 2, None),
        ("arranged", 1, "王小明"),
    ]
    assert "王小明" not in [one["student"] for one in items[2:]]
    assert all(one["why"] != "arranged" for one in items[2:])
    assert reply["text"].split("\n")[1:3] == [
        "1 七(5)班　9月6日 (周四) 已安排（A2）",
        "2 七(3)班 王小明　9月7日 (周五) 已安排（A1）",
    ]
    # Of another grade that was asked about there is none.
    other = await school.one(CAI, "/待访 八年级")
    assert all(one["why"] != "arranged" for one in other["facts"]["items"])


async def test_todo_of_somebody_else_has_nothing_arranged(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周五 七3 王小明")
    items = (await school.one(LIN, "/待访"))["facts"]["items"]
    assert {one["why"] for one in items} <= {"never", "special_due"}


async def test_where_a_leader_reaches_no_class_what_is_arranged_is_shown(school: School) -> None:
    await school.say(OFFICE, "/安排 程龙 周四 七3 王小明")
    items = (await school.one(CHENG, "/待访"))["facts"]["items"]
    assert (items[0]["why"], items[0]["student"]) == ("arranged", "王小明")
    await school.say(CHENG, "/家访 七3 王小明")
    items = (await school.one(CHENG, "/待访"))["facts"]["items"]
    assert items[0]["why"] != "arranged"
