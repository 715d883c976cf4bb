"""What is amiss with the roster is said with the command that mends it; changes can be looked up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from domain.actions.school import add_account, add_seat, person_named
from domain.house import SCHOOL_TIME
from domain.models import Account, Person, Seat
from domain.queries.units import all_units
from tests.commands.dialogs import ADMIN, CHENG, GAO, GROUP, HEAD, LI, LIN, OFFICE, XU, Reply
from tests.fixtures.house import START, School

TODAY = START.date()
CAI, SUN = "蔡平", "孙茜"


async def unit(name: str) -> int:
    return next(one.id for one in await all_units() if one.name == name)


async def check(school: School, who: str = ADMIN) -> dict[str, dict[str, Any]]:
    reply = await school.one(who, "/名册 检查")
    assert reply["notice"] == "RosterChecked", reply["text"]
    return {one["kind"]: one for one in reply["facts"]["findings"]}


async def all_well(school: School) -> None:
    """Fill every seat that the small school leaves empty, and give everyone an account."""
    li = school.people[LI]
    for one in await all_units():
        if one.kind != "school" and not await Seat.exists(unit_id=one.id, role="liaison"):
            await add_seat(li, "liaison", TODAY, unit=one.id)
        if one.kind != "school" and not await Seat.exists(unit_id=one.id, role="leader"):
            await add_seat(school.people[CHENG], "leader", TODAY, unit=one.id)
    for number in school.classes.values():
        if not await Seat.exists(school_class_id=number):
            await add_seat(li, "teacher", TODAY, school_class=number)
    for person in await Person.all():
        if not await Account.exists(person_id=person.id):
            await add_account(person.id, "console", "console", str(person.id))


# --- check -------------------------------------------------------------------------------------


async def test_all_well_says_so(school: School) -> None:
    await all_well(school)
    reply = await school.one(ADMIN, "/roster check")
    assert reply["text"] == "✅ 名册检查过了，没有问题。"


async def test_what_is_empty_is_numbered_with_its_mend(school: School) -> None:
    reply = await school.one(ADMIN, "/名册 检查")
    lines = reply["text"].split("\n")
    assert lines[0] == "⏰ 名册有 3 处要补"
    assert lines[1].startswith("1 没有联络人：党办、校办、工会、团委、师管处、教学管理处、总务处")
    assert lines[2] == "→ /名册 党办 联络人 姓名"
    assert lines[3].startswith("2 没有班主任：七(1)班、七(2)班、七(4)班")
    assert lines[4] == "→ /名册 添加 七1 班主任 姓名"
    assert lines[5].startswith("3 还没有账号：")
    assert lines[6] == "→ 让本人给我发一句话。"


async def mends(school: School, kind: str, **names: str) -> None:
    """The line's own command, with a name put in, makes the finding go away."""
    reply = await school.one(ADMIN, "/名册 检查")
    kinds = [one["kind"] for one in reply["facts"]["findings"]]
    command = reply["text"].split("\n")[2 + 2 * kinds.index(kind)].removeprefix("→ ")
    for before, after in names.items():
        command = command.replace(before, after)
    said = await school.one(ADMIN, command)
    assert said["outcome"] == "ok", said["text"]
    assert kind not in await check(school)


async def test_no_leader_and_its_mend(school: School) -> None:
    await all_well(school)
    await Seat.filter(role="leader", unit_id=await unit("工会")).delete()
    found = await check(school)
    assert (found["no_leader"]["units"], len(found)) == (["工会"], 1)
    await mends(school, "no_leader", 姓名=SUN)


async def test_no_liaison_and_its_mend(school: School) -> None:
    await all_well(school)
    await Seat.filter(role="liaison", unit_id=await unit("工会")).update(until=TODAY)
    await mends(school, "no_liaison", 姓名=SUN)


async def test_a_class_without_a_teacher_and_its_mend(school: School) -> None:
    await all_well(school)
    await Seat.filter(school_class_id=school.classes[7, 3]).delete()
    assert (await check(school))["no_teacher"]["units"] == ["七年级3班"]
    await mends(school, "no_teacher", 姓名=SUN)


