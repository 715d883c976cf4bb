"""What was asked by mistake is asked no more, as long as nobody has answered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.models import Approval, Problem, ProblemEvent
from tests.commands.dialogs import CAI, CHENG, LIN, listed, open_approval, shown, told_to
from tests.fixtures.house import START, School

DEPUTY_HEAD = "何国良"


async def claimed(school: School) -> int:
    person = school.people[CAI]
    return await listed(school, LIN, "灯坏了", state="claimed", responsible_id=person)


async def test_more_days_are_asked_for_no_more(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/延期 {number} 5天 等货")
    reply = await school.one(CAI, "/撤销")
    assert shown(reply, "move", "undone") == ("undo", "ask")
    row = await Approval.get()
    assert (row.yes, row.decided_by_id, row.decided_at is None) == (None, None, False)
    assert (await Problem.get(id=number)).state == "claimed"
    assert (await school.one(DEPUTY_HEAD, "/同意"))["notice"] == "NothingToDecide"
    assert "撤销" in await told_to(school, DEPUTY_HEAD, "ProblemNews")
    # And it may be asked for anew.
    assert shown(await school.one(CAI, f"/延期 {number} 3天 等货"), "move") == ("ask",)


@pytest.mark.parametrize("state", ["listed", "claimed", "assigned"])
async def test_a_referral_is_asked_for_no_more(school: School, state: str) -> None:
    number = await listed(school, LIN, "灯坏了", state=state, responsible_id=school.people[CAI])
    await school.say(CAI, f"/上报 {number} 招生政策 定不了")
    reply = await school.one(CAI, "/撤销")
    assert shown(reply, "move", "undone") == ("undo", "ask_referral")
    assert (await Problem.get(id=number)).state == state


async def test_an_offer_is_made_no_more(school: School) -> None:
    number = await listed(school, LIN, "灯坏了")
    await school.say(CAI, f"/认领 {number} 程龙")
    assert shown(await school.one(CAI, "/撤销"), "undone") == ("offer",)
    assert (await school.one(CHENG, f"/不同意 {number} 忙"))["reason"] in (
        "no_such_problem",
        "wrong_state",
    )


async def test_what_was_answered_stays(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/延期 {number} 5天 等货")
    await school.say(DEPUTY_HEAD, "/同意")
    for who in (CAI, DEPUTY_HEAD):
        reply = await school.one(who, "/撤销")
        assert reply["notice"] == "MoveStays", reply["text"]
    assert (await Problem.get(id=number)).extensions == 1


async def test_of_an_answer_and_an_undo_at_once_one_counts(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/延期 {number} 5天 等货")
    yes, undone = await asyncio.gather(
        school.one(DEPUTY_HEAD, f"/同意 {number}"), school.one(CAI, "/撤销")
    )
    won = yes["notice"] == "ProblemMoved"
    assert won is (undone["notice"] == "MoveStays"), (yes["text"], undone["text"])
    assert (await Problem.get(id=number)).extensions == int(won)
    assert await ProblemEvent.filter(kind__in=["extend", "undo"]).count() == 1


async def test_after_ten_minutes_it_stays(school: School) -> None:
    number = await claimed(school)
    await school.say(CAI, f"/延期 {number} 5天 等货")
    await school.move_to(START + timedelta(minutes=11))
    assert (await school.one(CAI, "/撤销"))["notice"] == "UndoTooLate"


@pytest.mark.parametrize("move", ["merge", "split", "park", "withdraw"])
async def test_other_moves_name_the_command_that_undoes_them(school: School, move: str) -> None:
    number, other = await claimed(school), await claimed(school)
    said = {
        "merge": (f"/合并 {number} {other}",),
        "split": (f"/合并 {number} {other}", f"/拆分 {number}"),
        "park": (f"/挂账 {number} 11-1 等",),
        "withdraw": (f"/撤回 {number} 错",),
    }[move]
    who = LIN if move == "withdraw" else CAI
    for one in said:
        await school.say(who, one)
    reply = await school.one(who, "/撤销")
    assert (reply["notice"], shown(reply, "move")) == ("MoveStays", (move,))
    again = {"merge": "/拆分", "split": "/合并", "park": "/认领", "withdraw": "/问题"}[move]
    assert again in reply["text"]


async def test_a_choice_with_a_red_flag_is_offered_one_to_one(school: School) -> None:
    first, second = await claimed(school), await claimed(school)
    for number in (first, second):
        await open_approval(school, number, "extend", by=CAI, of=DEPUTY_HEAD, days=5)
    [reply] = await school.say(DEPUTY_HEAD, "/同意", "grade-7")
    assert reply["notice"] == "ApprovalsPending"
    await Problem.filter(id=first).update(red_flag=True)
    replies = await school.say(DEPUTY_HEAD, "/同意", "grade-7")
    assert [(one["notice"], one["chat"]) for one in replies] == [
        ("ToldPrivately", "grade-7"),
        ("ApprovalsPending", "direct"),
    ]
