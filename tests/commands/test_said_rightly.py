"""What is said is so: what was given isn't missing, and a refusal names what is refused."""

from __future__ import annotations

import pytest

from tests.commands.dialogs import GAO, LIN, OFFICE, XU, labels
from tests.fixtures.house import School


@pytest.mark.parametrize(
    ("who", "typed", "title"),
    [
        (XU, "/安排 蔡平 9-31 七3", "❓ 日期没看懂。"),
        (XU, "/安排 蔡平 七3", "❓ 还差日期。"),
        (LIN, "/宣讲 影片 家长 0人", "❓ 人数没看懂。"),
        (LIN, "/家访 七年级 12号", "❓ 还差班级。"),
    ],
)
async def test_what_was_given_is_not_called_missing(
    school: School, who: str, typed: str, title: str
) -> None:
    assert (await school.one(who, typed))["title"] == title


async def test_a_leave_into_another_year_names_the_years(school: School) -> None:
    said = await school.one(LIN, "/名册 请假 2018-09-10到2019-08-10")
    assert "2018年9月10日到2019年8月10日" in said["title"]
    said = await school.one(GAO, "/名册 请假 9-10到9-12")
    assert "2018" not in said["title"]


async def test_a_refusal_names_the_action_where_others_are_allowed(school: School) -> None:
    refused = await school.one(LIN, "/名册 七年级 联系领导 孙茜")
    assert refused["title"].startswith("⛔ /名册：换人，由办公室、")
    refused = await school.one(LIN, "/安排 蔡平 周五 七3")
    assert refused["title"].startswith("⛔ /安排 由联络人、")


async def test_several_families_are_sent_back_before_anything_is_asked(school: School) -> None:
    reply = await school.one(LIN, "/家访 七3 王小明 微信聊的\n七3 李想")
    assert reply["notice"] == "OneAtATime"


async def test_a_leader_who_does_not_exist_is_not_another(school: School) -> None:
    reply = await school.one(XU, "/安排 卞春藤 9-5 七3 王小明")
    assert (reply["notice"], reply["about"]) == ("DidYouMean", "leader")
    assert "名册上没有“卞春藤”" in reply["title"]
    done = await school.one(XU, "蔡平")
    assert done["facts"]["arranged"]["leader"] == "蔡平"
    assert done["facts"]["arranged"]["note"] is None


async def test_the_child_of_the_own_class_is_offered_for_the_wrong_one(school: School) -> None:
    asked = await school.one(LIN, "/家访 七5 王小明 内向")
    assert labels(asked)[0] == "七(3)班 王小明"
    done = await school.one(LIN, "1")
    assert (done["facts"]["class_"], done["facts"]["text"]) == ("七年级3班", "内向")
    # Who may not read that class is told nothing of it.
    assert labels(await school.one(GAO, "/家访 七5 王小明")) == ["不在名单上，照样记"]


async def test_in_english_a_day_is_on_and_an_hour_at(school: School) -> None:
    await school.say(LIN, "/家访 七3 王小明", language="en")
    await school.say(LIN, "/undo V1", language="en")
    (reply,) = await school.say(LIN, "/undo V1", language="en")
    assert "taken back already, at 8:0" in reply["text"]
    assert (await school.one(OFFICE, "/进度"))["outcome"] == "ok"