async def test_no_head_and_no_admin_are_the_gravest(school: School) -> None:
    await all_well(school)
    await Seat.filter(role__in=("admin", "head")).delete()
    found = await check(school, who=OFFICE)
    assert list(found) == ["no_admin", "no_head"]
    reply = await school.one(OFFICE, "/名册 检查")
    assert "→ /名册 添加 管理员 姓名" in reply["text"]
    assert "→ /名册 组长 姓名" in reply["text"]


async def test_a_seat_held_twice_and_its_mend(school: School) -> None:
    await all_well(school)
    await add_seat(school.people[LIN], "teacher", TODAY, school_class=school.classes[7, 3])
    found = await check(school)
    assert (found["twice"]["people"], found["twice"]["units"]) == ([LIN], ["七年级3班"])
    await mends(school, "twice")
    seats = await Seat.filter(school_class_id=school.classes[7, 3]).order_by("id")
    assert [(seat.person_id, seat.until) for seat in seats] == [
        (school.people[LIN], None),
        (school.people[LIN], TODAY),
    ]


async def test_two_leaders_of_one_unit_and_the_mend(school: School) -> None:
    await all_well(school)
    await add_seat(school.people[SUN], "leader", TODAY, unit=await unit("七年级"))
    assert set((await check(school))["two_holders"]["people"]) == {CAI, SUN}
    await mends(school, "two_holders")


async def test_a_leader_away_with_nobody_standing_in_and_the_mend(school: School) -> None:
    await all_well(school)
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-12")
    await school.one(ADMIN, "/名册 请假 林晓 9-10到9-12")
    found = await check(school)
    assert (found["away_alone"]["people"], found["away_alone"]["since"]) == ([CAI], "2018-09-10")
    await mends(school, "away_alone", 姓名=SUN)


async def test_who_stands_in_is_away_too_and_the_mend(school: School) -> None:
    await all_well(school)
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-12 代理 孙茜")
    await school.one(ADMIN, "/名册 请假 孙茜 9-12 代理 程龙")
    assert (await check(school))["deputy_away"]["people"] == [CAI, SUN]
    await mends(school, "deputy_away", **{"（再重新记）": ""})


async def test_leaves_that_are_over_are_no_matter(school: School) -> None:
    await all_well(school)
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-12")
    await school.move_to(datetime(2018, 9, 13, 8, tzinfo=SCHOOL_TIME))
    assert await check(school) == {}


async def test_who_has_no_account_is_named_as_long_as_they_sit_somewhere(school: School) -> None:
    await all_well(school)
    new = await person_named("诸葛新")
    assert await check(school) == {}
    await add_seat(new, "teacher", TODAY, school_class=school.classes[7, 3])
    assert (await check(school))["no_account"]["people"] == ["诸葛新"]


async def test_in_english_every_command_that_is_shown_is_understood(school: School) -> None:
    await all_well(school)
    await Seat.filter(role="leader", unit_id=await unit("七年级")).delete()
    await Seat.filter(school_class_id=school.classes[7, 3]).delete()
    said = (await school.say(ADMIN, "/roster check", language="en"))[0]
    commands = [one[2:] for one in said["text"].split("\n") if one.startswith("→ ")]
    assert commands == ["/roster Grade 7 leader NAME", "/roster add 7-3 teacher NAME"]
    for command in commands:
        reply = await school.one(ADMIN, command.replace("NAME", "Sun Qian"))
        assert reply["notice"] == "SeatChanged"


@pytest.mark.parametrize("who", [LIN, XU, CHENG])
async def test_the_check_is_for_those_who_answer_for_the_roster(school: School, who: str) -> None:
    assert (await school.one(who, "/名册 检查"))["notice"] == "NotAllowed"


@pytest.mark.parametrize("who", [OFFICE, HEAD, "谷辉"])
async def test_and_they_see_it(school: School, who: str) -> None:
    assert await check(school, who)


# --- history --------------------------------------------------------------------------------------


async def lines(school: School, typed: str, who: str = ADMIN, chat: str = "direct") -> list[str]:
    reply: Reply = await school.one(who, typed, chat)
    assert reply["notice"] == "RosterHistory", reply["text"]
    text: list[str] = reply["text"].split("\n")
    return text


