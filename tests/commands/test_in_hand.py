"""Those who work on a problem: it is still theirs, it goes to another, it is none of theirs."""

from __future__ import annotations

from domain.models import Problem, ProblemEvent, ProblemNamed, ProblemPrivy, Unit
from tests.commands.dialogs import (
    CAI,
    CHENG,
    GROUP,
    HEAD,
    LI,
    LIN,
    XU,
    dialog,
    listed,
    shown,
    told_to,
)
from tests.commands.test_claim import heard_of
from tests.fixtures.house import START, School

WORDS = "热水器坏了，孩子只能喝凉水"


async def claimed(school: School, who: str = CAI, **more: object) -> int:
    more = {"category": "logistics", "responsible_id": school.people[who], **more}
    return await listed(school, LIN, WORDS, state="claimed", **more)


# --- still ours ---------------------------------------------------------------------------


async def test_who_answers_for_it_says_that_it_is_still_theirs(school: School) -> None:
    number = await claimed(school, asked_still_at=START)
    reply = await school.one(CAI, f"/仍办 {number}")
    assert shown(reply, "problem", "move", "by") == (number, "still", CAI)
    row = await Problem.get(id=number)
    assert (row.asked_still_at, row.state) == (None, "claimed")
    assert row.touched_at is not None


async def test_others_hear_whose_it_is(school: School) -> None:
    number = await claimed(school)
    for typed in ("/仍办", "/交办", "/退件", "/办结"):
        reply = await school.one(XU, f"{typed} {number}")
        assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed"), typed
        assert CAI in reply["text"], typed


