"""A change of the roster can be taken back: seats and leaves are exactly as they were before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.models import Leave, OutboxEntry, RosterChange, Seat
from domain.queries.people import standing_of
from tests.commands.dialogs import ADMIN, HEAD, LI, LIN, OFFICE, Reply
from tests.fixtures.house import START, School

CAI, SUN = "蔡平", "孙茜"
TODAY = START.date()


async def seats() -> list[tuple[object, ...]]:
    rows = await Seat.all().order_by("id")
    return [
        (row.person_id, row.role, row.unit_id, row.school_class_id, row.since, row.until)
        for row in rows
    ]


async def leaves() -> list[tuple[object, ...]]:
    rows = await Leave.all().order_by("id")
    return [(row.person_id, row.deputy_id, row.since, row.until) for row in rows]


async def told() -> list[tuple[str, str]]:
    rows = await OutboxEntry.filter(heard_id=None).order_by("id").prefetch_related("person")
    return [(row.person.name, row.notice) for row in rows if row.person]


async def undo(school: School, who: str = ADMIN) -> Reply:
    return await school.one(who, "/撤销")


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ((), "/名册 七年级 联系领导 孙茜"),
        ((), "/名册 七年级 联系领导 孙茜 自 9-10"),
        (("/名册 七年级 联系领导 孙茜 自 9-10",), "/名册 七年级 联系领导 程龙"),
        (("/名册 七年级 联系领导 孙茜 自 9-10",), "/名册 七年级 联系领导 蔡平"),
        ((), "/名册 添加 七3 班主任 李梅"),
        ((), "/名册 移除 七3 班主任 自 9-10"),
        (("/名册 添加 管理员 李梅",), "/名册 移除 管理员 李梅"),
    ],
)
async def test_seats_are_exactly_as_before(
    school: School, before: tuple[str, ...], typed: str
) -> None:
    for one in before:
        await school.one(HEAD, one)
    there = await seats()
    assert (await school.one(ADMIN, typed))["notice"] == "SeatChanged"
    assert await seats() != there
    reply = await undo(school)
    assert reply["notice"] == "RosterUndone", reply["text"]
    assert await seats() == there
    assert (await undo(school))["notice"] == "NothingToUndo"


async def test_all_seats_of_one_who_did_not_leave_after_all(school: School) -> None:
    there = await seats()
    await school.one(ADMIN, "/名册 移除 蔡平")
    await school.one(ADMIN, "全部")
    await undo(school)
    assert await seats() == there


async def test_those_who_were_told_hear_of_it_and_it_stands_in_the_history(school: School) -> None:
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜")
    before = len(await told())
    reply = await undo(school)
    assert reply["text"].split("\n") == [
        "✅ 名册的这次更改撤销了：七年级 联系领导：孙茜，今天起，接替蔡平。",
        "名册和那之前一样。",
        "已告诉：孙茜、蔡平、许宁",
    ]
    assert (await told())[before:] == [(one, "RosterUndoneTold") for one in (SUN, CAI, "许宁")]
    assert [row.action for row in await RosterChange.all().order_by("id")] == ["set", "undone"]
    shown = await school.one(LIN, "/名册 历史 七年级")
    assert shown["text"].split("\n")[1:3] == [
        "9月3日 七年级 联系领导：孙茜，今天起，接替蔡平。（方正，后来撤销了）",
        "最初的名册：七年级 联系领导 蔡平，七年级 联络人 许宁",
    ]


async def test_in_english_the_history_says_it_too(school: School) -> None:
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜")
    await undo(school)
    (shown,) = await school.say(LIN, "/roster history 蔡平", language="en")
    assert "(方正; taken back since)" in shown["text"].split("\n")[1]


async def test_of_several_seats_each_says_where_it_is_that_it_was_taken_back(
    school: School,
) -> None:
    await school.one(ADMIN, "/名册 移除 蔡平")
    await school.one(ADMIN, "全部")
    await undo(school)
    removed = await RosterChange.filter(action="remove").order_by("id")
    undone = await RosterChange.filter(action="undone").order_by("id")
    assert [row.unit_id for row in undone] == [row.unit_id for row in removed]
    for unit in ("七年级", "总务处"):
        shown = await school.one(LIN, f"/名册 历史 {unit}")
        assert "已移除蔡平，今天起。（方正，后来撤销了）" in shown["text"], unit


async def test_whom_somebody_replaced_stands_in_what_was_taken_back_too(school: School) -> None:
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜")
    await undo(school)
    assert (await RosterChange.get(action="undone")).before_id == school.people[CAI]


async def test_two_changes_are_taken_back_one_after_the_other(school: School) -> None:
    there = await seats()
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜")
    between = await seats()
    await school.one(ADMIN, "/名册 七年级 联系领导 程龙")
    for left in (between, there):
        assert (await undo(school))["notice"] == "RosterUndone"
        assert await seats() == left
    assert (await undo(school))["notice"] == "NothingToUndo"


async def test_two_leaves_are_taken_back_one_after_the_other(school: School) -> None:
    there = await leaves()
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-20 代理 孙茜")
    between = await leaves()
    await school.one(ADMIN, "/名册 请假 蔡平 9-15到9-25")
    for left in (between, there):
        assert (await undo(school))["notice"] == "RosterUndone"
        assert await leaves() == left


async def test_what_another_changed_and_took_back_is_no_change(school: School) -> None:
    there = await seats()
    await school.one(ADMIN, "/名册 七年级 联系领导 孙茜")
    await school.one(HEAD, "/名册 七年级 联系领导 程龙")
    assert (await undo(school))["notice"] == "RosterMovedOn"
    await undo(school, HEAD)
    assert (await undo(school))["notice"] == "RosterUndone"
    assert await seats() == there


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("/名册 七年级 联系领导 孙茜", "/名册 七年级 联系领导 程龙"),
        ("/名册 添加 七3 班主任 李梅", "/名册 移除 七3 班主任 李梅"),
        ("/名册 移除 七3 班主任 林晓", "/名册 添加 七3 班主任 林晓"),
        ("/名册 移除 七年级 联络人", "/名册 七年级 联络人 李梅"),
    ],
)
async def test_what_was_changed_since_cannot_be_taken_back(
    school: School, typed: str, since: str
) -> None:
    await school.one(ADMIN, typed)
    await school.one(HEAD, since)
    there = await seats()
    reply = await undo(school)
    assert (reply["notice"], reply["reason"]) == ("RosterMovedOn", "wrong_state")
    assert reply["text"].split("\n")[1] == "现在的样子看：/名册 历史"
    assert await seats() == there


async def test_another_teacher_of_the_class_is_another_matter(school: School) -> None:
    await school.one(ADMIN, "/名册 添加 七3 班主任 李梅")
    await school.one(HEAD, "/名册 添加 七3 班主任 高远")
    assert (await undo(school))["notice"] == "RosterUndone"


async def test_the_last_admin_cannot_be_taken_back_either(school: School) -> None:
    await school.one(OFFICE, "/名册 添加 管理员 李梅")
    await school.one(HEAD, "/名册 移除 管理员 方正")
    there = await seats()
    reply = await undo(school, OFFICE)
    assert (reply["notice"], reply["facts"]["why"]) == ("SeatRefused", "last_admin")
    assert await seats() == there


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        ((), "/名册 请假 蔡平 9-10到9-20 代理 孙茜"),
        (("/名册 请假 蔡平 9-10到9-20 代理 孙茜",), "/名册 请假 蔡平 9-15到9-25"),
        (("/名册 请假 蔡平 9-10到9-20 代理 孙茜",), "/名册 销假 蔡平"),
        (("/名册 请假 蔡平 9-1到9-20 代理 孙茜",), "/名册 销假 蔡平"),
        (("/名册 请假 蔡平 9-10到9-20",), "/名册 请假 蔡平 9-10到9-20 代理 孙茜"),
    ],
)
async def test_leaves_are_exactly_as_before(
    school: School, before: tuple[str, ...], typed: str
) -> None:
    for one in before:
        await school.one(HEAD, one)
    there = await leaves()
    assert (await school.one(ADMIN, typed))["outcome"] == "ok"
    assert await leaves() != there
    reply = await undo(school)
    assert reply["notice"] == "RosterUndone", reply["text"]
    assert await leaves() == there


async def test_a_deputy_of_a_leave_that_was_taken_back_may_do_nothing(school: School) -> None:
    await school.one(LIN, "/名册 请假 今天 代理 李梅")
    assert (await school.one(LI, "/待访 七3"))["notice"] == "TodoShown"
    await undo(school, LIN)
    assert (await school.one(LI, "/待访 七3"))["notice"] == "NotYours"
    assert (await told())[-1] == ("许宁", "RosterUndoneTold")


async def test_a_leave_that_was_changed_since_stays(school: School) -> None:
    await school.one(ADMIN, "/名册 请假 蔡平 9-10到9-20 代理 孙茜")
    await school.one(OFFICE, "/名册 请假 蔡平 9-15到9-25")
    there = await leaves()
    assert (await undo(school))["notice"] == "RosterMovedOn"
    assert await leaves() == there
    sun = await standing_of(school.people[SUN], date(2018, 9, 25))
    assert school.people[CAI] in {seat.for_person for seat in sun.seats}
    assert timedelta(0) < date(2018, 9, 25) - TODAY
