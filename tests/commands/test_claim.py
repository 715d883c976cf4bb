"""A leader takes a problem: who may, who hears of it, and who was quicker."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from domain.models import OutboxEntry, Problem, ProblemEvent, ProblemNamed, ProblemPrivy
from tests.commands.dialogs import (
    CAI,
    CHENG,
    GROUP,
    HEAD,
    LIN,
    OFFICE,
    XU,
    kinds,
    labels,
    listed,
    shown,
)
from tests.fixtures.house import START, School

WORDS = "食堂排队太久，孩子吃不上热饭"
SUN = "孙茜"


async def heard_of(school: School, notice: str = "ProblemNews") -> set[str]:
    """Who was told."""
    names = {number: name for name, number in school.people.items()}
    rows = await OutboxEntry.filter(notice=notice).order_by("id")
    return {names[row.person_id] for row in rows if row.person_id is not None}


async def red_flag(school: School, *alerted: str) -> int:
    number = await listed(school, LIN, WORDS, red_flag=True)
    for who in alerted:
        await ProblemPrivy.create(
            problem_id=number, person_id=school.people[who], why="alerted", at=START
        )
    return number


async def test_a_leader_takes_it_and_the_receipt_says_until_when(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.move_to(START + timedelta(days=2))
    reply = await school.one(CAI, f"/认领 {number}")
    assert (reply["notice"], reply["outcome"]) == ("ProblemMoved", "ok")
    assert shown(reply, "problem", "move", "by", "responsible") == (number, "claim", CAI, CAI)
    assert reply["facts"]["due"] == "2018-09-18T17:00:00+08:00"
    assert "第 2 天（共 15 天），9月18日 (周二) 17:00 前办结" in reply["text"]
    row = await Problem.get(id=number)
    assert (row.state, row.responsible_id) == ("claimed", school.people[CAI])
    assert row.claimed_at is not None


async def test_the_clock_never_moves(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    before = await Problem.get(id=number)
    await school.move_to(START + timedelta(days=9))
    await school.say(CAI, f"/claim {number}")
    after = await Problem.get(id=number)
    assert (after.started_on, after.due_at) == (before.started_on, before.due_at)


async def test_it_is_typed_as_people_type_it(school: School) -> None:
    for typed in ("/认领{0}", "/claim #{0}", "认领 ＃{0}", "/认领#{0}", "/claim {0}"):
        number = await listed(school, LIN, WORDS)
        reply = await school.one(CAI, typed.format(number))
        assert shown(reply, "problem", "move") == (number, "claim"), typed


async def test_recorder_liaison_and_leaders_hear_of_it(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CHENG, f"/认领 {number}")
    # Outside of his line: 蔡平 leads 总务处 and 七年级.
    assert await heard_of(school) == {LIN, XU, CAI}


async def test_a_teacher_hears_who_may(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(LIN, f"/认领 {number}")
    assert (reply["notice"], reply["reason"]) == ("NotAllowed", "not_allowed")
    assert "联系领导" in reply["text"]
    assert "组长" in reply["text"]
    assert (await Problem.get(id=number)).state == "listed"


async def test_of_two_at_once_one_gets_it_and_the_other_hears_who(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    one, other = await asyncio.gather(
        school.one(CAI, f"/认领 {number}"), school.one(CHENG, f"/认领 {number}")
    )
    won, lost = (one, other) if one["outcome"] == "ok" else (other, one)
    winner = CAI if won is one else CHENG
    assert (won["notice"], lost["notice"]) == ("ProblemMoved", "ProblemElsewhere")
    assert (lost["reason"], lost["facts"]["responsible"]) == ("wrong_state", winner)
    assert winner in lost["text"]
    assert await ProblemEvent.filter(problem_id=number, kind="claim").count() == 1
    assert (await Problem.get(id=number)).responsible_id == school.people[winner]


async def test_of_several_each_is_answered_and_one_stops_none_of_the_others(
    school: School,
) -> None:
    first, taken, last = [await listed(school, LIN, WORDS) for _ in range(3)]
    await school.say(CHENG, f"/认领 {taken}")
    replies = await school.say(CAI, f"/认领 {first} {taken} {last + 50} {last}")
    assert [one["notice"] for one in replies] == [
        "ProblemMoved",
        "ProblemElsewhere",
        "ProblemUnknown",
        "ProblemMoved",
    ]
    assert [one["facts"].get("problem") for one in replies] == [first, taken, None, last]
    assert [one["understood"]["problem"] for one in replies] == [
        str(number) for number in (first, taken, last + 50, last)
    ]


async def test_what_is_assigned_or_parked_is_taken_too(school: School) -> None:
    for state in ("assigned", "parked"):
        number = await listed(school, LIN, WORDS, state=state, responsible_id=school.people[CHENG])
        reply = await school.one(CAI, f"/认领 {number}")
        assert shown(reply, "move", "responsible") == ("claim", CAI), state
        assert CHENG in await heard_of(school)


async def test_a_red_flag_is_taken_by_one_of_those_who_were_alerted(school: School) -> None:
    number = await red_flag(school, HEAD, CHENG)
    stranger, nothing = [await school.one(CAI, f"/认领 {one}") for one in (number, number + 100)]
    assert stranger["reason"] == nothing["reason"] == "no_such_problem"
    assert stranger["text"].replace(str(number), "") == nothing["text"].replace(
        str(number + 100), ""
    )
    assert (await school.one(CHENG, f"/认领 {number}"))["notice"] == "ProblemMoved"
    assert await heard_of(school) == {HEAD, LIN}


async def test_in_a_group_a_red_flag_is_a_bare_number(school: School) -> None:
    number = await red_flag(school, HEAD, CHENG)
    replies = await school.say(CHENG, f"/认领 {number}", "grade-8")
    assert kinds(replies) == [("ProblemMoved", "grade-8")]
    assert replies[0]["text"] == f"✅ #{number} 已记下。"
    assert HEAD not in str(replies)
    assert CHENG not in str(replies)


async def test_in_a_group_a_refusal_of_a_red_flag_says_nothing_of_it(school: School) -> None:
    number = await red_flag(school, HEAD, CHENG)
    await school.say(CHENG, f"/认领 {number}")
    for who, typed in ((HEAD, "/认领"), (LIN, "/仍办")):
        replies = await school.say(who, f"{typed} {number}", GROUP)
        assert [one["outcome"] for one in replies] == ["refuse"]
        assert replies[0]["text"] == f"⛔ 你这里没有 #{number}。"
        assert CHENG not in str(replies)


async def test_whom_the_words_name_never_gets_it(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    await ProblemNamed.create(problem_id=number, person_id=school.people[CHENG])
    assert (await school.one(CHENG, f"/认领 {number}"))["reason"] == "no_such_problem"
    assert (await school.one(CAI, f"/认领 {number}"))["notice"] == "ProblemMoved"
    assert CHENG not in await heard_of(school)


async def test_outside_of_the_line_what_is_over_is_no_such_number(school: School) -> None:
    number = await listed(school, LIN, WORDS, state="closed", ending="satisfied")
    assert (await school.one(CHENG, f"/认领 {number}"))["reason"] == "no_such_problem"
    assert (await school.one(CAI, f"/认领 {number}"))["reason"] == "wrong_state"


async def test_in_a_group_there_are_no_words(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(CAI, f"/认领 {number}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert WORDS[:4] not in str(reply)


async def test_in_english(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    (reply,) = await school.say(CAI, f"/claim {number}", language="en")
    assert reply["text"].splitlines()[1].startswith("Day 0 of 15")


# --- what waits ---------------------------------------------------------------------------


async def test_alone_it_lists_what_waits_for_me_the_oldest_first(school: School) -> None:
    await listed(school, LIN, "作业太多", category="teaching")
    numbers = [await listed(school, LIN, WORDS, category="logistics") for _ in range(2)]
    await Problem.filter(id=numbers[1]).update(started_on=START.date() - timedelta(days=3))
    await listed(school, LIN, WORDS, category="logistics", state="claimed")
    reply = await school.one(CAI, "/认领")
    assert reply["notice"] == "ClaimsAwaited"
    assert [line["problem"] for line in reply["facts"]["lines"]] == [numbers[1], numbers[0]]
    assert f"/认领 {numbers[1]}" in reply["text"]


async def test_of_many_there_are_as_many_as_fit_and_how_many_more(school: School) -> None:
    for _ in range(10):
        await listed(school, LIN, WORDS, category="logistics")
    reply = await school.one(CAI, "/claim")
    assert (len(reply["facts"]["lines"]), reply["facts"]["more"]) == (3, 7)
    assert labels(reply) == ["更多"]
    assert len(reply["text"].split("\n")) == 6
    for said in ("更多", "1"):
        await school.say(CAI, "/claim")
        rest = await school.one(CAI, said)
        assert (len(rest["facts"]["lines"]), rest["facts"]["more"]) == (3, 4)
        assert rest["facts"]["lines"][0]["problem"] > reply["facts"]["lines"][-1]["problem"]


async def test_who_stands_in_sees_what_waits_for_whom_they_stand_in(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    await school.say(CAI, "/名册 请假 9-3到9-10 代理 程龙")
    reply = await school.one(CHENG, "/认领")
    assert [line["problem"] for line in reply["facts"]["lines"]] == [number]


async def test_nothing_waits(school: School) -> None:
    reply = await school.one(HEAD, "/认领")
    assert reply["text"] == "✅ 没有等您认领的问题。"


async def test_in_a_group_the_list_goes_to_the_asker_alone(school: School) -> None:
    await listed(school, LIN, WORDS, category="logistics")
    replies = await school.say(CAI, "/认领", GROUP)
    assert kinds(replies) == [("ToldPrivately", GROUP), ("ClaimsAwaited", "direct")]
    assert OFFICE not in str(replies)


# --- offered to another -------------------------------------------------------------------


async def test_it_is_offered_to_another_leader_who_accepts_by_claiming(school: School) -> None:
    number = await listed(school, LIN, WORDS, category="logistics")
    asked = await school.one(CAI, f"/认领 {number} {CHENG}")
    assert (asked["notice"], asked["facts"]["move"]) == ("ProblemMoved", "offer")
    assert (await Problem.get(id=number)).state == "listed"
    assert await heard_of(school, "ApprovalAsked") == {CHENG}
    reply = await school.one(CHENG, f"/认领 {number}")
    assert shown(reply, "move", "responsible") == ("claim", CHENG)
    assert (await Problem.get(id=number)).responsible_id == school.people[CHENG]
    assert {CAI, LIN} <= await heard_of(school)


async def test_whoever_may_not_claim_can_be_offered_nothing(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(CAI, f"/认领 {number} 李梅")
    assert (reply["notice"], reply["reason"]) == ("CannotBeAsked", "not_allowed")


async def test_to_oneself_it_is_a_plain_claim(school: School) -> None:
    number = await listed(school, LIN, WORDS)
    reply = await school.one(CAI, f"/认领 {number} {CAI}")
    assert shown(reply, "move", "responsible") == ("claim", CAI)