async def test_what_is_parked_can_be_kept_too(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(state="parked")
    reply = await school.one(CAI, f"/mine {number}")
    assert shown(reply, "move") == ("still",)
    assert (await Problem.get(id=number)).state == "parked"


async def test_what_is_solved_needs_no_more_of_it(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(state="solved")
    for typed in (f"/仍办 {number}", f"/交办 {number} 李梅", f"/退件 {number} 校办 不归我"):
        reply = await school.one(CAI, typed)
        assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state"), typed


async def test_what_can_not_be_done_any_more_is_not_asked_about(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(state="solved")
    for typed in (f"/交办 {number}", f"/退件 {number}", f"/跟进 {number}", f"/办结 {number}"):
        assert (await school.one(CAI, typed))["notice"] == "ProblemElsewhere", typed


# --- the work given to another ------------------------------------------------------------


async def test_the_work_is_given_to_a_person_who_hears_what_to_do(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/交办 {number} 李梅 周五前看一下")
    assert shown(reply, "move", "given_to", "responsible") == ("hand", LI, CAI)
    said = await told_to(school, LI, "ProblemNews")
    assert "周五前看一下" in said
    assert f"/办结 {number}" in said
    row = await Problem.get(id=number)
    assert (row.responsible_id, row.handed_to_id) == (school.people[CAI], school.people[LI])
    assert (await school.one(LI, f"/跟进 {number} 看过了"))["notice"] == "ProblemMoved"


async def test_whoever_had_the_work_before_hears_that_it_is_with_another(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[XU])
    await school.say(CAI, f"/交办 {number} {LI}")
    assert await heard_of(school) == {LI, XU}


async def test_to_oneself_the_work_comes_back(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[XU])
    reply = await school.one(CAI, f"/交办 {number} {CAI}")
    assert reply["text"].splitlines()[0] == f"✅ #{number} {WORDS} 由您自己办"
    assert (await Problem.get(id=number)).handed_to_id is None
    assert f"由{CAI}收回自己办" in await told_to(school, XU, "ProblemNews")


async def test_whom_the_words_name_is_given_nothing(school: School) -> None:
    number = await claimed(school)
    await ProblemNamed.create(problem_id=number, person_id=school.people[LI])
    reply = await school.one(CAI, f"/交办 {number} 李梅")
    assert (reply["notice"], reply["reason"]) == ("NamedInIt", "not_allowed")
    assert (await Problem.get(id=number)).handed_to_id is None
    assert await heard_of(school) == set()


async def test_who_is_to_do_it_is_asked_for(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/交办 {number}")
    assert (asked["outcome"], asked["about"]) == ("ask", "to")
    assert shown(await school.one(CAI, LI), "given_to") == (LI,)


async def test_a_name_that_nobody_has_is_asked_about(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/交办 {number} 李美")
    assert asked["outcome"] in ("suggest", "choose", "ok")
    if asked["outcome"] != "ok":
        assert not await ProblemEvent.filter(kind="hand").exists()


async def test_with_the_work_of_a_red_flag_one_comes_to_know_of_it(school: School) -> None:
    number = await claimed(school, CHENG, red_flag=True)
    assert (await school.one(LI, f"/跟进 {number} 好"))["reason"] == "no_such_problem"
    await school.say(CHENG, f"/交办 {number} 李梅")
    assert await ProblemPrivy.filter(problem_id=number, person_id=school.people[LI]).exists()
    assert (await school.one(LI, f"/跟进 {number} 好"))["notice"] == "ProblemMoved"


async def test_what_is_said_with_it_is_not_said_in_a_group(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/交办 {number} 李梅 周五前看一下", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert "周五前" not in str(reply["text"])


# --- none of ours -------------------------------------------------------------------------


async def test_it_goes_back_to_whose_it_is_with_the_grounds(school: School) -> None:
    number = await claimed(school, handed_to_id=school.people[XU])
    before = await Problem.get(id=number)
    reply = await school.one(CAI, f"/退件 {number} 教学管理处 属排课问题")
    assert shown(reply, "move", "department", "text") == ("return", "教学管理处", "属排课问题")
    row = await Problem.get(id=number)
    assert (row.state, row.responsible_id, row.handed_to_id) == ("listed", None, None)
    assert (row.returned, row.started_on, row.due_at) == (1, before.started_on, before.due_at)
    assert row.department_id == (await Unit.get(name="教学管理处")).id
    assert {"孙茜", XU} <= await heard_of(school)


async def test_its_leader_there_is_told_to_claim_it(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/退件 {number} 学生管理处 孩子之间的事")
    reply = await school.one(CHENG, "/认领")
    assert [line["problem"] for line in reply["facts"]["lines"]] == [number]


async def test_department_and_grounds_are_asked_for_in_one_message(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/退件 {number}")
    assert (asked["outcome"], asked["facts"]["missing"]) == ("ask", ["department", "grounds"])
    assert shown(await school.one(CAI, "教学管理处 属排课问题"), "department", "text") == (
        "教学管理处",
        "属排课问题",
    )


async def test_grounds_without_a_department_are_kept(school: School) -> None:
    number = await claimed(school)
    asked = await school.one(CAI, f"/退件 {number} 属排课问题，不归总务")
    assert (asked["outcome"], asked["about"]) == ("ask", "department")
    reply = await school.one(CAI, "教学管理处")
    assert shown(reply, "department", "text") == ("教学管理处", "属排课问题，不归总务")


async def test_who_is_to_claim_it_may_send_it_on(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    assert (await school.one(XU, f"/退件 {number} 校办 不归我"))["reason"] == "not_allowed"
    reply = await dialog(school, CAI, f"/退件 {number} 校办 不归总务")
    assert reply["notice"] == "ProblemMoved"


async def test_not_to_the_department_that_has_it(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/退件 {number} 总务处 不归我")
    assert (reply["notice"], reply["reason"]) == ("SameDepartment", "wrong_state")
    assert (await Problem.get(id=number)).state == "claimed"


async def test_grounds_are_not_said_in_a_group(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/退件 {number} 校办 家长要求保密", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert "保密" not in str(reply["text"])


async def test_the_second_time_the_head_decides_whose_it_is(school: School) -> None:
    number = await claimed(school, returned=1)
    reply = await school.one(CAI, f"/退件 {number} 教学管理处 属排课问题")
    assert (reply["notice"], reply["facts"]["move"]) == ("ProblemMoved", "ask")
    row = await Problem.get(id=number)
    assert (row.state, row.returned, row.responsible_id) == ("claimed", 1, school.people[CAI])
    assert await heard_of(school, "ApprovalAsked") == {HEAD}


async def test_who_stands_in_does_what_whom_they_stand_in_for_would(school: School) -> None:
    number = await claimed(school)
    assert (await school.one(CHENG, f"/仍办 {number}"))["notice"] != "ProblemMoved"
    await school.say(CAI, "/名册 请假 9-3到9-10 代理 程龙")
    assert shown(await school.one(CHENG, f"/仍办 {number}"), "move", "by") == ("still", CHENG)
    assert (await Problem.get(id=number)).responsible_id == school.people[CAI]


async def test_the_reason_that_was_asked_for_is_no_other_department(school: School) -> None:
    person = school.people[CAI]
    number = await listed(school, LIN, "课排得太满", state="claimed", responsible_id=person)
    asked = await school.one(CAI, f"/退件 {number} 教学管理处")
    assert (asked["outcome"], asked["about"]) == ("ask", "grounds")
    reply = await school.one(CAI, "属排课问题")
    assert (reply["notice"], reply["facts"]["move"]) == ("ProblemMoved", "return"), reply["text"]
    assert reply["facts"]["text"] == "属排课问题"
