"""The bureau's answer, word for word, and from there to the families."""

from __future__ import annotations

import pytest

from domain.models import OutboxEntry, Problem, ProblemEvent
from tests.commands.dialogs import (
    CAI,
    GROUP,
    HEAD,
    LI,
    LIN,
    OFFICE,
    XU,
    dialog,
    listed,
    shown,
    told_to,
)
from tests.fixtures.house import School

SAID = "已列入明年计划，\n九月起执行。"


async def referred(school: School, **more: object) -> int:
    person = school.people[CAI]
    return await listed(
        school, LIN, "希望多招本区的孩子", **{"state": "referred", "responsible_id": person} | more
    )


async def test_the_office_writes_it_down_as_it_came(school: School) -> None:
    number = await referred(school)
    reply = await school.one(OFFICE, f"/批复 {number} {SAID}")
    assert shown(reply, "move", "text") == ("bureau", SAID)
    row = await Problem.get(id=number)
    assert (row.state, row.solved_at is None) == ("answered", False)
    said = await told_to(school, CAI, "ProblemNews")
    assert SAID.split("\n", maxsplit=1)[0] in said


async def test_who_recorded_the_words_tells_the_family_and_closes_it(school: School) -> None:
    number = await referred(school)
    await school.say(OFFICE, f"/批复 {number} {SAID}")
    entry = await OutboxEntry.get(notice="ProblemNews", person_id=school.people[LIN])
    assert entry.facts["to_do"] == "tell"
    assert len(entry.facts["voices"]) == 1
    reply = await school.one(LIN, f"/回访 {number} 满意 谢谢")
    assert shown(reply, "move") == ("close",)


async def test_each_voice_that_was_merged_has_its_teller(school: School) -> None:
    other = await listed(school, LI, "招生太少")
    number = await listed(school, LIN, "希望多招本区的孩子")
    await school.say(XU, f"/合并 {other} {number}")
    await Problem.filter(id=number).update(state="referred")
    await school.say(OFFICE, f"/批复 {number} {SAID}")
    for who in (LIN, LI):
        told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[who])
        assert [one.facts["to_do"] for one in await told.order_by("id")][-1] == "tell", who


@pytest.mark.parametrize("who", [LIN, XU, CAI, HEAD, "谷辉"])
async def test_nobody_else_does(school: School, who: str) -> None:
    number = await referred(school)
    reply = await school.one(who, f"/批复 {number} {SAID}")
    assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")


async def test_without_the_answer_it_is_asked_for(school: School) -> None:
    number = await referred(school)
    reply = await dialog(school, OFFICE, f"/批复 {number}", SAID)
    assert shown(reply, "move", "text") == ("bureau", SAID)


@pytest.mark.parametrize("state", ["listed", "claimed", "referral_asked", "answered", "closed"])
async def test_what_is_not_with_the_bureau_has_no_answer_of_it(school: School, state: str) -> None:
    number = await referred(school, state=state)
    reply = await school.one(OFFICE, f"/批复 {number} {SAID}")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")
    assert not await ProblemEvent.filter(kind="bureau").exists()


async def test_in_a_group_there_are_no_words_and_in_english_there_are_others(
    school: School,
) -> None:
    number = await referred(school)
    reply = await school.one(OFFICE, f"/批复 {number} {SAID}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert "明年" not in reply["text"]
    number = await referred(school)
    [reply] = await school.say(OFFICE, f"/bureau {number} next year", language="en")
    assert "The bureau's answer" in reply["text"]
