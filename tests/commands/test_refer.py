"""What the school can't solve: who asks for a referral, as what, and what the answer comes to."""

from __future__ import annotations

import pytest

from domain.models import Approval, OutboxEntry, Problem, ProblemEvent
from tests.commands.dialogs import (
    ADMIN,
    CAI,
    CHENG,
    GROUP,
    LIN,
    OFFICE,
    XU,
    dialog,
    listed,
    shown,
    told_to,
)
from tests.fixtures.house import School

DEPUTY_HEAD = "何国良"
WHY = "学校定不了"


async def claimed(school: School, state: str = "claimed") -> int:
    person = school.people[CAI] if state == "claimed" else None
    return await listed(school, LIN, "希望多招几个本区的孩子", state=state, responsible_id=person)


@pytest.mark.parametrize(
    ("said", "category", "why"),
    [
        ("招生政策 学校定不了", "admissions", WHY),
        ("招生 学校定不了", "admissions", WHY),
        ("2 学校定不了", "admissions", WHY),
        ("招生政策学校定不了", "admissions", WHY),
        ("最多跑一次 学校定不了", "one_visit", WHY),
        ("“最多跑一次”改革 学校定不了", "one_visit", WHY),
        ("四风 学校定不了", "four_winds", WHY),
        ("上报其他 学校定不了", "bureau_other", WHY),
        ("其他 学校定不了", "bureau_other", WHY),
        ("admissions policy not ours\nto decide", "admissions", "not ours\nto decide"),
        ("类别：招生政策 理由：学校定不了", "admissions", WHY),
    ],
)
async def test_a_category_is_said_by_name_alias_or_number(
    school: School, said: str, category: str, why: str
) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/上报 {number} {said}")
    assert reply["notice"] == "ProblemMoved", reply["text"]
    assert (await Approval.get()).details == {"category": category}
    assert shown(reply, "move", "text") == ("ask_referral", why)
    assert (await Problem.get(id=number)).state == "referral_asked"


async def test_a_second_leader_agrees_and_the_office_hears(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/上报 {number} 招生政策 {WHY}")
    said = await told_to(school, DEPUTY_HEAD, "ApprovalAsked")
    for part in ("上报教育局", "招生政策", WHY, f"/同意 {number}"):
        assert part in said
    reply = await school.one(DEPUTY_HEAD, f"/同意 {number}")
    assert shown(reply, "move") == ("refer",)
    row = await Problem.get(id=number)
    assert (row.state, row.category) == ("referred", "admissions")
    assert row.classified_at is not None
    told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[OFFICE])
    assert await told.count() == 1


async def test_declined_it_is_where_it_was(school: School) -> None:
    for state, who in (("claimed", CAI), ("listed", XU)):
        number = await claimed(school, state)
        await school.say(who, f"/上报 {number} 招生政策 {WHY}")
        approver = "蔡平" if who == XU else DEPUTY_HEAD
        reply = await school.one(approver, f"/不同意 {number} 学校能办")
        assert shown(reply, "move") == ("keep",)
        row = await Problem.get(id=number)
        assert (row.state, row.category) == (state, None)
        assert "学校能办" in await told_to(school, who, "ProblemNews")


async def test_without_a_category_the_six_are_offered(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/上报 {number} {WHY}，请局里看")
    assert (reply["notice"], reply["outcome"]) == ("BureauCategoryAsked", "choose")
    assert [one["label"] for one in reply["choices"]][1] == "招生政策"
    assert len(reply["choices"]) == 6
    reply = await school.one(CAI, "2")
    assert shown(reply, "move", "text") == ("ask_referral", f"{WHY}，请局里看")


async def test_the_category_may_be_answered_by_name(school: School) -> None:
    number = await claimed(school)
    reply = await dialog(school, CAI, f"/上报 {number} {WHY}", "招生政策")
    assert shown(reply, "move", "text") == ("ask_referral", WHY)
    assert (await Approval.get()).details == {"category": "admissions"}


async def test_without_a_reason_it_is_asked_for_one_to_one(school: School) -> None:
    number = await claimed(school)
    replies = await school.say(CAI, f"/上报 {number} 招生政策", GROUP)
    assert [one["notice"] for one in replies] == ["ToldPrivately", "FieldsAsked"]
    assert shown(await school.one(CAI, WHY), "move") == ("ask_referral",)


async def test_teachers_and_the_admin_do_not_refer(school: School) -> None:
    number = await claimed(school)
    for who in (LIN, ADMIN):
        reply = await school.one(who, f"/上报 {number} 招生政策 {WHY}")
        assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")


async def test_other_lines_have_no_such_number(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CHENG, f"/上报 {number} 招生政策 {WHY}")
    assert reply["reason"] == "no_such_problem"


async def test_while_it_is_asked_nothing_else_is_done(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/上报 {number} 招生政策 {WHY}")
    for text in (f"/上报 {number} 四风 {WHY}", f"/挂账 {number} 11-1 等", f"/撤回 {number} 错"):
        reply = await school.one(LIN if "撤回" in text else CAI, text)
        assert reply["reason"] == "wrong_state", text
    assert await ProblemEvent.filter(problem_id=number).count() == 2
