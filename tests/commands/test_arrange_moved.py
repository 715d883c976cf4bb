"""What is arranged is moved to another day; both sides hear of it, and it can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.models import Arrangement
from tests.commands.dialogs import CAI, GAO, LIN, XU, planned, reminded, told_to
from tests.fixtures.house import START, School
from tests.fixtures.passing import pass_to

PLAN = "/安排 蔡平 9-7 七3 王小明"


async def day() -> str:
    return (await Arrangement.get(id=1)).day.isoformat()


async def mornings(school: School) -> list[str]:
    """When the leader is reminded, for as long as the next days go."""
    return [when for when, _ in await reminded(school, "2018-09-12T08:00")]


@pytest.mark.parametrize(
    "typed",
    [
        "/安排 A1 9-8",
        "/安排 A1 周六",
        "/安排 A1 改到 9-8",
        "/安排 A1 改到9-8",
        "/安排 A1 推迟到 周六",
        "/安排 A1 日期：9-8",
        "/arrange A1 8 Sep",
        "/arrange a1 move to 9-8",
    ],
)
async def test_it_is_on_the_other_day_and_the_leader_hears_of_it(
    school: School, typed: str
) -> None:
    await planned(school, XU, PLAN)
    reply = await school.one(XU, typed)
    assert reply["text"].split("\n") == [
        "✅ A1 已改期：蔡平 9月8日 (周六) 走访七(3)班 王小明，原定9月7日",
        "已告诉蔡平。",
        "当天 07:30 提醒蔡平。",
    ]
    assert await day() == "2018-09-08"
    assert (await told_to(school, CAI, "VisitMoved")).split("\n") == [
        "🔔 许宁把 A1 改了日子：蔡平 9月8日 (周六) 走访七(3)班 王小明，原定9月7日",
        "去不了就发：/安排 A1 取消",
    ]
    # A Saturday, on which nothing else is said.
    assert await mornings(school) == ["09-08 07:30"]


async def test_in_english(school: School) -> None:
    await planned(school, XU, PLAN)
    (reply,) = await school.say(XU, "/arrange A1 8 Sep", language="en")
    assert reply["title"].startswith("✅ A1 moved: ")
    assert reply["title"].endswith("(it was 7 Sep)")


async def test_the_leader_moves_it_and_who_arranged_it_hears_of_it(school: School) -> None:
    await planned(school, XU, PLAN)
    reply = await school.one(CAI, "/安排 A1 9-8")
    assert "已告诉许宁。" in reply["text"]
    await told_to(school, XU, "VisitMoved")


async def test_it_is_taken_back_and_all_is_as_before(school: School) -> None:
    await planned(school, XU, PLAN)
    await school.one(XU, "/安排 A1 9-8")
    reply = await school.one(XU, "/撤销")
    assert reply["title"] == "✅ A1 已改期：蔡平 9月7日 (周五) 走访七(3)班 王小明，原定9月8日"
    assert await day() == "2018-09-07"
    assert await mornings(school) == ["09-07 07:30"]


async def test_taken_back_twice_it_is_off(school: School) -> None:
    await planned(school, XU, PLAN)
    await school.one(XU, "/安排 A1 9-8")
    await school.one(XU, "/撤销")
    assert (await school.one(XU, "/撤销"))["notice"] == "ArrangementCalledOff"
    assert await mornings(school) == []


async def test_what_another_moved_since_is_not_taken_back(school: School) -> None:
    await planned(school, XU, PLAN)
    await school.one(XU, "/安排 A1 9-8")
    await school.one(CAI, "/安排 A1 9-10")
    for typed in ("/撤销", "/撤销 A1"):
        reply = await school.one(XU, typed)
        assert reply["text"].split("\n") == [
            "⛔ A1 后来又改了日子，撤销不了。",
            "改日子就发：/安排 A1 9-8",
        ]
    assert await day() == "2018-09-10"


async def test_a_reminder_that_was_said_is_said_again_on_the_new_day(school: School) -> None:
    await planned(school, XU, PLAN)
    await pass_to("2018-09-07T08:00")
    await school.one(XU, "/安排 A1 9-10")
    assert await mornings(school) == ["09-07 07:30", "09-10 07:30"]


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("/安排 A1 9-2", "DayPast"),
        ("/安排 A1 9-7", "ArrangementShown"),
        ("/安排 A1 改期", "FieldsAsked"),
    ],
)
async def test_what_moves_nothing(school: School, typed: str, notice: str) -> None:
    await planned(school, XU, PLAN)
    assert (await school.one(XU, typed))["notice"] == notice
    assert await day() == "2018-09-07"
    if notice != "ArrangementShown":
        assert (await school.one(XU, "9-8"))["notice"] == "ArrangementMoved"


async def test_what_is_off_or_another_s_is_not_moved(school: School) -> None:
    await planned(school, XU, PLAN)
    for who in (LIN, GAO):
        assert (await school.one(who, "/安排 A1 9-8"))["outcome"] == "refuse"
    await school.one(XU, "/安排 A1 取消")
    assert (await school.one(XU, "/安排 A1 9-8"))["notice"] == "ArrangementClosed"
    assert await day() == "2018-09-07"


async def test_after_ten_minutes_it_is_said_how(school: School) -> None:
    await planned(school, XU, PLAN)
    await school.move_to(START + timedelta(minutes=11))
    reply = await school.one(XU, "/撤销 A1")
    assert reply["text"].split("\n")[1] == ("不去了就发：/安排 A1 取消；改日子：/安排 A1 9-8")
