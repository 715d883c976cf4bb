"""A leader's visit is arranged in one line; the leader is told, reminded, and can call it off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.actions.school import add_seat
from domain.models import Account, Arrangement, Leave, OutboxEntry, ReadLog
from domain.queries.units import all_units
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
    due,
    labels,
    planned,
    reminded,
    shown,
    told_to,
)
from tests.fixtures.house import START, School
from tests.fixtures.passing import said_to


@pytest.mark.parametrize(
    ("typed", "arranged"),
    [
        ("/arrange 蔡平 9-5 七3 王小明", (CAI, "2018-09-05", "visit", "七年级3班", "王小明")),
        ("/安排 蔡平 周五 七年级 宣讲", (CAI, "2018-09-07", "talk", "七年级", None)),
        ("/安排 蔡主任 明天 七3 12号", (CAI, "2018-09-04", "visit", "七年级3班", "王小明")),
        ("/安排 9月5日 七3 王小明 领导：蔡平", (CAI, "2018-09-05", "visit", "七年级3班", "王小明")),
        ("/安排 蔡平 下周三 七3", (CAI, "2018-09-12", "visit", "七年级3班", None)),
        ("/安排 蔡平 5号 王小明", (CAI, "2018-09-05", "visit", "七年级3班", "王小明")),
        ("/安排 蔡平 今天 七年级", (CAI, "2018-09-03", "visit", "七年级", None)),
        ("/安排 蔡平 周五 总务处 宣讲", (CAI, "2018-09-07", "talk", "总务处", None)),
        ("/安排 蔡平 周五 宣讲 给家长讲", (CAI, "2018-09-07", "talk", None, None)),
        (
            "/arrange Cai Ping Friday 7-3 Wang Xiaoming",
            (CAI, "2018-09-07", "visit", "七年级3班", "王小明"),
        ),
        (
            "/arrange Cai Ping next Wed 7-3 no. 12 visit",
            (CAI, "2018-09-12", "visit", "七年级3班", "王小明"),
        ),
        # The liaison of one grade has one leader: it goes without saying.
        ("/安排 周五 七3 王小明", (CAI, "2018-09-07", "visit", "七年级3班", "王小明")),
        ("/安排 周五 七3 王小明 奶奶带", (CAI, "2018-09-07", "visit", "七年级3班", "王小明")),
        ("/安排 周五 七3 12号 带上慰问品", (CAI, "2018-09-07", "visit", "七年级3班", "王小明")),
    ],
)
async def test_a_visit_is_arranged_however_it_is_typed(
    school: School, typed: str, arranged: tuple[Any, ...]
) -> None:
    assert await planned(school, XU, typed) == arranged


async def test_the_receipt_the_leader_and_the_morning(school: School) -> None:
    (receipt,) = await school.say(XU, "/安排 蔡平 周三晚上7点 七3 王小明 奶奶带")
    assert receipt["text"].split("\n") == [
        "✅ A1 已安排：蔡平 9月5日 (周三) 走访七(3)班 王小明",
        "备注：晚上7点 奶奶带",
        "已告诉蔡平，当天 07:30 再提醒。",
    ]
    assert await due() == ["VisitArranged"]
    assert (await told_to(school, CAI, "VisitArranged")).split("\n") == [
        "🔔 许宁给你安排了 A1：9月5日 (周三) 走访七(3)班 王小明",
        "备注：晚上7点 奶奶带",
        "去不了就发：/安排 A1 取消",
    ]
    assert await reminded(school, "2018-09-05T07:29") == []
    assert await reminded(school, "2018-09-05T07:30") == [("09-05 07:30", CAI)]
    assert (await said_to(school.people[CAI]))[-1].split("\n") == [
        "⏰ 今天走访七(3)班 王小明（A1）",
        "许宁安排",
        "备注：晚上7点 奶奶带",
        "走访后发：/家访 七3 王小明 …",
    ]
    assert (await said_to(school.people[CAI], "en"))[-1].split("\n") == [
        "⏰ Today: visit to Class 3 of Grade 7, 王小明 (A1)",
        "Arranged by 许宁",
        "Note: 晚上7点 奶奶带",
        "After the visit, send: /visit 7-3 王小明 …",
    ]


async def test_the_receipt_in_english(school: School) -> None:
    (receipt,) = await school.say(XU, "/arrange Cai Ping Wed 7-3 no. 12", language="en")
    assert receipt["text"].split("\n") == [
        "✅ A1 arranged: 蔡平, Wed 5 Sep, visit to Class 3 of Grade 7, 王小明",
        "蔡平 has been told, and is reminded that day at 07:30.",
    ]


async def test_what_is_arranged_for_today_is_told_once(school: School) -> None:
    (receipt,) = await school.say(XU, "/安排 蔡平 今天 七3")
    assert receipt["text"].split("\n")[-1] == "已告诉蔡平。"
    assert await reminded(school) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-CN", "蔡平还没有账号，通知不到：请直接告诉本人。"),
        ("en", "蔡平 has no account yet and isn't told: please tell them yourself."),
    ],
)
async def test_a_leader_without_an_account_is_not_said_to_be_told(
    school: School, language: str, said: str
) -> None:
    await Account.filter(person_id=school.people[CAI]).delete()
    (receipt,) = await school.say(XU, "/安排 蔡平 周三 七3 12号", language=language)
    assert receipt["text"].split("\n")[1:] == [said]
    for typed in ("/安排 A1 周四", "/安排 A1 取消", "/撤销"):
        (receipt,) = await school.say(XU, typed, language=language)
        assert receipt["outcome"] == "ok"
        assert receipt["facts"]["told"] == []
        assert said in receipt["text"]


async def test_the_notices_hold_ids_and_no_name(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明 奶奶带")
    await reminded(school)
    told = await OutboxEntry.filter(person_id=school.people[CAI], heard_id=None).order_by("id")
    facts = {"arrangement": 1, "understood": None}
    assert told[0].facts == facts
    (item,) = told[1].facts["items"]
    assert item["facts"] == facts
    assert len(told) == 2


async def test_in_a_group_no_child_is_named_and_the_name_is_to_be_recalled(school: School) -> None:
    receipt, hint = await school.say(XU, "/安排 周五 七3 王小明 奶奶带", GROUP)
    assert receipt["text"].split("\n") == [
        "✅ A1 已安排：蔡平 9月7日 (周五) 走访七(3)班 12号",
        "已告诉蔡平，当天 07:30 再提醒。",
    ]
    assert "王小明" not in str(receipt)
    assert (hint["notice"], hint["chat"]) == ("NameInGroup", DIRECT)
    (alone,) = await school.say(XU, "/安排 蔡平 周五 七3 5号", GROUP)
    assert alone["notice"] == "ArrangementMade"


async def test_a_liaison_elsewhere_arranges_without_learning_the_name(school: School) -> None:
    """The leader is to know whom they will see; who arranges reads no more than their seat gives."""
    department = next(one.id for one in await all_units() if one.name == "总务处")
    await add_seat(school.people[GAO], "liaison", START.date(), unit=department)
    reply = await school.one(GAO, "/安排 周五 七3 12号 带上材料")
    assert (reply["facts"]["arranged"]["student"], reply["facts"]["arranged"]["note"]) == (
        "12号",
        "带上材料",
    )
    assert not await ReadLog.filter(person_id=school.people[GAO], record="student").exists()
    assert "王小明" in await told_to(school, CAI, "VisitArranged")
    assert await ReadLog.filter(person_id=school.people[CAI], record="student").exists()


async def test_a_mistyped_leader_is_asked_about(school: School) -> None:
    for typed in ("/安排 蔡坪坪 周五 七3 12号", "/安排 蔡坪坪 周五 七3 王小明"):
        reply = await school.one(XU, typed)
        assert (reply["notice"], reply["about"]) == ("DidYouMean", "leader")
    assert (await planned(school, XU, "蔡平"))[0] == CAI


# --- for whom ------------------------------------------------------------------------------


async def test_a_teacher_and_the_admin_arrange_nothing(school: School) -> None:
    for who in (LIN, ADMIN):
        for typed in ("/安排 蔡平 周五 七3", "/安排", "/安排 A1 取消"):
            reply = await school.one(who, typed)
            assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")


async def test_a_liaison_arranges_for_the_leader_of_the_unit_alone(school: School) -> None:
    reply = await school.one(XU, "/安排 程龙 周五 七3 王小明")
    assert (reply["notice"], reply["reason"], reply["about"]) == (
        "NotYourLeader",
        "not_allowed",
        "leader",
    )
    assert reply["title"] == "⛔ 程龙的走访、宣讲不归你安排。"
    assert labels(reply) == [CAI]
    assert await planned(school, XU, "1") == (CAI, "2018-09-07", "visit", "七年级3班", "王小明")


async def test_a_class_that_a_leader_teaches_makes_them_no_leader_of_its_grade(
    school: School,
) -> None:
    await add_seat(school.people[CHENG], "teacher", START.date(), school_class=school.classes[7, 3])
    assert (await school.one(XU, "/安排 程龙 周五 七3"))["notice"] == "NotYourLeader"


async def test_whoever_is_no_leader_is_not_arranged_for(school: School) -> None:
    (reply,) = await school.say(OFFICE, "/安排 李梅 周五 七3", language="en")
    assert reply["title"] == (
        "⛔ 李梅 is no line leader: only leaders' visits and talks are arranged here."
    )
    assert set(labels(reply)) == {"邵毓君", "何国良", "孙茜", CAI, "沈佳宝", CHENG}
    assert (await planned(school, OFFICE, CHENG))[0] == CHENG


async def test_leaders_arrange_for_themselves_and_for_nobody_else(school: School) -> None:
    for typed in (
        "/安排 程龙 周五 八1",
        "/安排 我 周四 八1",
        "/安排 周三 八1 赵一诺",
        "/arrange me Fri 8-1 no. 2",
    ):
        reply = await school.one(CHENG, typed)
        assert reply["facts"]["arranged"]["leader"] == CHENG
        assert "VisitArranged" not in [one.notice for one in await OutboxEntry.all()]
        assert reply["text"].endswith("当天 07:30 提醒你。")
    assert (await school.one(CHENG, "/安排 孙茜 周五 八1"))["notice"] == "NotYourLeader"


@pytest.mark.parametrize("who", [OFFICE, HEAD, "何国良", "谷辉"])
async def test_office_working_group_and_heads_arrange_for_every_leader(
    school: School, who: str
) -> None:
    for leader in (CAI, CHENG, "孙茜"):
        assert (await planned(school, who, f"/安排 {leader} 周五 七3"))[0] == leader


async def test_who_stands_in_for_a_leader_is_arranged_for(school: School) -> None:
    day = START.date()
    await Leave.create(
        person_id=school.people[CAI],
        deputy_id=school.people[LI],
        since=day,
        until=day + timedelta(days=9),
    )
    assert (await planned(school, XU, "/安排 李梅 周五 七3"))[0] == LI
    assert (await school.one(LI, "/安排"))["facts"]["for_me"][0]["arrangement"] == 1


# --- what is missing, and what can't be ----------------------------------------------------


async def test_leader_day_and_class_are_asked_for_by_name(school: School) -> None:
    reply = await school.one(OFFICE, "/安排 班级：七3")
    assert reply["title"] == "❓ 还差领导、日期。"
    reply = await school.one(OFFICE, "蔡平 周五")
    assert shown(reply, "arrangement") == (1,)
    asked = await school.one(XU, "/安排 蔡平 七3")
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "day")
    assert "如 周五、下周三、9-10" in asked["text"]
    asked = await school.one(XU, "周五")
    assert asked["facts"]["arranged"]["day"] == "2018-09-07"
    asked = await school.one(XU, "/安排 蔡平 周六")
    assert (asked["notice"], asked["about"]) == ("FieldsAsked", "class_")
    assert (await school.one(XU, "七3"))["notice"] == "ArrangementMade"


async def test_a_day_that_is_over_is_refused_with_todays_date(school: School) -> None:
    for typed in ("昨天", "9-1", "上周五", "2018-8-31"):
        reply = await school.one(XU, f"/安排 蔡平 {typed} 七3 王小明")
        assert (reply["notice"], reply["reason"]) == ("DayPast", "too_late"), typed
        assert "今天是 9月3日 (周一)" in reply["title"]
    assert (await planned(school, XU, "周三"))[1] == "2018-09-05"
    (english,) = await school.say(XU, "/arrange Cai Ping yesterday 7-3", language="en")
    assert english["title"] == "⛔ Sun 2 Sep is over, today is Mon 3 Sep."


async def test_an_unreadable_day_is_asked_for_again(school: School) -> None:
    reply = await school.one(XU, "/安排 蔡平 七3 日期：改天")
    assert reply["about"] == "day"
    assert await Arrangement.all().count() == 0


async def test_a_class_and_a_child_that_are_none_are_asked_about(school: School) -> None:
    reply = await school.one(XU, "/安排 蔡平 周五 七9")
    assert reply["notice"] == "ClassImpossible"
    assert (await planned(school, XU, "3"))[3] == "七年级3班"
    reply = await school.one(XU, "/安排 蔡平 周五 七3 王小红")
    assert reply["notice"] == "StudentUnknown"
    assert (await planned(school, XU, "1"))[4] == "王小明"
    await school.say(XU, "/安排 蔡平 周五 七3 诸葛小花 转来的")
    reply = await school.one(XU, "不在名单上，照样记")
    assert reply["facts"]["arranged"]["student"] is None
    assert reply["facts"]["arranged"]["note"] == "诸葛小花 转来的"
    reply = await school.one(XU, "/安排 蔡平 周五 陈晨")
    assert reply["notice"] == "ChoiceAsked"


async def test_said_twice_it_is_arranged_once(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周五 七3 王小明")
    reply = await school.one(XU, "/安排 蔡平 周五 七3 12号")
    assert shown(reply, "arrangement") == (1,)
    assert reply["notice"] == "ArrangementShown"
    assert await Arrangement.all().count() == 1
    await school.say(XU, "/安排 A1 取消")
    assert await planned(school, XU, "/安排 蔡平 周五 七3 12号")
