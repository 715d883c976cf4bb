"""A second return, an offered claim, a family that is not satisfied twice: what each answer does."""

from __future__ import annotations

import pytest

from domain.models import Approval, OutboxEntry, Problem, Unit
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, listed, open_approval, shown, told_to
from tests.fixtures.house import School

DEPUTY_HEAD = "何国良"


async def returned_once(school: School) -> int:
    person = school.people[CAI]
    number = await listed(school, LIN, "课表太满", category="logistics", returned=1)
    await Problem.filter(id=number).update(state="claimed", responsible_id=person)
    return number


async def test_a_second_return_that_is_agreed_to_goes_to_the_department(school: School) -> None:
    number = await returned_once(school)
    reply = await school.one(CAI, f"/退件 {number} 教学管理处 属排课")
    assert shown(reply, "move") == ("ask",)
    [approval] = await Approval.all()
    decides = next(name for name, one in school.people.items() if one == approval.asked_of_id)
    said = await told_to(school, decides, "ApprovalAsked")
    for part in ("第二次退件", "教学管理处", "属排课"):
        assert part in said
    reply = await school.one(decides, f"/同意 {number}")
    assert shown(reply, "move") == ("return",)
    assert "已同意退给教学管理处" in reply["text"]
    row = await Problem.get(id=number)
    teaching = await Unit.get(name="教学管理处")
    assert (row.state, row.department_id, row.returned) == ("listed", teaching.id, 2)
    assert "/认领" in await told_to(school, "孙茜", "ProblemNews")
    assert shown(await school.one("孙茜", f"/认领 {number}"), "move") == ("claim",)


async def test_a_second_return_that_is_declined_leaves_it_where_it_is(school: School) -> None:
    number = await returned_once(school)
    await school.say(CAI, f"/退件 {number} 教学管理处 属排课")
    [approval] = await Approval.all()
    decides = next(name for name, one in school.people.items() if one == approval.asked_of_id)
    await school.say(decides, f"/不同意 {number} 教室归总务")
    row = await Problem.get(id=number)
    assert (row.state, row.responsible_id, row.returned) == ("claimed", school.people[CAI], 1)
    said = await told_to(school, CAI, "ProblemNews")
    assert "不退给教学管理处" in said
    assert "教室归总务" in said


@pytest.mark.parametrize("said", ["/认领 {}", "/同意 {}", "/同意"])
async def test_an_offer_is_accepted_by_claiming_or_agreeing(school: School, said: str) -> None:
    number = await listed(school, LIN, "灯坏了")
    await school.say(CAI, f"/认领 {number} 程龙")
    assert f"/认领 {number}" in await told_to(school, CHENG, "ApprovalAsked")
    reply = await school.one(CHENG, said.format(number))
    assert shown(reply, "move") == ("claim",)
    row = await Problem.get(id=number)
    assert (row.state, row.responsible_id) == ("claimed", school.people[CHENG])


async def test_an_offer_that_is_not_taken_is_told_to_who_made_it(school: School) -> None:
    number = await listed(school, LIN, "灯坏了")
    await school.say(CAI, f"/认领 {number} 程龙")
    await school.say(CHENG, f"/不同意 {number} 不归我这条线")
    said = await told_to(school, CAI, "ProblemNews")
    assert "程龙没有接" in said
    assert "不归我这条线" in said
    assert (await Problem.get(id=number)).state == "listed"
    # Somebody else may be asked then.
    assert shown(await school.one(CAI, f"/认领 {number} 何国良"), "move") == ("offer",)


async def test_an_offer_is_over_once_somebody_else_has_claimed_it(school: School) -> None:
    number = await listed(school, LIN, "灯坏了")
    await school.say(CAI, f"/认领 {number} 程龙")
    await school.say(DEPUTY_HEAD, f"/认领 {number}")
    assert (await school.one(CHENG, "/同意"))["notice"] == "NothingToDecide"
    reply = await school.one(CHENG, f"/认领 {number}")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")
    assert DEPUTY_HEAD in reply["text"]


async def not_satisfied_twice(school: School, state: str = "solved", who: str | None = CAI) -> int:
    person = school.people[who] if who else None
    number = await listed(school, LIN, "菜太咸", state=state, responsible_id=person)
    await Problem.filter(id=number).update(dissatisfied=1)
    reply = await school.one(LIN, f"/回访 {number} 不满意 还是咸")
    assert shown(reply, "move") == ("reopen",)
    return number


async def test_the_head_closes_what_was_explained_and_not_agreed_with(school: School) -> None:
    number = await not_satisfied_twice(school)
    said = await told_to(school, HEAD, "ApprovalAsked")
    for part in ("第二次不满意", "已解释，未认可", f"/同意 {number}", f"/不同意 {number}"):
        assert part in said
    reply = await school.one(HEAD, f"/同意 {number} 已当面解释")
    assert shown(reply, "move", "text") == ("close", "已当面解释")
    row = await Problem.get(id=number)
    assert (row.state, row.ending, row.ended_at is None) == ("closed", "not_agreed", False)
    told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[LIN])
    assert [one.facts["move"] for one in await told.order_by("id")] == ["close"]


async def test_or_lets_it_go_on(school: School) -> None:
    number = await not_satisfied_twice(school)
    reply = await school.one(HEAD, f"/不同意 {number} 再换一家")
    assert shown(reply, "move") == ("decline",)
    assert (await Problem.get(id=number)).state == "claimed"
    assert "继续办" in await told_to(school, LIN, "ProblemNews")


async def test_so_too_what_the_bureau_answered_and_nobody_has_claimed(school: School) -> None:
    number = await not_satisfied_twice(school, "answered", None)
    assert (await Problem.get(id=number)).state == "listed"
    assert shown(await school.one(HEAD, f"/同意 {number}"), "move") == ("close",)


async def test_each_is_said_in_english(school: School) -> None:
    number = await not_satisfied_twice(school)
    assert "explained, not agreed" in await told_to(school, HEAD, "ApprovalAsked", "en")
    [reply] = await school.say(HEAD, f"/approve {number}", language="en")
    assert "explained, not agreed with" in reply["text"]
    other = await listed(school, LIN, "灯坏了")
    await open_approval(school, other, "offer", by=CAI, of=CHENG)
    assert "asks you to claim" in await told_to(school, CHENG, "ApprovalAsked", "en")
    [reply] = await school.say(CHENG, f"/approve {other}", language="en")
    assert "is yours now" in reply["text"]