async def test_a_unit_s_changes_newest_first_and_what_stands_since_the_beginning(
    school: School,
) -> None:
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜 自 9-10")
    await school.one(HEAD, "/名册 七年级 联系领导 程龙")
    await school.one(ADMIN, "/名册 工会 联络人 孙茜")
    assert await lines(school, "/名册 历史 七年级", who=LIN) == [
        "🔔 名册更改：七年级",
        "9月3日 七年级 联系领导：原定孙茜 9月10日 (周一)起，不再生效。（邵毓君）",
        "9月3日 七年级 联系领导：程龙，今天起，接替蔡平。（邵毓君）",
        "9月3日 七年级 联系领导：孙茜，9月10日 (周一)起，接替蔡平。（方正）",
        "最初的名册：七年级 联系领导 蔡平（到2018年9月3日），七年级 联络人 许宁",
    ]


async def test_nothing_changed_yet(school: School) -> None:
    assert await lines(school, "/名册 历史") == ["🔔 名册最近的更改", "没有更改过。"]
    assert await lines(school, "/名册 历史 工会") == [
        "🔔 名册更改：工会",
        "最初的名册：工会 联系领导 何国良",
    ]
    assert await lines(school, "/roster history 七1") == ["🔔 名册更改：七(1)班", "没有更改过。"]


async def test_a_person_s_changes(school: School) -> None:
    await school.one(ADMIN, "/名册 添加 七1 班主任 李梅")
    await school.one(ADMIN, "/名册 移除 七5 班主任 李梅 自 9-10")
    assert await lines(school, "/名册 历史 李梅") == [
        "🔔 名册更改：李梅",
        "9月3日 七(5)班 教师：已移除李梅，9月10日 (周一)起。（方正）",
        "9月3日 七(1)班 教师：已添加李梅，今天起。（方正）",
        "最初的名册：七(5)班 教师 李梅（到2018年9月10日）",
    ]


async def test_all_changes_ten_at_a_time(school: School) -> None:
    for _ in range(6):
        await school.one(ADMIN, "/名册 添加 七1 班主任 李梅")
        await school.one(ADMIN, "/名册 移除 七1 班主任 李梅")
    shown = await lines(school, "/roster history")
    assert len(shown) == 12
    assert shown[-1] == "更早还有 2 次。"


async def test_when_somebody_was_away_is_for_them_and_those_who_note_it(school: School) -> None:
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-12 代理 孙茜")
    await school.one(ADMIN, "/名册 请假 蔡平 取消")
    for who in (ADMIN, OFFICE, HEAD, CAI):
        shown = await lines(school, "/名册 历史 蔡平", who=who)
        assert shown[1:3] == [
            "9月3日 蔡平 9月10日 (周一)起的请假取消了。（方正）",
            "9月3日 蔡平 9月10日 (周一)到9月12日 (周三) 请假，孙茜代理。（方正）",
        ]
    for who in (LIN, XU, GAO, CHENG):
        assert "请假" not in str(await lines(school, "/名册 历史 蔡平", who=who))
    assert "请假" not in str(await lines(school, "@走访 /名册 历史 蔡平", chat=GROUP))
    assert "请假" not in str(await lines(school, "@走访 /名册 历史", chat=GROUP))
    assert "请假" in str(await lines(school, "/名册 历史"))


async def test_an_unknown_unit_gets_the_nearest(school: School) -> None:
    reply = await school.one(LIN, "/名册 历史 司管处")
    assert (reply["notice"], reply["about"]) == ("DidYouMean", "unit")
    assert (await school.one(LIN, "1"))["facts"]["unit"] == "师管处"


async def test_a_change_of_long_ago_has_its_day(school: School) -> None:
    await school.one(ADMIN, "/名册 工会 联络人 孙茜")
    await school.move_to(datetime(2018, 10, 8, 8, tzinfo=SCHOOL_TIME))
    shown = await lines(school, "/名册 历史 工会")
    assert shown[1] == "9月3日 工会 联络人：孙茜，9月3日 (周一)起。（方正）"
    assert date(2018, 10, 8) > TODAY
