"""Seats change from a day on: one leader for another, one teacher more, one admin less."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest

from chat.wording import compose
from domain.actions.school import add_account, add_person, add_seat
from domain.house import SCHOOL_TIME
from domain.models import Deed, OutboxEntry, Person, RosterChange, Seat
from domain.notices.base import notice_from
from domain.queries.people import standing_of
from domain.queries.roster import people_of_unit, teachers_of_class
from domain.queries.seen import seen_by
from domain.queries.units import UnitFound, all_units
from tests.commands.dialogs import (
    ADMIN,
    CHENG,
    GAO,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    Reply,
    dialog,
    labels,
)
from tests.fixtures.house import START, School

TODAY = START.date()
TOMORROW, LATER = TODAY + timedelta(1), date(2018, 9, 10)
CAI, SUN, SHEN = "蔡平", "孙茜", "沈佳宝"


async def unit(name: str) -> UnitFound:
    return next(one for one in await all_units() if one.name == name)


async def leader_on(name: str, day: date) -> int | None:
    return (await people_of_unit(await unit(name), day)).leader


async def told() -> list[tuple[str, str]]:
    """Which notice went to whom, answers aside, in order."""
    rows = await OutboxEntry.filter(heard_id=None).order_by("id").prefetch_related("person")
    return [(row.person.name, row.notice) for row in rows if row.person]


async def set_to(school: School, text: str, who: str = ADMIN, chat: str = "direct") -> Reply:
    reply = await school.one(who, text, chat)
    assert reply["notice"] == "SeatChanged", reply["text"]
    return reply


# --- one for another -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "/名册 七年级 联系领导 孙茜",
        "/名册 七年级：联系领导 孙茜",
        "/名册 七年级 联系领导：孙茜",
        "/名册 孙茜 七年级 联系领导",
        "/名册 七年级 孙茜 联系领导",
        "/名册 初一 分管领导 孙茜",
        "/roster Grade 7 leader Sun Qian",
        "/roster unit=七年级 role=leader person=孙茜",
    ],
)
async def test_a_new_leader_takes_the_old_one_s_place_from_today(
    school: School, typed: str
) -> None:
    cai, sun = school.people[CAI], school.people[SUN]
    reply = await set_to(school, typed)
    assert reply["text"].split("\n")[0] == "✅ 七年级 联系领导：孙茜，今天起，接替蔡平。"
    assert await leader_on("七年级", TODAY) == sun
    assert await leader_on("七年级", TODAY - timedelta(1)) == cai
    assert await leader_on("总务处", TODAY) == cai, "another seat of his is as it was"


async def test_each_whom_it_concerns_is_told_once_and_the_asker_is_not(school: School) -> None:
    reply = await set_to(school, "/名册 七年级 联系领导 孙茜")
    assert await told() == [(SUN, "SeatGiven"), (CAI, "SeatTaken"), (XU, "SeatTold")]
    assert reply["text"].split("\n")[1] == "已告诉：孙茜、蔡平、许宁"
    keys = [row.key for row in await OutboxEntry.filter(heard_id=None)]
    assert len(set(keys)) == 3


async def test_who_makes_the_change_is_not_told_of_it(school: School) -> None:
    await add_seat(school.people[XU], "admin", TODAY, unit=(await unit("全校")).id)
    await set_to(school, "/名册 七年级 联系领导 孙茜", who=XU)
    assert await told() == [(SUN, "SeatGiven"), (CAI, "SeatTaken")]


async def test_what_they_are_told(school: School) -> None:
    await set_to(school, "/名册 七年级 联系领导 孙茜 自 9-10")
    said = {}
    for row in await OutboxEntry.filter(heard_id=None).order_by("id"):
        view = await seen_by(notice_from(row.notice, row.facts), row.person_id, occasion=row.key)
        for language in ("zh-CN", "en"):
            message = compose(view, language)
            said[row.notice, language] = [message.title, *message.lines]
    assert said["SeatGiven", "zh-CN"] == [
        "🔔 名册：9月10日 (周一)起由你担任 七年级 联系领导。",
        "你接替蔡平。",
        "由方正改的，有出入就跟方正说一声。",
        "你能用的看：/帮助",
    ]
    assert said["SeatTaken", "zh-CN"][0] == (
        "🔔 名册：七年级 联系领导 9月10日 (周一)起由孙茜担任，你不再担任。"
    )
    assert said["SeatTold", "en"] == [
        "🔔 line leader, Grade 7: 孙茜, from Mon 10 Sep, instead of 蔡平.",
        "Changed by 方正; if anything is wrong, tell 方正.",
    ]


@pytest.mark.parametrize("since", ["自 9-10", "自9月10日", "9-10起", "从下周一", "since=9-10"])
async def test_a_later_day_leaves_the_days_before_as_they_are(school: School, since: str) -> None:
    reply = await set_to(school, f"/名册 七年级 联系领导 孙茜 {since}")
    assert "9月10日 (周一)起" in reply["title"]
    assert await leader_on("七年级", LATER - timedelta(1)) == school.people[CAI]
    assert await leader_on("七年级", LATER) == school.people[SUN]


async def test_in_english_from_a_day(school: School) -> None:
    reply = (await school.say(ADMIN, "/roster Grade 7 leader Sun Qian from 10 Sep", language="en"))[
        0
    ]
    assert reply["title"] == "✅ line leader, Grade 7: 孙茜, from Mon 10 Sep, instead of 蔡平."


async def test_what_was_said_last_holds_and_a_planned_change_falls(school: School) -> None:
    await set_to(school, "/名册 七年级 联系领导 孙茜 自 9-10")
    reply = await set_to(school, "/名册 七年级 联系领导 程龙")
    assert reply["text"].split("\n")[:2] == [
        "✅ 七年级 联系领导：程龙，今天起，接替蔡平。",
        "七年级 联系领导：原定孙茜 9月10日 (周一)起，不再生效。",
    ]
    for day in (TODAY, LATER, LATER + timedelta(300)):
        assert await leader_on("七年级", day) == school.people[CHENG]
    assert (SUN, "SeatTaken") in await told()


async def test_who_sits_there_already_can_be_kept_after_all(school: School) -> None:
    await set_to(school, "/名册 七年级 联系领导 孙茜 自 9-10")
    await set_to(school, "/名册 七年级 联系领导 蔡平")
    assert await leader_on("七年级", LATER) == school.people[CAI]
    assert await Seat.filter(role="leader", person_id=school.people[CAI]).count() == 2


@pytest.mark.parametrize("day", ["9-2", "昨天", "2018-08-20", "8月30日"])
async def test_a_day_gone_by_is_refused_and_another_can_be_said(school: School, day: str) -> None:
    reply = await school.one(ADMIN, f"/名册 七年级 联系领导 孙茜 自 {day}")
    assert (reply["notice"], reply["reason"]) == ("DayGone", "too_late")
    assert not await RosterChange.exists()
    assert (await school.one(ADMIN, "明天"))["facts"]["changes"][0]["since"] == "2018-09-04"


async def test_a_day_that_is_none_is_asked_for(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 七年级 联系领导 孙茜 自 9-31")
    assert (reply["notice"], reply["reason"]) == ("DaysUnreadable", "unreadable")
    assert reply["text"].startswith("⛔ 没看懂“自 9-31”是哪天")
    assert (await school.one(ADMIN, "9-10"))["notice"] == "SeatChanged"


async def test_nothing_to_change_is_said(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 七年级 联系领导 蔡平")
    assert (reply["notice"], reply["reason"]) == ("SeatRefused", "wrong_state")
    assert reply["title"] == "⛔ 蔡平已经是 七年级 联系领导。"
    assert not await RosterChange.exists()
    assert await told() == []


@pytest.mark.parametrize(
    ("typed", "role", "where"),
    [
        ("/名册 书记 孙茜", "head", "全校"),
        ("/名册 副组长 孙茜", "deputy_head", "全校"),
        ("/名册 全校 组长 孙茜", "head", "全校"),
        ("/名册 工会 联络人 孙茜", "liaison", "工会"),
        ("/名册 办公室 孙茜", "office", "党办"),
        ("/名册 工作小组 孙茜", "working", "全校"),
        ("/roster admin Sun Qian", "admin", "全校"),
        ("/名册 七年级 教师 孙茜", "teacher", "七年级"),
    ],
)
async def test_each_role_has_its_place(school: School, typed: str, role: str, where: str) -> None:
    reply = await school.one(ADMIN, typed)
    if reply["notice"] == "SeatOccupied":
        reply = await school.one(ADMIN, "1")
    assert reply["notice"] == "SeatChanged", reply["text"]
    seat = await Seat.filter(person_id=school.people[SUN]).order_by("-id").first()
    assert seat is not None
    assert (seat.role, seat.unit_id) == (role, (await unit(where)).id)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/名册 七3 联系领导 孙茜", "⛔ 七(3)班没有“联系领导”这个职务。"),
        ("/名册 全校 联络人 孙茜", "⛔ 全校没有“联络人”这个职务。"),
        ("/名册 七年级 管理员 孙茜", "⛔ 七年级没有“管理员”这个职务。"),
        ("/名册 添加 全校 教师 孙茜", "⛔ 全校没有“教师”这个职务。"),
    ],
)
async def test_a_role_that_does_not_sit_there_is_refused(
    school: School, typed: str, line: str
) -> None:
    reply = await school.one(ADMIN, typed)
    assert (reply["notice"], reply["title"]) == ("SeatRefused", line)
    assert reply["text"].split("\n")[1].startswith("这样写：/名册 ")


async def test_what_is_missing_is_asked_for(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 联系领导 孙茜")
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "unit")
    assert (await school.one(ADMIN, "七年级"))["notice"] == "SeatChanged"
    reply = await school.one(ADMIN, "/名册 添加 七3 班主任")
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "person")
    assert (await school.one(ADMIN, "李梅"))["notice"] == "SeatChanged"
    reply = await school.one(ADMIN, "/roster add 七5 林晓")
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "role")
    assert (await school.one(ADMIN, "班主任"))["notice"] == "SeatChanged"


async def test_in_a_grade_s_group_the_grade_is_understood(school: School) -> None:
    reply = await set_to(school, "@走访 /名册 联络人 李梅", chat=GROUP)
    assert reply["text"].split("\n")[0] == "✅ 七年级 联络人：李梅，今天起，接替许宁。"
    reply = await school.one(ADMIN, "@走访 /名册 添加 班主任 李梅", GROUP)
    assert (reply["notice"], reply["about"]) == ("FieldsAsked", "unit")


async def test_asking_is_not_changing(school: School) -> None:
    for typed in ("/名册 七年级 联系领导", "/名册 七年级 联络人", "/名册 七年级"):
        reply = await school.one(LIN, typed)
        assert (reply["notice"], reply["facts"]["leader"]) == ("RosterShown", CAI)
    assert labels(await school.one(LIN, "/名册 办公室")) == ["党办", "校办"]


async def test_a_unit_that_is_none_gets_the_nearest(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 司管处 联系领导 孙茜")
    assert (reply["notice"], labels(reply)[0]) == ("DidYouMean", "师管处")
    await school.one(ADMIN, "1")
    assert await leader_on("师管处", TODAY) == school.people[SUN]


# --- several in one place ----------------------------------------------------------------------


async def test_a_class_has_a_teacher_more_and_then_one_less(school: School) -> None:
    school_class = school.classes[7, 3]
    lin, li = school.people[LIN], school.people[LI]
    reply = await set_to(school, "/名册 添加 七3 班主任 李梅")
    assert reply["text"].split("\n")[0] == "✅ 七(3)班 教师：已添加李梅，今天起。"
    assert await told() == [(LI, "SeatGiven"), (CAI, "SeatTold"), (XU, "SeatTold")]
    assert await teachers_of_class(school_class, TODAY) == (lin, li)
    reply = await set_to(school, "/名册 移除 七3 班主任 林晓 自 9-10")
    assert reply["text"].split("\n")[0] == "✅ 七(3)班 教师：已移除林晓，9月10日 (周一)起。"
    assert await teachers_of_class(school_class, LATER - timedelta(1)) == (lin, li)
    assert await teachers_of_class(school_class, LATER) == (li,)


async def test_who_was_added_today_can_go_today(school: School) -> None:
    await set_to(school, "/名册 添加 七3 班主任 李梅")
    reply = await set_to(school, "/名册 移除 七3 班主任 李梅")
    assert reply["text"].split("\n")[0] == "✅ 七(3)班 教师：已移除李梅，今天起。"
    assert await teachers_of_class(school.classes[7, 3], TODAY) == (school.people[LIN],)
    await set_to(school, "/名册 添加 七3 班主任 李梅 自 9-10")
    reply = await set_to(school, "/名册 移除 七3 班主任 李梅")
    assert "原定李梅 9月10日 (周一)起，不再生效。" in reply["text"]


@pytest.mark.parametrize(("picked", "teachers"), [("1", [LIN, LI]), ("换人", [LI])])
async def test_a_second_teacher_may_come_beside_or_instead(
    school: School, picked: str, teachers: list[str]
) -> None:
    reply = await school.one(ADMIN, "/名册 七3 班主任 李梅")
    assert (reply["notice"], reply["title"]) == ("SeatOccupied", "❓ 七(3)班 教师 现在是林晓。")
    assert labels(reply) == ["一起担任", "换人"]
    assert (await school.one(ADMIN, picked))["notice"] == "SeatChanged"
    now = await teachers_of_class(school.classes[7, 3], TODAY)
    assert now == tuple(school.people[name] for name in teachers)


@pytest.mark.parametrize(("picked", "leader"), [("1", SUN), ("2", CAI)])
async def test_adding_where_only_one_can_sit_is_asked_about(
    school: School, picked: str, leader: str
) -> None:
    reply = await school.one(ADMIN, "/名册 添加 七年级 联系领导 孙茜")
    assert labels(reply) == ["换人", "不改"]
    reply = await school.one(ADMIN, picked)
    assert reply["notice"] == ("SeatChanged" if leader == SUN else "Dropped")
    assert await leader_on("七年级", TODAY) == school.people[leader]


async def test_a_class_without_a_teacher_gets_one_without_a_question(school: School) -> None:
    await set_to(school, "/名册 七1 班主任 李梅")
    assert await teachers_of_class(school.classes[7, 1], TODAY) == (school.people[LI],)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/名册 移除 七3 班主任 李梅", "⛔ 李梅不是 七(3)班 教师，现在是：林晓。"),
        ("/名册 移除 七1 班主任", "⛔ 七(1)班 教师 现在没有人。"),
        ("/名册 移除 八年级 李梅", "⛔ 李梅在这里没有职务。"),
        ("/roster remove 工会 liaison", "⛔ 工会 联络人 现在没有人。"),
    ],
)
async def test_who_does_not_sit_there_cannot_be_removed(
    school: School, typed: str, line: str
) -> None:
    reply = await school.one(ADMIN, typed)
    assert (reply["notice"], reply["title"]) == ("SeatRefused", line)
    assert not await RosterChange.exists()


async def test_of_several_teachers_a_number_picks(school: School) -> None:
    await set_to(school, "/名册 添加 七3 班主任 李梅")
    reply = await school.one(ADMIN, "/名册 移除 七3 班主任")
    assert (reply["notice"], labels(reply)) == ("ChoiceAsked", [LIN, LI])
    await school.one(ADMIN, "1")
    assert await teachers_of_class(school.classes[7, 3], TODAY) == (school.people[LI],)


@pytest.mark.parametrize(("picked", "left"), [("1", 1), ("3", 0), ("全部", 0)])
async def test_who_leaves_the_school_can_be_removed_everywhere(
    school: School, picked: str, left: int
) -> None:
    reply = await school.one(ADMIN, "/名册 移除 蔡平")
    assert reply["notice"] == "ChoiceAsked"
    assert labels(reply)[-1] == "全部"
    assert "七年级 联系领导" in labels(reply)
    reply = await school.one(ADMIN, picked if left else "全部")
    assert reply["notice"] == "SeatChanged"
    assert [one for one in await told() if one[0] == CAI] == [(CAI, "SeatTaken")]
    cai = school.people[CAI]
    assert len((await standing_of(cai, TODAY)).seats) == (2 if left else 0)


async def test_there_is_always_an_admin(school: School) -> None:
    reply = await school.one(HEAD, "/名册 移除 管理员 方正")
    assert (reply["notice"], reply["reason"]) == ("SeatRefused", "wrong_state")
    assert reply["text"].split("\n")[1] == "先添加另一位：/名册 添加 管理员 姓名"
    await set_to(school, "/名册 添加 管理员 李梅 自 9-10", who=HEAD)
    assert (await school.one(HEAD, "/名册 移除 管理员 方正"))["notice"] == "SeatRefused"
    await set_to(school, "/名册 移除 管理员 方正 自 9-10", who=HEAD)
    assert (await school.one(HEAD, "/名册 移除 管理员 李梅 自 9-20"))["notice"] == "SeatRefused"


async def test_one_who_goes_soon_is_no_admin_to_rely_on(school: School) -> None:
    await set_to(school, "/名册 添加 管理员 李梅")
    await set_to(school, "/名册 移除 管理员 李梅 自 9-10")
    assert (await school.one(ADMIN, "/名册 移除 管理员 方正"))["notice"] == "SeatRefused"


async def test_there_is_always_a_head(school: School) -> None:
    reply = await school.one(ADMIN, "/roster remove head")
    assert reply["title"] == "⛔ 领导小组组长不能空着。"
    assert reply["text"].split("\n")[1] == "直接换人就行：/名册 组长 姓名"
    await set_to(school, "/名册 组长 何国良")
    assert await leader_on("全校", TODAY) == (await Person.get(name="何国良")).id


# --- people ----------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", ["1", "是", "记为新人"])
async def test_somebody_new_is_put_on_the_roster_when_that_is_said(
    school: School, yes: str
) -> None:
    reply = await school.one(ADMIN, "/名册 添加 七1 班主任 诸葛新")
    assert (reply["notice"], labels(reply)) == ("DidYouMean", ["记为新人"])
    assert not await Person.filter(name="诸葛新").exists()
    reply = await school.one(ADMIN, yes)
    assert reply["text"].split("\n")[:2] == [
        "✅ 七(1)班 教师：已添加诸葛新，今天起。",
        "诸葛新还没有账号，先让本人给我发一句话。",
    ]
    new = await Person.get(name="诸葛新")
    assert await teachers_of_class(school.classes[7, 1], TODAY) == (new.id,)
    assert ("诸葛新", "SeatGiven") not in await told(), "nothing would ever reach them"


async def test_a_name_that_only_sounds_alike_may_be_somebody_new(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 添加 七1 班主任 李玫")
    assert labels(reply) == [LI, "记为新人"]
    await school.one(ADMIN, "2")
    assert await Person.filter(name="李玫").exists()
    assert (await school.one(ADMIN, "/名册 添加 七2 班主任 Li Mei"))["notice"] == "DidYouMean"


async def test_another_name_can_be_said_instead(school: School) -> None:
    reply = await dialog(school, ADMIN, "/名册 添加 七1 班主任 李玫", "高远")
    assert reply["text"].split("\n")[0] == "✅ 七(1)班 教师：已添加高远，今天起。"


async def test_a_title_is_nobody_new(school: School) -> None:
    reply = await set_to(school, "/名册 工会 联络人 蔡主任")
    assert reply["text"].split("\n")[0] == "✅ 工会 联络人：蔡平，今天起。"
    assert labels(await school.one(ADMIN, "/名册 工会 联络人 魏主任")) == []


async def test_two_of_a_name_are_told_apart_by_their_seats(school: School) -> None:
    other = await add_person("李梅")
    await add_account(other, "console", "console", str(other))
    await add_seat(other, "liaison", TODAY, unit=(await unit("工会")).id)
    reply = await school.one(ADMIN, "/名册 添加 七1 班主任 李梅")
    assert labels(reply) == ["李梅（七(5)班 教师）", "李梅（工会 联络人）"]
    await school.one(ADMIN, "2")
    assert await teachers_of_class(school.classes[7, 1], TODAY) == (other,)


# --- who may, and what is kept --------------------------------------------------------------------


@pytest.mark.parametrize("who", [LIN, XU, CHENG, "谷辉"])
async def test_who_does_not_keep_the_roster_cannot_change_it(school: School, who: str) -> None:
    for typed in (
        "/名册 七年级 联系领导 孙茜",
        "/名册 添加 七1 班主任 李梅",
        "/名册 移除 七3 班主任",
    ):
        reply = await school.one(who, typed)
        assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")
        assert "管理员" in reply["title"]
    assert not await RosterChange.exists()


@pytest.mark.parametrize("who", [ADMIN, OFFICE, HEAD, "何国良"])
async def test_who_keeps_the_roster(school: School, who: str) -> None:
    await set_to(school, "/名册 七年级 联系领导 孙茜", who=who)


async def test_every_change_is_written_down_and_can_be_found_to_be_undone(school: School) -> None:
    await set_to(school, "/名册 七年级 联系领导 孙茜 自 9-10")
    change = await RosterChange.get()
    assert (change.action, change.role, change.since) == ("set", "leader", LATER)
    assert (change.by_id, change.person_id, change.before_id) == (
        school.people[ADMIN],
        school.people[SUN],
        school.people[CAI],
    )
    deed = await Deed.get()
    assert (deed.kind, deed.record_id, deed.person_id) == ("roster.set", change.id, change.by_id)
    old = await Seat.get(role="leader", person_id=change.before_id, unit_id=change.unit_id)
    new = await Seat.get(role="leader", person_id=change.person_id, unit_id=change.unit_id)
    assert deed.details == {
        "changes": [change.id],
        "created": [new.id],
        "ended": [[old.id, None, "2018-09-10"]],
    }


async def test_two_admins_at_once_leave_one_leader(school: School) -> None:
    texts = [f"/名册 七年级 联系领导 {name}" for name in (SUN, CHENG, SHEN)]
    await asyncio.gather(
        *(school.say(who, text) for who, text in zip((ADMIN, HEAD, OFFICE), texts, strict=True))
    )
    grade = await unit("七年级")
    for day in (TODAY, LATER):
        held = await Seat.filter(unit_id=grade.id, role="leader", since__lte=day)
        assert len([one for one in held if one.until is None or one.until > day]) == 1
    assert await RosterChange.filter(action="set").count() == 3


async def test_the_new_one_may_at_once_and_the_old_one_no_more(school: School) -> None:
    assert (await school.one(GAO, "/待访 七年级"))["notice"] == "NotYours"
    await set_to(school, "/名册 七年级 联络人 高远 自 9-10")
    assert (await school.one(GAO, "/待访 七年级"))["notice"] == "NotYours"
    assert (await school.one(XU, "/待访 七年级"))["notice"] == "TodoShown"
    await school.move_to(datetime(2018, 9, 10, 0, 1, tzinfo=SCHOOL_TIME))
    assert (await school.one(GAO, "/待访 七年级"))["notice"] == "TodoShown"
    assert (await school.one(XU, "/待访 七年级"))["notice"] == "NotAllowed"


@pytest.mark.parametrize("last", ["/名册 移除 管理员 方正", "/名册 管理员 王五五"])
async def test_an_admin_whom_nobody_can_reach_locks_nobody_out(school: School, last: str) -> None:
    """Somebody new has no account yet: the only one who can do anything stays."""
    await school.one(ADMIN, "/名册 添加 管理员 王五五")
    await school.one(ADMIN, "1")
    if last.endswith("王五五"):
        await school.one(ADMIN, "/名册 移除 管理员 王五五")
        assert (await school.one(ADMIN, last))["notice"] == "SeatOccupied"
        last = "2"
    reply = await school.one(ADMIN, last)
    assert (reply["notice"], reply["facts"]["why"]) == ("SeatRefused", "mute_admin")
    assert reply["text"].split("\n") == [
        "⛔ 王五五还没有账号，这样就没有管理员能用了。",
        "先让王五五给我发一句话，或先绑定账号：/名册 绑定 …",
    ]
    # With an account of theirs it works.
    person = await Person.get(name="王五五")
    await add_account(person.id, "fake", "", "w55")
    typed = ("/名册 管理员 王五五", "2") if last == "2" else (last,)
    for one in typed:
        reply = await school.one(ADMIN, one)
    assert reply["notice"] == "SeatChanged", reply["text"]


async def test_a_lone_admin_does_not_take_himself_away(school: School) -> None:
    for typed in ("/名册 移除 管理员", "/名册 移除 方正", "/名册 移除 管理员 自 9-10"):
        reply = await school.one(ADMIN, typed)
        assert reply["text"].split("\n")[1] == "先添加另一位：/名册 添加 管理员 姓名"
