"""More days for a problem: who asks whom, how many there are, what the answer does to the clock."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.house import SCHOOL_TIME
from domain.models import Approval, OutboxEntry, Person, Problem, ProblemEvent, ProblemNamed
from tests.commands.dialogs import CAI, CHENG, GROUP, HEAD, LIN, XU, dialog, listed, shown, told_to
from tests.fixtures.house import START, School

# 蔡平, a line leader, asks the deputy head.
DEPUTY_HEAD = "何国良"
SUN = "孙茜"
WORDS = "热水器坏了，孩子只能喝凉水"
WHY = "等设备到货"


async def claimed(school: School, who: str = CAI) -> int:
    return await listed(school, LIN, WORDS, state="claimed", responsible_id=school.people[who])


async def asked(school: School, said: str = "5天") -> int:
    number = await claimed(school)
    reply = await school.one(CAI, f"/延期 {number} {said} {WHY}")
    assert reply["notice"] == "ProblemMoved", reply["text"]
    return number


async def test_the_next_seat_up_is_asked_and_agrees_in_a_word(school: School) -> None:
    number = await asked(school)
    said = await told_to(school, DEPUTY_HEAD, "ApprovalAsked")
    for part in ("蔡平申请", "延期 5 天", WHY, f"/同意 {number}", f"/不同意 {number} 理由"):
        assert part in said
    reply = await school.one(DEPUTY_HEAD, "/同意")
    assert shown(reply, "problem", "move", "due") == (number, "extend", "2018-09-23T17:00:00+08:00")
    assert "9月23日" in reply["text"]
    for who in (CAI, LIN):
        told = OutboxEntry.filter(notice="ProblemNews", person_id=school.people[who])
        assert await told.count() == 1, who
    events = await ProblemEvent.filter(problem_id=number).order_by("id")
    assert [one.kind for one in events] == ["list", "ask", "extend"]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("5天", 5),
        ("五天", 5),
        ("延5天", 5),
        ("一周", 7),
        ("5 days", 5),
        ("天数=5", 5),
        ("天数：5天", 5),
    ],
)
async def test_days_are_said_as_people_say_them(school: School, said: str, days: int) -> None:
    await asked(school, said)
    assert (await Approval.get()).details == {"days": days}


async def test_the_days_may_stand_first_and_no_space_is_needed(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/延期#{number} 5天 {WHY}")
    assert reply["notice"] == "ProblemMoved"
    other = await claimed(school)
    reply = await school.one(CAI, f"/extend 5天 #{other} {WHY}")
    assert shown(reply, "problem") == (other,)


async def test_days_and_reason_are_asked_for_together_and_not_in_a_group(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/延期 {number}")
    assert (reply["outcome"], reply["about"]) == ("ask", "more_days")
    assert "天数" in reply["text"]
    assert "理由" in reply["text"]
    reply = await school.one(CAI, f"5天 {WHY}")
    assert reply["notice"] == "ProblemMoved"
    number = await claimed(school)
    replies = await school.say(CAI, f"/延期 {number} 5天", GROUP)
    assert [(one["notice"], one["chat"]) for one in replies] == [
        ("ToldPrivately", GROUP),
        ("FieldsAsked", "direct"),
    ]
    assert shown(await school.one(CAI, WHY), "move") == ("ask",)


async def test_a_bare_number_answers_how_many_days(school: School) -> None:
    number = await claimed(school)
    reply = await dialog(school, CAI, f"/延期 {number} {WHY}", "5")
    assert reply["notice"] == "ProblemMoved", reply["text"]
    assert (await Approval.get()).details == {"days": 5}


async def test_in_a_group_there_are_no_words(school: School) -> None:
    number = await claimed(school)
    reply = await school.one(CAI, f"/延期 {number} 5天 {WHY}", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert WHY not in reply["text"]
    assert WORDS[:4] not in reply["text"]
    reply = await school.one(DEPUTY_HEAD, "/不同意 设备已到", GROUP)
    assert reply["notice"] == "ProblemMoved"
    assert "设备已到" not in reply["text"]


async def test_only_who_answers_for_it_asks(school: School) -> None:
    number = await claimed(school)
    for who in (LIN, XU, CHENG, HEAD):
        reply = await school.one(who, f"/延期 {number} 5天 {WHY}")
        seen = reply["notice"] == "NotYourMove" and CAI in reply["text"]
        # 程龙's line is another: for him there is no such number.
        assert seen is (who != CHENG), reply["text"]
        assert seen or reply["reason"] == "no_such_problem"


async def test_what_nobody_has_claimed_can_not_be_extended(school: School) -> None:
    number = await listed(school, LIN, WORDS, responsible_id=school.people[CAI])
    reply = await school.one(CAI, f"/延期 {number} 5天 {WHY}")
    assert (reply["notice"], reply["reason"]) == ("ProblemElsewhere", "wrong_state")
    assert not await Approval.exists()


async def test_a_second_one_is_refused_while_the_first_is_open(school: School) -> None:
    number = await asked(school)
    reply = await school.one(CAI, f"/延期 {number} 3天 再等等")
    assert (reply["notice"], reply["reason"]) == ("ApprovalWaits", "wrong_state")
    assert DEPUTY_HEAD in reply["text"]


async def test_twice_and_fifteen_days_are_the_most(school: School) -> None:
    number = await asked(school, "12天")
    await school.say(DEPUTY_HEAD, "/同意")
    reply = await school.one(CAI, f"/延期 {number} 4天 {WHY}")
    assert (reply["notice"], shown(reply, "days_left", "times_left")) == (
        "ExtensionTooLong",
        (3, 1),
    )
    assert f"/延期 {number} 3天" in reply["text"]
    await school.say(CAI, f"/延期 {number} 2天 {WHY}")
    await school.say(DEPUTY_HEAD, "/同意")
    # A day is left, but it was had twice.
    reply = await school.one(CAI, f"/延期 {number}")
    assert (reply["notice"], shown(reply, "days_left", "times_left")) == (
        "ExtensionTooLong",
        (0, 0),
    )
    row = await Problem.get(id=number)
    assert (row.extensions, row.extended_days) == (2, 14)


async def test_once_it_is_due_no_more_days_are_had(school: School) -> None:
    number = await claimed(school)
    await school.move_to(datetime(2018, 9, 18, 16, 59, tzinfo=SCHOOL_TIME))
    assert (await school.one(CAI, f"/延期 {number}"))["outcome"] == "ask"
    await school.move_to(datetime(2018, 9, 18, 17, 1, tzinfo=SCHOOL_TIME))
    reply = await school.one(CAI, f"/延期 {number} 5天 {WHY}")
    assert (reply["notice"], reply["reason"]) == ("ExtensionTooLate", "too_late")


async def test_a_yes_after_the_due_day_still_counts_from_it(school: School) -> None:
    number = await asked(school)
    await school.move_to(START + timedelta(days=16))
    reply = await school.one(DEPUTY_HEAD, "/同意")
    assert shown(reply, "due") == ("2018-09-23T17:00:00+08:00",)
    assert (await Problem.get(id=number)).extensions == 1


# --- who decides --------------------------------------------------------------------------


async def test_declined_needs_a_reason_which_who_asked_is_told(school: School) -> None:
    number = await asked(school)
    reply = await school.one(DEPUTY_HEAD, f"/不同意 {number}")
    assert (reply["outcome"], reply["about"]) == ("ask", "why")
    reply = await school.one(DEPUTY_HEAD, "设备已到")
    assert shown(reply, "move", "problem") == ("decline", number)
    assert "设备已到" in await told_to(school, CAI, "ProblemNews")
    assert (await Problem.get(id=number)).extensions == 0


async def test_nothing_waits_and_it_says_so(school: School) -> None:
    number = await claimed(school)
    for text in ("/同意", "/不同意 不行"):
        assert (await school.one(CAI, text))["notice"] == "NothingToDecide"
    reply = await school.one(CAI, f"/同意 {number}")
    assert (reply["notice"], reply["facts"]["problem"]) == ("NothingToDecide", number)
    assert (await school.one(CAI, "/同意 999"))["reason"] == "no_such_problem"


async def test_one_s_own_is_somebody_else_s_to_decide(school: School) -> None:
    number = await asked(school)
    for who in (CAI, HEAD):
        reply = await school.one(who, f"/同意 {number}")
        assert (reply["notice"], reply["reason"]) == ("NotYourMove", "not_allowed")
        assert DEPUTY_HEAD in reply["text"]
    assert (await school.one(CAI, "/同意"))["notice"] == "NothingToDecide"
    assert (await Approval.get()).decided_at is None


async def test_of_several_a_number_picks(school: School) -> None:
    first, second = await asked(school), await asked(school, "3天")
    reply = await school.one(DEPUTY_HEAD, "/同意")
    assert (reply["notice"], reply["outcome"]) == ("ApprovalsPending", "choose")
    assert [choice["say"] for choice in reply["choices"]] == ["1", "2"]
    assert f"#{first}" in reply["choices"][0]["label"]
    reply = await school.one(DEPUTY_HEAD, "2")
    assert shown(reply, "problem", "move") == (second, "extend")
    assert shown(await school.one(DEPUTY_HEAD, "/同意"), "problem") == (first,)


async def test_the_reason_given_before_the_choice_is_kept(school: School) -> None:
    await asked(school)
    second = await asked(school, "3天")
    reply = await dialog(school, DEPUTY_HEAD, "/不同意 设备已到", "2")
    assert shown(reply, "problem", "move", "text") == (second, "decline", "设备已到")


async def test_the_head_asks_the_deputy_head(school: School) -> None:
    number = await claimed(school, HEAD)
    await school.say(HEAD, f"/延期 {number} 5天 {WHY}")
    assert (await Approval.get()).asked_of_id == school.people[DEPUTY_HEAD]


async def test_whom_the_words_name_is_passed_over(school: School) -> None:
    number = await claimed(school)
    await ProblemNamed.create(problem_id=number, person_id=school.people[DEPUTY_HEAD])
    await school.say(CAI, f"/延期 {number} 5天 {WHY}")
    assert (await Approval.get()).asked_of_id == school.people[HEAD]
    assert (await school.one(DEPUTY_HEAD, "/同意"))["notice"] == "NothingToDecide"
    assert (await school.one(DEPUTY_HEAD, f"/同意 {number}"))["reason"] == "no_such_problem"


async def test_with_nobody_above_it_says_so(school: School) -> None:
    number = await claimed(school)
    for row in await Person.exclude(id__in=[school.people[CAI], school.people[LIN]]):
        await ProblemNamed.create(problem_id=number, person_id=row.id)
    reply = await school.one(CAI, f"/延期 {number} 5天 {WHY}")
    assert (reply["notice"], reply["facts"]["person"]) == ("CannotBeAsked", None)
    assert not await Approval.exists()


async def test_named_after_being_asked_they_decide_no_more(school: School) -> None:
    number = await asked(school)
    await ProblemNamed.create(problem_id=number, person_id=school.people[DEPUTY_HEAD])
    assert (await school.one(DEPUTY_HEAD, "/同意"))["notice"] == "NothingToDecide"


async def test_who_is_away_is_stood_in_for(school: School) -> None:
    number = await claimed(school)
    await school.say(DEPUTY_HEAD, f"/名册 请假 明天起3天 代理 {SUN}")
    await school.move_to(START + timedelta(days=1))
    await school.say(CAI, f"/延期 {number} 5天 {WHY}")
    assert (await Approval.get()).asked_of_id == school.people[SUN]
    assert shown(await school.one(SUN, "/同意"), "move") == ("extend",)


async def test_who_stands_in_decides_what_was_asked_before(school: School) -> None:
    number = await asked(school)
    await Problem.filter(id=number).update(red_flag=True)
    assert (await school.one(SUN, f"/同意 {number}"))["reason"] == "no_such_problem"
    await school.say(DEPUTY_HEAD, f"/名册 请假 明天起3天 代理 {SUN}")
    await school.move_to(START + timedelta(days=1))
    assert shown(await school.one(SUN, f"/同意 {number}"), "move") == ("extend",)


async def test_who_asked_does_not_decide_even_standing_in(school: School) -> None:
    number = await asked(school)
    await school.say(DEPUTY_HEAD, f"/名册 请假 明天起3天 代理 {CAI}")
    await school.move_to(START + timedelta(days=1))
    assert (await school.one(CAI, "/同意"))["notice"] == "NothingToDecide"
    assert (await school.one(CAI, f"/同意 {number}"))["notice"] == "NotYourMove"


async def test_of_two_answers_at_once_one_counts(school: School) -> None:
    number = await asked(school)
    await school.say(DEPUTY_HEAD, f"/名册 请假 明天起3天 代理 {SUN}")
    await school.move_to(START + timedelta(days=1))
    yes, no = await asyncio.gather(
        school.one(DEPUTY_HEAD, f"/同意 {number}"), school.one(SUN, f"/不同意 {number} 不急")
    )
    assert sorted((yes["notice"], no["notice"])) == ["ApprovalOver", "ProblemMoved"]
    won = yes["notice"] == "ProblemMoved"
    late = no if won else yes
    assert (DEPUTY_HEAD if won else SUN) in late["text"]
    assert (await Problem.get(id=number)).extensions == int(won)


async def test_what_was_solved_meanwhile_needs_no_answer(school: School) -> None:
    number = await asked(school)
    await school.say(CAI, f"/挂账 {number} 11-1 等明年预算")
    assert (await school.one(DEPUTY_HEAD, "/同意"))["notice"] == "NothingToDecide"
    reply = await school.one(DEPUTY_HEAD, f"/同意 {number}")
    assert (reply["notice"], reply["facts"]["person"]) == ("ApprovalOver", None)


async def test_in_english(school: School) -> None:
    number = await claimed(school)
    reply = await school.say(CAI, f"/extend {number} 5 days waiting for it", language="en")
    assert f"5 days more for #{number}" in reply[0]["text"]
    assert "Yes: /approve" in await told_to(school, DEPUTY_HEAD, "ApprovalAsked", "en")
    reply = await school.say(DEPUTY_HEAD, f"/decline {number} it has come", language="en")
    assert f"#{number}" in reply[0]["text"]
    assert "no more days" in reply[0]["text"]


async def test_of_a_red_flag_a_group_hears_that_it_was_noted_and_no_more(school: School) -> None:
    number = await claimed(school)
    await Problem.filter(id=number).update(red_flag=True)
    reply = await school.one(CAI, f"/延期 {number} 5天 {WHY}", GROUP)
    assert reply["text"] == f"✅ #{number} 已记下。"
    assert (reply["facts"]["told"], reply["facts"]["ruling"]) == ([], None)
    reply = await school.one(DEPUTY_HEAD, f"/同意 {number}", GROUP)
    assert reply["text"] == f"✅ #{number} 已记下。"


async def test_who_recorded_a_voice_that_was_merged_hears_of_the_new_day(school: School) -> None:
    number = await claimed(school)
    other = await listed(school, "李梅", "水是凉的")
    await school.say(CAI, f"/合并 {other} {number}")
    await school.say(CAI, f"/延期 {number} 5天 {WHY}")
    reply = await school.one(DEPUTY_HEAD, "/同意")
    assert {"李梅", LIN, CAI} <= set(reply["facts"]["told"])
