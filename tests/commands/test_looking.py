"""How many families have been seen, of whom; and whom to visit next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from chat.console.names import APP, PLATFORM
from domain.actions.school import add_account, add_seat, person_named
from domain.house import SCHOOL_TIME, enter_house, house
from domain.queries.units import units_called
from domain.rules.policy import Role
from tests.commands.dialogs import (
    ADMIN,
    CHENG,
    DIRECT,
    GAO,
    GROUP,
    HEAD,
    LIN,
    OFFICE,
    XU,
    dialog,
    kinds,
    labels,
    shown,
)
from tests.fixtures.house import TERM, School

HELPERS = "请找年级联络人或管理员。"
NUMBERS = ("unit", "families", "visited", "refused", "by_phone")


async def join(school: School, name: str, role: Role, unit: str) -> None:
    """Somebody more at the school."""
    school.people[name] = person = await person_named(name)
    (found,) = await units_called(unit)
    await add_seat(person, role, TERM, unit=found.id)
    await add_account(person, PLATFORM, APP, str(person))


# --- coverage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "unit", "families"),
    [
        (LIN, "七年级3班", 4),
        (CHENG, "八年级", 2),
        (XU, "七年级", 8),
        (HEAD, "全校", 11),
        (OFFICE, "全校", 11),
    ],
)
async def test_without_a_unit_it_is_one_s_own(
    school: School, who: str, unit: str, families: int
) -> None:
    reply = await school.one(who, "/进度")
    assert (reply["notice"], reply["outcome"]) == ("CoverageShown", "ok")
    assert shown(reply, "unit", "families", "visited") == (unit, families, 0)


async def test_in_a_grade_s_group_it_is_the_grade_s(school: School) -> None:
    (reply,) = await school.say(GAO, "/进度", GROUP)
    assert (reply["chat"], reply["facts"]["unit"]) == (GROUP, "七年级")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("七年级", "七年级"),
        ("初一", "七年级"),
        ("初一年级", "七年级"),
        ("7年级", "七年级"),
        ("七", "七年级"),
        ("Grade 7", "七年级"),
        ("G7", "七年级"),
        ("单位：七年级", "七年级"),
        ("高二", "高二年级"),
        ("七3", "七年级3班"),
        ("七(3)班", "七年级3班"),
        ("703", "七年级3班"),
        ("7-3", "七年级3班"),
        ("Class 3 of Grade 7", "七年级3班"),
        ("全校", "全校"),
        ("学校", "全校"),
        ("党办", "全校"),
    ],
)
async def test_a_unit_goes_by_any_of_its_names(school: School, typed: str, unit: str) -> None:
    for command in ("/进度", "coverage"):
        assert (await school.one(LIN, f"{command} {typed}"))["facts"]["unit"] == unit


async def test_visits_are_counted_once_for_each_family_and_apart_by_how_they_went(
    school: School,
) -> None:
    for visit in (
        "王小明",
        "王小明 昨天",
        "王晓敏 电话",
        "李想 婉拒",
        "欧阳娜娜 视频",
        "王晓敏 微信 昨天",
    ):
        await school.say(LIN, f"/家访 七3 {visit}")
    reply = await school.one(LIN, "/进度")
    assert shown(reply, *NUMBERS) == ("七年级3班", 4, 2, 1, 1)
    assert reply["text"].split("\n")[:3] == [
        "🔔 七(3)班走访 2/4 户，50%",
        "要求高于 33%，已经达到。",
        "婉拒 1，电话或微信 1，都算听到。",
    ]
    grade = await school.one(LIN, "/进度 七年级")
    assert shown(grade, *NUMBERS) == ("七年级", 8, 2, 1, 1)
    parts = {one["unit"]: (one["visited"], one["families"]) for one in grade["facts"]["parts"]}
    assert parts["七年级3班"] == (2, 4)
    assert parts["七年级5班"] == (0, 3)


async def test_a_visit_after_a_refusal_takes_the_refusal_s_place(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 李想 婉拒 昨天", "/家访 七3 李想")
    assert shown(await school.one(LIN, "/进度"), *NUMBERS) == ("七年级3班", 4, 1, 0, 0)


async def test_siblings_count_in_each_class_and_once_for_the_school(school: School) -> None:
    await school.say(GAO, "/家访 八1 李念")
    for typed in ("七3", "七年级", "八1", "八年级", "全校"):
        assert (await school.one(HEAD, f"/进度 {typed}"))["facts"]["visited"] == 1, typed


async def test_the_school_says_which_grades_are_not_there_yet(school: School) -> None:
    reply = await school.one(HEAD, "/进度")
    assert reply["facts"]["minimum"] is None
    assert reply["text"].split("\n")[1] == (
        "各年级要求高于 33%，还没到：七年级、八年级、高二年级、高三年级。"
    )
    for child in ("八1 1号", "八1 2号", "高二1 1号", "高三1 1号", "七3 12号", "七3 13号"):
        await school.say(LIN, f"/家访 {child}")
    assert "各年级要求高于 33%，都已达到。" in (await school.one(HEAD, "/进度"))["text"]


async def test_a_department_has_no_families_and_the_answer_says_whose_these_are(
    school: School,
) -> None:
    reply = await school.one(LIN, "/进度 总务处")
    assert shown(reply, "unit", "asked", "families") == ("全校", "总务处", 11)
    assert reply["text"].split("\n")[1] == "总务处没有家庭，这是全校的。"
    for typed in ("全校", "七年级", "七3"):
        reply = await school.one(LIN, f"/进度 {typed}")
        assert reply["facts"]["asked"] is None
        assert "没有家庭，" not in reply["text"]


async def test_reached_is_strictly_above_the_minimum(school: School) -> None:
    enter_house(replace(house(), plan=house().plan.with_minimum(0.25)))
    await school.say(LIN, "/家访 七3 王小明")
    at_it = await school.one(LIN, "/进度")
    assert shown(at_it, "visited", "families", "minimum") == (1, 4, 0.25)
    assert "要求高于 25%，还没到。" in at_it["text"]
    above = await dialog(school, LIN, "/家访 七3 王晓敏", "/进度")
    assert "要求高于 25%，已经达到。" in above["text"]


async def test_the_forecast_and_its_arithmetic(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明")
    reply = await school.one(LIN, "/进度 七年级")
    forecast = reply["facts"]["forecast"]
    # One family in the last 14 days, 12 days to go, 8 families; above 33 % of 8 are 3.
    assert forecast["by"] == "2018-09-15"
    assert (forecast["seen"], forecast["days"], forecast["per_week"]) == (1, 14, 0.5)
    assert forecast["share"] == pytest.approx((1 + 12 / 14) / 8)
    # Two more in 12 days are 1.17 a week, 0.67 more than now.
    assert forecast["needed_per_week"] == 1
    assert "按近 14 天走访 1 户，9月15日到 23%；每周再多 1 户才过线。" in reply["text"]


@pytest.mark.parametrize("answer", ["3", "3班", "七3"])
async def test_a_class_that_does_not_exist_is_answered_with_those_that_do(
    school: School, answer: str
) -> None:
    reply = await school.one(LIN, "/进度 七13")
    assert (reply["outcome"], reply["reason"]) == ("refuse", "impossible_class")
    assert (await school.one(LIN, answer))["facts"]["unit"] == "七年级3班"


async def test_an_unknown_unit_gets_the_nearest_and_a_picked_one_is_shown(school: School) -> None:
    reply = await school.one(LIN, "/进度 八年段")
    assert (reply["notice"], reply["outcome"], reply["about"]) == ("DidYouMean", "suggest", "unit")
    assert labels(reply)[0] == "八年级"
    assert (await school.one(LIN, "1"))["facts"]["unit"] == "八年级"


async def test_more_than_the_command_takes_is_asked_about(school: School) -> None:
    reply = await school.one(LIN, "/进度 七年级 差多少")
    assert (reply["outcome"], labels(reply)) == ("suggest", ["不管它，照办"])
    assert reply["title"] == "❓ “差多少”没看懂，在这里用不上。"
    assert (await school.one(LIN, "1"))["facts"]["unit"] == "七年级"


# --- whom to visit next ----------------------------------------------------------------------


async def test_special_families_past_their_interval_come_first_then_the_longest_unvisited(
    school: School,
) -> None:
    await dialog(school, LIN, "/家访 七3 王小明 8-1", "/家访 七3 王晓敏")
    await school.move_to(datetime(2018, 11, 14, 8, tzinfo=SCHOOL_TIME))
    reply = await school.one(LIN, "/待访")
    assert (reply["notice"], reply["facts"]["unit"]) == ("TodoShown", "七年级3班")
    items = [(one["student"], one["why"]) for one in reply["facts"]["items"]]
    assert items == [("李想", "special_due"), ("欧阳娜娜", "never"), ("王小明", "longest")]
    assert reply["facts"]["items"][0]["due"] == "2018-11-13"
    assert reply["text"].split("\n") == [
        "⏰ 七(3)班接下来走访 3 户",
        "1 李想　特殊家庭，还没走访过",
        "2 欧阳娜娜　还没走访过",
        "3 王小明　上次 2018年8月1日",
        "走访后发：/家访 七3 李想 …",
    ]


async def test_a_special_family_is_told_as_one_and_when_it_was_seen_its_day_is_told(
    school: School,
) -> None:
    reply = await school.one(LIN, "/待访")
    assert "\n3 李想　特殊家庭，还没走访过\n" in reply["text"]
    assert [one["why"] for one in reply["facts"]["items"]] == ["never"] * 4
    await school.say(LIN, "/家访 七3 李想")
    await school.move_to(datetime(2018, 12, 4, 8, tzinfo=SCHOOL_TIME))
    reply = await school.one(LIN, "/待访")
    assert "\n1 李想　特殊家庭，2018年12月2日到期\n" in reply["text"]


async def test_who_was_seen_is_left_out_and_what_is_left_is_counted(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明", "/家访 七3 王晓敏 婉拒")
    reply = await school.one(XU, "/待访")
    assert shown(reply, "unit", "more", "heard_only") == ("七年级", 1, 1)
    names = [one["student"] for one in reply["facts"]["items"]]
    assert names == ["张伟", "李想", "欧阳娜娜", "张伟", "陈晨"]
    assert "另有 1 户。\n已听到、还没见面的 1 户，排在最后。" in reply["text"]


async def test_who_was_only_phoned_or_declined_comes_last_with_the_reason(school: School) -> None:
    await dialog(school, LIN, "/家访 七3 王小明 电话", "/家访 七3 王晓敏 婉拒", "/家访 七3 李想")
    reply = await school.one(LIN, "/待访")
    assert reply["text"].splitlines()[:5] == [
        "⏰ 七(3)班接下来走访 1 户",
        "1 欧阳娜娜　还没走访过",
        "2 王小明　只电话、微信联系过，还没见面",
        "3 王晓敏　婉拒过，还没见面",
        "已听到、还没见面的 2 户，排在最后。",
    ]
    await school.say(LIN, "/家访 七3 欧阳娜娜")
    reply = await school.one(LIN, "/待访")
    assert reply["title"] == "⏰ 七(3)班只差当面走访 2 户"
    assert [one["why"] for one in reply["facts"]["items"]] == ["by_phone", "refused"]


async def test_when_all_are_seen_there_is_nobody_to_visit(school: School) -> None:
    for name in ("王小明", "王晓敏", "李想", "欧阳娜娜"):
        await school.say(LIN, f"/家访 七3 {name}")
    reply = await school.one(LIN, "/待访")
    assert (reply["facts"]["items"], reply["title"]) == ([], "✅ 七(3)班眼下没有要走访的。")


async def test_from_a_group_it_goes_to_the_asker_alone_and_the_group_hears_only_that(
    school: School,
) -> None:
    heard = await school.say(LIN, "/待访", GROUP)
    assert kinds(heard) == [("ToldPrivately", GROUP), ("TodoShown", DIRECT)]
    assert heard[0]["text"] == "✅ 已私聊回你。"
    assert (heard[0]["understood"], heard[0]["facts"]) == (None, {"heard": None})
    # One's own class, not the group's grade: only that may be seen.
    assert heard[1]["facts"]["unit"] == "七年级3班"


async def test_a_teacher_who_asks_for_the_grade_is_shown_the_own_class(school: School) -> None:
    reply = await school.one(LIN, "/待访 七年级")
    assert reply["facts"]["unit"] == "七年级3班"


@pytest.mark.parametrize("unit", ["七5", "八年级", "高三"])
async def test_another_s_families_are_not_shown(school: School, unit: str) -> None:
    reply = await school.one(LIN, f"/待访 {unit}")
    assert (reply["notice"], reply["outcome"], reply["reason"]) == (
        "NotYours",
        "refuse",
        "not_allowed",
    )
    assert "/待访" in reply["text"]


@pytest.mark.parametrize(
    ("unit", "helper"),
    [("七年级", "请找年级联络人许宁。"), ("八年级", HELPERS), ("总务处", HELPERS)],
)
async def test_a_teacher_without_a_class_is_told_so_and_who_may_help(
    school: School, unit: str, helper: str
) -> None:
    await join(school, "陆岩", "teacher", unit)
    reply = await school.one("陆岩", "/待访")
    assert (reply["notice"], reply["outcome"], reply["reason"]) == (
        "NoClassOfYours",
        "refuse",
        "not_allowed",
    )
    assert reply["text"] == f"⛔ 名册上没有你带的班，列不出该走访谁。\n{helper}"
    # A unit that was said is refused as before.
    assert (await school.one("陆岩", "/待访 八年级"))["notice"] == "NotYours"


async def test_the_admin_may_not_and_is_told_who_may(school: School) -> None:
    reply = await school.one(ADMIN, "/待访")
    assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")
    assert reply["title"].startswith("⛔ /待访 由教师、联络人、")
