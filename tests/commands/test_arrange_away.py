"""A leader is away on the day: who stands in sees it and is reminded, who arranged it knows."""

from __future__ import annotations

from datetime import timedelta

from domain.models import Arrangement, OutboxEntry
from tests.commands.dialogs import CAI, GROUP, LIN, OFFICE, XU, due, kinds, told_to
from tests.fixtures.house import START, School

SUN = "孙茜"
AWAY = "/名册 请假 蔡平 9-4到9-6 代理 孙茜"
PLAN = "/安排 蔡平 周三 七3 王小明"


async def reminded(school: School) -> list[str]:
    """Who is reminded on the morning of the day."""
    await due()
    await school.move_to(START + timedelta(days=2))
    await due()
    names = {number: name for name, number in school.people.items()}
    rows = await OutboxEntry.filter(notice="ArrangedToday", lease_until__isnull=False).order_by(
        "id"
    )
    return [names[row.person_id or 0] for row in rows]


async def test_who_arranges_hears_of_the_leave_and_who_stands_in_is_reminded(
    school: School,
) -> None:
    await school.say(OFFICE, AWAY)
    reply = await school.one(XU, PLAN)
    assert reply["text"].split("\n")[-1] == "蔡平那天请假，由孙茜代，当天提醒孙茜。"
    (shown,) = await school.say(SUN, "/安排")
    assert "A1　9月5日 (周三) 走访七(3)班 王小明（替蔡平去）" in shown["text"]
    assert SUN in await reminded(school)
    assert "替蔡平去。" in await told_to_stand_in(school)


async def told_to_stand_in(school: School) -> str:
    await OutboxEntry.filter(notice="ArrangedToday").exclude(person_id=school.people[SUN]).delete()
    return await told_to(school, SUN, "ArrangedToday")


async def test_a_leave_that_comes_later_is_told_to_who_arranged_it(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    said = await told_to(school, XU, "LeaderAway")
    assert "蔡平那天请假，由孙茜代，当天提醒孙茜。" in said
    assert SUN in await reminded(school)


async def test_a_leave_without_a_stand_in_is_told_too(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, "/名册 请假 蔡平 9-4到9-6")
    assert "蔡平那天请假，没有人代。" in await told_to(school, XU, "LeaderAway")
    assert await reminded(school) == [CAI]


async def test_when_the_leader_is_back_nobody_stands_in(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    await school.say(OFFICE, "/名册 请假 蔡平 取消")
    assert "蔡平那天不请假了。" in await told_to(school, XU, "LeaderAway")
    assert await reminded(school) == [CAI]


async def test_a_leave_that_is_taken_back_takes_the_reminder_back(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, AWAY)
    await school.say(OFFICE, "/撤销")
    assert await reminded(school) == [CAI]


async def test_a_leave_on_other_days_changes_nothing(school: School) -> None:
    await school.say(XU, PLAN)
    await school.say(OFFICE, "/名册 请假 蔡平 9-6到9-7 代理 孙茜")
    assert not await OutboxEntry.filter(notice="LeaderAway").exists()
    assert (await school.one(SUN, "/安排"))["facts"]["for_me"] == []
    assert await reminded(school) == [CAI]


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
    entry = await OutboxEntry.get(notice="ArrangedToday", person_id=school.people[SUN])
    assert entry.available_at < START + timedelta(minutes=1)


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
    assert SUN in await reminded(school)
