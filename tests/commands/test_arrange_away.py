"""A leader is away on the day: who stands in sees it and is reminded, who arranged it knows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Arrangement, OutboxEntry
from domain.records import set_now
from tests.commands.dialogs import CAI, GROUP, LIN, OFFICE, XU, kinds, listed, reminded, told_to
from tests.fixtures.house import START, School
from tests.fixtures.passing import at, bundles_of, pass_to, said_to
from workers.arranged import remind

SUN = "孙茜"
AWAY = "/名册 请假 蔡平 9-4到9-6 代理 孙茜"
PLAN = "/安排 蔡平 周三 七3 王小明"


THE_LEADER, THE_STAND_IN = [("09-05 07:30", CAI)], [("09-05 07:30", SUN)]


async def test_who_arranges_hears_of_the_leave_and_who_stands_in_is_reminded(
    school: School,
) -> None:
    await school.say(OFFICE, AWAY)
    reply = await school.one(XU, PLAN)
    assert reply["text"].split("\n")[-1] == "蔡平那天请假，由孙茜代，当天提醒孙茜。"
    (shown,) = await school.say(SUN, "/安排")
    assert "A1　9月5日 (周三) 走访七(3)班 王小明（替蔡平去）" in shown["text"]
    # And not the leader, who is away.
    assert await reminded(school) == THE_STAND_IN
    assert "替蔡平去。" in (await said_to(school.people[SUN]))[-1]


async def test_a_leave_that_comes_later_is_told_to_who_arranged_it(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    said = await told_to(school, XU, "LeaderAway")
    assert "蔡平那天请假，由孙茜代，当天提醒孙茜。" in said
    assert await reminded(school) == THE_STAND_IN


async def test_a_leave_without_a_stand_in_is_told_too(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, "/名册 请假 蔡平 9-4到9-6")
    assert "蔡平那天请假，没有人代。" in await told_to(school, XU, "LeaderAway")
    assert await reminded(school) == THE_LEADER


async def test_when_the_leader_is_back_nobody_stands_in(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    await school.say(OFFICE, "/名册 请假 蔡平 取消")
    assert "蔡平那天不请假了。" in await told_to(school, XU, "LeaderAway")
    assert await reminded(school) == THE_LEADER


async def test_a_leave_that_is_taken_back_takes_the_reminder_back(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    await school.say(OFFICE, "/撤销")
    assert await reminded(school) == THE_LEADER


async def test_a_leave_on_other_days_changes_nothing(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, "/名册 请假 蔡平 9-6到9-7 代理 孙茜")
    assert not await OutboxEntry.filter(notice="LeaderAway").exists()
    assert (await school.one(SUN, "/安排"))["facts"]["for_me"] == []
    assert await reminded(school) == THE_LEADER


async def test_what_is_called_off_is_nobody_s_reminder(school: School) -> None:
    await school.say(OFFICE, AWAY)
    await school.say(XU, PLAN)
    await school.say(SUN, "/安排 A1 取消")
    assert (await Arrangement.get(id=1)).called_off_at is not None
    assert await reminded(school) == []


async def test_who_stands_in_does_it_for_the_leader(school: School) -> None:
    await school.say(OFFICE, AWAY)
    await school.say(XU, PLAN)
    await school.move_to(START + timedelta(days=2))
    await school.say(SUN, "/家访 七3 王小明 内向")
    assert (await Arrangement.get(id=1)).visit_id == 1


async def test_a_leave_of_today_reminds_at_once(school: School) -> None:
    await school.say(XU, "/安排 蔡平 今天 七3 王小明")
    await school.say(OFFICE, "/名册 请假 蔡平 今天 代理 孙茜")
    assert await reminded(school, "2018-09-03T08:01") == [("09-03 08:00", SUN)]


async def test_who_is_back_on_the_day_is_reminded_though_somebody_else_was(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    assert await reminded(school) == THE_STAND_IN
    await school.say(OFFICE, "/名册 请假 蔡平 取消")
    assert await reminded(school, "2018-09-05T08:05") == [*THE_STAND_IN, ("09-05 08:00", CAI)]


async def test_in_the_night_of_the_day_nobody_is_reminded_any_more(school: School) -> None:
    await school.say(XU, PLAN)
    await pass_to("2018-09-05T22:00")
    await school.say(OFFICE, AWAY)
    assert await reminded(school, "2018-09-06T12:00") == THE_LEADER


# --- with all else of the morning ---------------------------------------------------------------


async def test_it_comes_with_all_else_of_the_morning(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明\n/安排 蔡平 周三 七5")
    await listed(school, LIN, "希望有晚托", category="logistics")
    await reminded(school)
    (morning,) = [one for one in await bundles_of(school.people[CAI]) if one[0].startswith("09-05")]
    assert sorted(morning[1]) == ["ArrangedToday", "ArrangedToday", "RungFired"]
    # What is today goes before what waits.
    assert (await said_to(school.people[CAI]))[-1].split("\n")[1:3] == [
        "今天走访七(3)班 王小明（A1）　走访后发：/家访 七3 王小明 …",
        "今天走访七(5)班（A2）　许宁安排",
    ]


async def test_on_a_day_of_rest_it_comes_alone(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周六 七3 王小明\n/安排 蔡平 周六 七5")
    await reminded(school, "2018-09-08T08:00")
    assert await bundles_of(school.people[CAI]) == [("09-08 07:30", ["ArrangedToday"] * 2)]


@pytest.mark.parametrize("meanwhile", ["/安排 A1 取消", "/安排 A1 周四", "/家访 七3 王小明"])
async def test_what_is_off_moved_or_done_after_it_was_bundled_is_not_said(
    school: School, meanwhile: str
) -> None:
    await school.say(XU, PLAN)
    await set_now(at("2018-09-05T07:30"))
    await remind(1, at("2018-09-05T07:30"))
    await school.say(CAI, meanwhile)
    assert await reminded(school) == []


async def test_done_twice_it_is_told_once(school: School) -> None:
    await school.say(XU, PLAN)
    await set_now(at("2018-09-05T07:30"))
    for _ in range(2):
        await remind(1, at("2018-09-05T07:30"))
    assert await reminded(school) == THE_LEADER
    await remind(1, at("2018-09-05T07:30"))
    assert await reminded(school, "2018-09-05T09:00") == THE_LEADER


async def test_after_a_standstill_it_is_still_told_that_day_and_no_later(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 王小明\n/安排 蔡平 周二 七5")
    await set_now(at("2018-09-05T11:00"))
    assert await reminded(school, "2018-09-05T11:01") == [("09-05 11:00", CAI)]


# --- twice ------------------------------------------------------------------------------------


async def test_the_same_leader_day_and_family_are_asked_about(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 李想")
    asked = await school.one(XU, "/安排 蔡平 周三 七3 李想 带上材料")
    assert (asked["notice"], asked["about"]) == ("ArrangementTwice", "arrangement")
    assert asked["title"] == "❓ 这一天已有 A1：蔡平 9月5日 (周三) 走访七(3)班 李想"
    assert (await school.one(XU, "2"))["notice"] == "Dropped"
    # The sister in another class is of the same family.
    assert (await school.one(OFFICE, "/安排 蔡平 周三 八1 李念"))["notice"] == "ArrangementTwice"
    assert (await school.one(OFFICE, "1"))["notice"] == "ArrangementMade"
    assert await Arrangement.all().count() == 2


async def test_another_day_family_or_leader_is_no_second_time(school: School) -> None:
    await school.say(OFFICE, "/安排 蔡平 周三 七3 李想")
    for typed in ("蔡平 周四 七3 李想", "蔡平 周三 七3 王小明", "程龙 周三 七3 李想 材料"):
        assert (await school.one(OFFICE, f"/安排 {typed}"))["notice"] == "ArrangementMade"


async def test_asked_in_a_group_it_names_nobody(school: School) -> None:
    await school.say(XU, "/安排 蔡平 周三 七3 5号")
    asked, hint = await school.say(XU, "/安排 蔡平 周三 七3 5号 带上材料", GROUP)
    assert kinds([asked])[0] == ("ArrangementTwice", GROUP)
    assert "李想" not in str(asked)
    assert hint["notice"] == "NameInGroup"
    assert (await school.one(LIN, "/安排"))["notice"] == "NotAllowed"


async def test_what_is_moved_into_a_leave_is_the_stand_in_s(school: School) -> None:
    await school.say(OFFICE, AWAY)
    await school.say(XU, "/安排 蔡平 9-10 七3 王小明")
    assert (await school.one(SUN, "/安排"))["facts"]["for_me"] == []
    await school.say(XU, "/安排 A1 周三")
    assert await reminded(school) == THE_STAND_IN
