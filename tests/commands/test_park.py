"""What can't be solved now is set aside until a day; what was a mistake is withdrawn."""

from __future__ import annotations

import pytest

from domain.models import OutboxEntry, Problem, ProblemEvent, ProblemPrivy
from tests.commands.dialogs import (
    CAI,
    CHENG,
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

WHY = "等明年预算"


async def claimed(school: School, **more: object) -> int:
    person = school.people[CAI]
    return await listed(school, LIN, "操场要翻新", state="claimed", responsible_id=person, **more)


async def news(school: School, who: str) -> int:
    told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[who])
    return await told.count()


# --- parked -------------------------------------------------------------------------------


async def test_it_is_set_aside_until_a_day_and_the_head_hears(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/挂账 {number} 11-1 {WHY}")
    assert shown(reply, "move", "review") == ("park", "2018-11-01")
    assert "11月1日" in reply["text"]
    row = await Problem.get(id=number)
    assert (row.state, row.review_on.isoformat()) == ("parked", "2018-11-01")  # type: ignore[union-attr]
    assert (row.responsible_id, await news(school, HEAD), await news(school, LIN)) == (
        school.people[CAI],
        1,
        1,
    )
    event = await ProblemEvent.get(kind="park")
    assert event.details == {"review": "2018-11-01"}


@pytest.mark.parametrize("said", ["11-1", "11月1日", "11月1号", "复查=11-1"])
async def test_the_day_is_said_as_people_say_it(school: School, said: str) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/挂账 {number} {said} {WHY}")
    assert shown(reply, "review", "text") == ("2018-11-01", WHY)


@pytest.mark.parametrize("said", ["今天", "9-3", "昨天"])
async def test_a_day_that_is_not_ahead_is_asked_for_anew(school: School, said: str) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/挂账 {number} {said} {WHY}")
    assert reply["notice"] == "DayPast"
    assert shown(await school.one(CAI, "11-1"), "move") == ("park",)


async def test_day_and_reason_are_asked_for_together(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/挂账 {number}")
    assert (reply["outcome"], reply["about"]) == ("ask", "review")
    assert shown(await school.one(CAI, f"11-1 {WHY}"), "move", "text") == ("park", WHY)


async def test_the_line_leader_may_and_others_may_not(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(responsible_id=school.people[CHENG])
    assert shown(await school.one(CAI, f"/挂账 {number} 11-1 {WHY}"), "move") == ("park",)
    number = await claimed(school)
    for who in (LIN, XU, OFFICE, HEAD):
        reply = await school.one(who, f"/挂账 {number} 11-1 {WHY}")
        assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed"), who
        assert CAI in reply["text"]
    reply = await school.one(CHENG, f"/挂账 {number} 11-1 {WHY}")
    assert reply["reason"] == "no_such_problem"


async def test_what_nobody_has_claimed_is_not_set_aside(school: School) -> None:
    number = await listed(school, LIN, "操场要翻新")
    reply = await school.one(CAI, f"/挂账 {number} 11-1 {WHY}")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")


# --- withdrawn ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", [LIN, XU, OFFICE])
async def test_a_mistake_is_taken_off_by_who_made_it_the_liaison_or_the_office(
    school: School, who: str
) -> None:
    number = await claimed(school)
    reply = await school.one(who, f"/撤回 {number} 记了两次")
    assert shown(reply, "move", "text") == ("withdraw", "记了两次")
    row = await Problem.get(id=number)
    assert (row.state, row.ended_at is None) == ("withdrawn", False)
    assert await news(school, CAI) == 1
    assert "已撤回" in await told_to(school, (await _last(school)), "ProblemNews")


async def _last(school: School) -> str:
    entry = await OutboxEntry.filter(notice="ProblemNews").order_by("-id").first()
    assert entry is not None
    return next(name for name, person in school.people.items() if person == entry.person_id)


async def test_who_waits_to_claim_it_hears(school: School) -> None:
    number = await listed(school, LIN, "操场要翻新", category="logistics")
    await school.say(LIN, f"/撤回 {number} 记错了")
    assert await news(school, CAI) == 1


async def test_others_do_not_withdraw_it(school: School) -> None:
    number = await claimed(school)
    for who in (CAI, HEAD, "何国良"):
        reply = await school.one(who, f"/撤回 {number} 错")
        assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
        # Who recorded it is not told.
        assert LIN not in reply["text"]
    for who in (LI, CHENG):
        assert (await school.one(who, f"/撤回 {number} 错"))["reason"] == "no_such_problem"


async def test_the_reason_is_asked_for(school: School) -> None:
    number = await claimed(school)
    reply = await dialog(school, LIN, f"/撤回 {number}", "记了两次")
    assert shown(reply, "move", "text") == ("withdraw", "记了两次")


async def test_a_red_flag_is_not_unsaid_by_who_reported_it(school: School) -> None:
    number = await claimed(school, red_flag=True)
    for person in (HEAD, CHENG):
        await ProblemPrivy.create(
            problem_id=number,
            person_id=school.people[person],
            why="alerted",
            at="2018-09-03T08:00+08:00",
        )
    reply = await school.one(LIN, f"/撤回 {number} 孩子说没事")
    assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
    assert (await school.one(CHENG, f"/撤回 {number} 看过了"))["reason"] == "not_allowed"
    assert (await school.one(OFFICE, f"/撤回 {number} 错"))["reason"] == "no_such_problem"
    reply = await school.one(HEAD, f"/撤回 {number} 已核实，是误记")
    assert shown(reply, "move") == ("withdraw",)
    # All who were alarmed hear that it is over.
    assert await news(school, CHENG) == await news(school, LIN) == await news(school, CAI) == 1
    number = await claimed(school, red_flag=True)
    assert shown(await school.one(CAI, f"/撤回 {number} 误记"), "move") == ("withdraw",)


async def test_what_others_are_heard_with_is_not_withdrawn(school: School) -> None:
    number = await claimed(school)
    other = await claimed(school)
    await school.say(CAI, f"/合并 {other} {number}")
    reply = await school.one(LIN, f"/撤回 {number} 错")
    assert (reply["notice"], shown(reply, "merged")) == ("StillHeardWith", ([other],))
    assert f"/拆分 {other}" in reply["text"]


@pytest.mark.parametrize("state", ["solved", "closed", "merged", "parked", "referred", "withdrawn"])
async def test_only_what_is_worked_on_is_withdrawn(school: School, state: str) -> None:
    number = await listed(school, LIN, "操场要翻新", state=state)
    reply = await school.one(LIN, f"/撤回 {number} 错")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")


async def test_in_a_group_there_are_no_words_and_in_english_there_are_others(
    school: School,
) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/挂账 {number} 11-1 {WHY}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert WHY not in reply["text"]
    assert "操场" not in reply["text"]
    number = await claimed(school)
    reply = (await school.say(CAI, f"/park {number} 11-1 next year", language="en"))[0]
    assert "is parked, to be reviewed on Thu 1 Nov" in reply["text"]
    number = await claimed(school)
    reply = (await school.say(LIN, f"/withdraw {number} recorded twice", language="en"))[0]
    assert "is withdrawn" in reply["text"]
