"""Two problems heard as one, by those whose they are; and taken apart again."""

from __future__ import annotations

import asyncio

import pytest

from domain.models import Merge, OutboxEntry, Problem, ProblemNamed
from tests.commands.dialogs import (
    CAI,
    CHENG,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    listed,
    open_approval,
    shown,
    told_to,
)
from tests.fixtures.house import School


async def two(school: School) -> tuple[int, int]:
    return await listed(school, LIN, "食堂的菜太咸了"), await listed(school, LI, "菜很咸")


@pytest.mark.parametrize(
    "joint", ["{} {}", "#{} #{}", "{} 到 {}", "{}并入{}", "{} → {}", "{} into {}"]
)
async def test_the_first_goes_into_the_second(school: School, joint: str) -> None:
    one, other = await two(school)
    reply = await school.one(XU, "/合并 " + joint.format(one, other))
    assert reply["notice"] == "ProblemMoved", reply["text"]
    assert shown(reply, "problem", "move", "into") == (one, "merge", other)
    assert f"/拆分 {one}" in reply["text"]
    assert (await Problem.get(id=one)).merged_into_id == other


async def test_who_recorded_the_two_hears_and_sees_both_then(school: School) -> None:
    one, other = await two(school)
    await school.say(XU, f"/合并 {one} {other} 说的是一件事")
    assert await OutboxEntry.filter(notice="ProblemNews", person_id=school.people[LIN]).exists()
    said = await told_to(school, LI, "ProblemNews")
    assert f"已并入 #{other}" in said or "你这里没有" in said
    assert (await school.one(LIN, f"/跟进 {other} 好"))["reason"] == "not_allowed"


@pytest.mark.parametrize("who", [XU, CAI, "谷辉", OFFICE, "何国良", HEAD])
async def test_those_whose_it_is_merge_and_split(school: School, who: str) -> None:
    one, other = await two(school)
    assert shown(await school.one(who, f"/合并 {one} {other}"), "move") == ("merge",)
    reply = await school.one(who, f"/拆分 {one}")
    assert shown(reply, "move", "problem") == ("split", one)
    row = await Problem.get(id=one)
    assert (row.state, row.merged_into_id) == ("listed", None)


async def test_others_do_not(school: School) -> None:
    one, other = await two(school)
    assert (await school.one(LIN, f"/合并 {one} {other}"))["notice"] == "NotAllowed"
    reply = await school.one(CHENG, f"/合并 {one} {other}")
    assert reply["reason"] == "no_such_problem"
    # Who answers for one of them, but may not know of the other.
    await Problem.filter(id=one).update(state="claimed", responsible_id=school.people[CHENG])
    reply = await school.one(CHENG, f"/合并 {one} {other}")
    assert (reply["reason"], reply["facts"]["number"]) == ("no_such_problem", other)
    assert (await school.one(CHENG, f"/合并 {one} 999"))["reason"] == "no_such_problem"


async def test_into_itself_and_into_what_is_merged_is_refused(school: School) -> None:
    one, other = await two(school)
    reply = await school.one(XU, f"/合并 {one} {one}")
    assert (reply["notice"], reply["reason"]) == ("SameProblem", "same_problem")
    await school.say(XU, f"/合并 {one} {other}")
    for text in (f"/合并 {other} {one}", f"/合并 {one} {other}"):
        reply = await school.one(XU, text)
        assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")
        assert f"#{other}" in reply["text"]


async def test_what_was_never_merged_is_not_taken_apart(school: School) -> None:
    one, _ = await two(school)
    reply = await school.one(XU, f"/拆分 {one}")
    assert (reply["notice"], reply["reason"]) == ("NotMerged", "wrong_state")


async def test_the_second_number_is_asked_for(school: School) -> None:
    one, other = await two(school)
    reply = await school.one(XU, f"/合并 {one}")
    assert (reply["outcome"], reply["about"]) == ("ask", "into")
    assert shown(await school.one(XU, f"{other}"), "into") == (other,)


async def test_why_two_stay_apart_is_not_said_in_a_group(school: School) -> None:
    one, other = await two(school)
    await Problem.filter(id=other).update(state="claimed", responsible_id=school.people[CAI])
    await ProblemNamed.create(problem_id=one, person_id=school.people[CAI])
    there = await school.one(XU, f"/合并 {one} {other}", GROUP)
    alone = await school.one(XU, f"/合并 {one} {other}")
    assert there["notice"] == alone["notice"] == "MergeKeptApart"
    assert "原话提到了" in alone["text"]
    assert "原话" not in there["text"]
    assert there["facts"]["why"] is None


async def test_while_somebody_is_asked_about_it_it_waits(school: School) -> None:
    one, other = await two(school)
    await open_approval(school, one, "offer", by=XU, of=CAI)
    reply = await school.one(XU, f"/合并 {one} {other}")
    assert (reply["notice"], reply["reason"]) == ("ApprovalWaits", "wrong_state")


async def test_of_two_who_merge_both_ways_at_once_one_does(school: School) -> None:
    one, other = await two(school)
    replies = await asyncio.gather(
        school.one(XU, f"/合并 {one} {other}"), school.one(CAI, f"/合并 {other} {one}")
    )
    assert sorted(reply["notice"] for reply in replies) == ["ProblemElsewhere", "ProblemMoved"]
    assert await Merge.all().count() == 1


async def test_in_a_group_there_are_no_words(school: School) -> None:
    one, other = await two(school)
    reply = await school.one(XU, f"/合并 {one} {other} 菜太咸", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert "咸" not in reply["text"]


async def test_in_english(school: School) -> None:
    one, other = await two(school)
    reply = (await school.say(XU, f"/merge {one} into {other}", language="en"))[0]
    assert f"is merged into #{other}" in reply["text"]
    reply = (await school.say(XU, f"/split {one}", language="en"))[0]
    assert "on its own again" in reply["text"]
