"""What happens by itself to a problem: once, at its time, to whoever sits there then."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.actions.outbox import lease_due
from domain.actions.timers import lease_timers
from domain.models import Account, OutboxEntry, Problem, ProblemEvent, ProblemPrivy, Timer
from domain.notices.rungs import RungFired
from domain.queries.seen import seen_by
from domain.records import set_now
from tests.commands.dialogs import ADMIN, CAI, CHENG, HEAD, LI, LIN, XU, listed
from tests.fixtures.house import START, School
from tests.fixtures.passing import (
    at,
    bundles_of,
    fired_at,
    happen,
    pass_to,
    rungs_of,
    said_to,
    told,
)
from workers import firing
from workers.firing import Firing
from workers.problems import look_after
from workers.schedule import DUTIES


async def test_what_nobody_classifies_is_recalled_on_the_next_working_morning(
    school: School,
) -> None:
    number = await listed(school, LIN, "希望有晚托")
    await pass_to("2018-09-04T07:29")
    assert await rungs_of(number) == []
    await pass_to("2018-09-04T07:30")
    assert await rungs_of(number) == [("unclassified", [school.people[XU]])]
    assert await bundles_of(school.people[XU]) == [("09-04 07:30", ["RungFired"])]


async def test_fifteen_days_in_which_nobody_does_anything(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await pass_to("2018-09-30T07:30")
    assert await fired_at(number) == [
        ("unclaimed", "09-05 07:30"),
        ("assigned", "09-07 07:30"),
        ("week_before", "09-11 07:30"),
        ("days_before", "09-14 07:30"),
        ("day_before", "09-17 07:30"),
        ("due_today", "09-18 07:30"),
        ("overdue", "09-19 07:30"),
        ("still_yours", "09-20 07:30"),
        ("overdue_to_head", "09-21 07:30"),
        ("supervised", "09-25 07:30"),
        ("no_answer", "09-26 07:30"),
    ]
    problem = await Problem.get(id=number)
    assert problem.state == "assigned"
    assert problem.responsible_id == school.people[CAI]
    assert problem.supervised_at is not None


async def test_a_reminder_that_is_read_later_says_what_it_said_then(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await school.say(CAI, f"/claim {number}")
    await pass_to("2018-09-14T07:30")
    cai = school.people[CAI]
    first = await said_to(cai)
    assert "剩 4 天" in first[-1]
    await pass_to("2018-09-21T07:30")
    assert (await said_to(cai))[: len(first)] == first


async def test_a_claim_stops_the_call_for_one_at_once(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await pass_to("2018-09-04T12:00")
    await school.say(CAI, f"/claim {number}")
    await pass_to("2018-09-07T12:00")
    assert await rungs_of(number) == []


async def test_what_was_done_after_a_rung_fired_is_not_asked_for_any_more(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await set_now(at("2018-09-05T07:30"))
    duty = Firing(DUTIES, lambda: None)
    for timer in await lease_timers():
        await duty.fire(timer)
    assert await rungs_of(number) == [("unclaimed", [school.people[CAI]])]
    # The morning's message is on its way, and the leader is quicker.
    await school.say(CAI, f"/claim {number}")
    await happen()
    assert await bundles_of(school.people[CAI]) == []
    assert not await OutboxEntry.filter(notice="ReminderBundle", done_at__isnull=True).exists()


async def test_all_of_a_morning_comes_in_one_message(school: School) -> None:
    for words in ("希望有晚托", "食堂太咸", "门口太挤"):
        await listed(school, LIN, words, category="logistics")
    await pass_to("2018-09-05T07:30")
    assert await bundles_of(school.people[CAI]) == [("09-05 07:30", ["RungFired"] * 3)]


async def test_what_comes_while_the_morning_s_message_is_on_its_way_comes_in_another(
    school: School,
) -> None:
    first = await listed(school, LIN, "希望有晚托", category="logistics")
    second = await listed(school, LIN, "食堂太咸", category="logistics")
    await happen()
    await set_now(at("2018-09-05T07:30"))
    duty = Firing(DUTIES, lambda: None)
    one, two = [await Timer.get(key=f"problem:{number}") for number in (first, second)]
    await duty.fire(one.id)
    await Timer.filter(id=two.id).update(due_at=at("2018-09-05T07:31"))
    (entry,) = await lease_due()
    await Timer.filter(id=two.id).update(due_at=at("2018-09-05T07:30"))
    await duty.fire(two.id)
    keys = [row.key for row in await OutboxEntry.filter(notice="ReminderBundle").order_by("id")]
    day = f"bundle:{school.people[CAI]}:2018-09-05"
    assert keys == [day, f"{day}:2"]
    assert (await OutboxEntry.get(id=entry)).key == day


async def test_many_who_look_at_once_fire_each_rung_once(school: School) -> None:
    numbers = [await listed(school, LIN, f"第 {n} 件", category="logistics") for n in range(8)]
    await happen()
    await set_now(at("2018-09-05T07:30"))
    duty = Firing(DUTIES, lambda: None)
    ids = [timer.id for timer in await Timer.filter(duty="problem")]
    await asyncio.gather(*(duty.fire(one) for one in ids * 3))
    for number in numbers:
        assert await rungs_of(number) == [("unclaimed", [school.people[CAI]])]
    await happen()
    assert await bundles_of(school.people[CAI]) == [("09-05 07:30", ["RungFired"] * 8)]


async def test_after_a_stand_still_only_the_highest_rung_fires_and_the_others_are_noted(
    school: School,
) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await school.say(CAI, f"/claim {number}")
    await happen()
    # Nobody was at work for three weeks.
    await set_now(at("2018-09-26T10:00"))
    await happen()
    (event,) = await ProblemEvent.filter(problem_id=number, kind="rung", details__isnull=False)
    assert event.details["rung"] == "supervised"
    assert event.details["instead_of"][-1] == "overdue_to_head"


async def test_no_open_problem_is_without_a_timer(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    timer = await Timer.get(key=f"problem:{number}")
    assert timer.due_at is not None
    await happen()
    await timer.refresh_from_db()
    assert timer.due_at == at("2018-09-05T07:30")
    await school.say(CAI, f"/claim {number}")
    await timer.refresh_from_db()
    assert timer.due_at is not None
    assert timer.due_at <= START + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("typed_at", "told_at"),
    [
        ("2018-09-03T15:00", "09-03 15:00"),
        ("2018-09-03T21:30", "09-04 07:30"),
        ("2018-09-04T05:00", "09-04 07:30"),
        ("2018-09-08T10:00", "09-10 07:30"),
        # 中秋: a Monday on which nobody works.
        ("2018-09-24T10:00", "09-25 07:30"),
    ],
)
async def test_what_somebody_does_reaches_others_when_they_don_t_rest(
    school: School, typed_at: str, told_at: str
) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await Problem.filter(id=number).update(due_at=at("2018-10-20T17:00"))
    await Timer.all().delete()
    await set_now(at(typed_at))
    await school.say(CAI, f"/claim {number}")
    await Timer.all().delete()
    await pass_to("2018-09-27T12:00")
    assert [when for when, _ in await told(school.people[LIN])] == [told_at]


async def test_a_timer_that_fails_is_tried_again_and_keeps_no_other_waiting(
    school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = await listed(school, LIN, "希望有晚托", category="logistics")
    second = await listed(school, LIN, "食堂太咸", category="logistics")

    async def broken(timer: int, problem: int, due: datetime) -> None:
        if problem == first:
            raise OSError("CANARY")
        await look_after(timer, problem, due)

    monkeypatch.setattr(firing, "look_after", broken)
    await pass_to("2018-09-05T07:30")
    assert await rungs_of(second) == [("unclaimed", [school.people[CAI]])]
    stuck = await Timer.get(key=f"problem:{first}")
    assert stuck.attempts > 0
    assert stuck.lease_until is not None
    assert "CANARY" not in caplog.text


async def test_of_two_who_are_to_tell_a_family_who_has_told_theirs_is_reminded_no_more(
    school: School,
) -> None:
    one = await listed(school, LIN, "希望有晚托", category="logistics")
    other = await listed(school, LI, "晚上没人看孩子", category="logistics")
    for number in (one, other):
        await school.say(CAI, f"/认领 {number}")
    await school.say(CAI, f"/合并 {one} {other}")
    await school.say(CAI, f"/办结 {other} 已开晚托班")
    # It fires on Wednesday, and teachers hear of it on Thursday.
    await pass_to("2018-09-05T10:00")
    assert dict(await rungs_of(other))["tell_family_again"] == [
        school.people[LI],
        school.people[LIN],
    ]
    await school.say(LIN, f"/回访 {other} 满意 谢谢学校")
    assert (await Problem.get(id=other)).state == "solved"
    await pass_to("2018-09-06T12:00")
    assert await bundles_of(school.people[LIN]) == []
    assert await bundles_of(school.people[LI]) == [("09-06 07:30", ["RungFired"])]


# --- danger -------------------------------------------------------------------------------

DANGER = "/问题 七年级 有个孩子说想割腕 来源=电话 反映人=学生"


async def flagged(school: School, when: str) -> int:
    """The number of a red flag that was raised then."""
    await set_now(at(when))
    reply = await school.one(LIN, DANGER)
    number = int(reply["facts"]["problem"])
    assert (await Problem.get(id=number)).red_flag
    await happen()
    return number


async def test_danger_that_nobody_takes_up_reaches_the_leading_group_two_hours_later_by_night(
    school: School,
) -> None:
    number = await flagged(school, "2018-09-08T23:10")
    told_first = {who for who in school.people if await told(school.people[who])}
    assert told_first == {HEAD, CHENG}
    await pass_to("2018-09-09T01:09")
    assert await rungs_of(number) == []
    await pass_to("2018-09-09T01:10:05")
    (fired,) = await rungs_of(number)
    assert fired[0] == "red_flag"
    for who in (HEAD, CHENG, CAI, "何国良", "孙茜", "沈佳宝"):
        when, notice = (await told(school.people[who]))[-1]
        assert (when, type(notice).__name__) == ("09-09 01:10", "RedFlagUnclaimed")
        # Whoever is told may know of it, and take it up.
        story = await school.one(who, f"/问题 {number}")
        assert story["notice"] == "ProblemStory"


async def test_whoever_takes_it_up_in_time_stops_that(school: School) -> None:
    number = await flagged(school, "2018-09-08T23:10")
    await pass_to("2018-09-09T01:09")
    await school.say(CHENG, f"/认领 {number}")
    await pass_to("2018-09-10T07:00")
    assert await rungs_of(number) == []


async def test_a_claimer_who_goes_away_with_nobody_standing_in_is_passed_over_to_the_head(
    school: School,
) -> None:
    number = await flagged(school, "2018-09-03T08:00")
    await school.say(CHENG, f"/认领 {number}")
    await school.say(CHENG, "/名册 请假 程龙 9-3到9-20")
    await pass_to("2018-09-12T12:00")
    fired = await rungs_of(number)
    # It is taken up: the two hours don't run again, and what is left to do is asked of who can.
    assert [rung for rung, _ in fired][1:] == ["still_yours", "week_before", "no_answer"]
    assert {tuple(to) for _, to in fired} == {(school.people[HEAD],)}


async def test_danger_that_can_be_told_to_none_of_the_first_is_the_leading_group_s_at_once(
    school: School,
) -> None:
    await Account.filter(person_id__in=[school.people[HEAD], school.people[CHENG]]).delete()
    number = await flagged(school, "2018-09-08T23:10")
    group = {"何国良", "孙茜", "蔡平", "沈佳宝"}
    assert {who for who in school.people if await told(school.people[who])} == group
    # Once they have an account the first may know of it, too.
    privy = {one.person_id for one in await ProblemPrivy.filter(problem_id=number)}
    assert privy == {school.people[who] for who in (*group, HEAD, CHENG)}


async def test_whoever_is_reminded_reads_of_gaps_in_the_roster_alone(school: School) -> None:
    number = await flagged(school, "2018-09-03T09:00")
    await pass_to("2018-09-04T07:30")
    ((_, people),) = [one for one in await rungs_of(number) if one[0] == "unclassified"]
    rows = await ProblemEvent.filter(problem_id=number, kind="rung").order_by("id")
    (event,) = [row for row in rows if row.details["rung"] == "unclassified"]
    assert {one["why"] for one in event.details["passed_over"]} >= {"not_privy"}
    view = await seen_by(RungFired(problem=number, event=event.id), people[0], occasion="x")
    assert view.passed_over == ()  # type: ignore[attr-defined]


async def test_no_reminder_of_danger_reaches_anybody_who_does_not_know_of_it(
    school: School,
) -> None:
    number = await flagged(school, "2018-09-03T09:00")
    await school.say(CHENG, f"/认领 {number}")
    await pass_to("2018-10-10T08:00")
    fired = await rungs_of(number)
    assert {rung for rung, _ in fired} >= {"unclassified", "week_before", "supervised"}
    know = {school.people[who] for who in (HEAD, CHENG, LIN)}
    assert {person for _, people in fired for person in people} <= know
    for who in school.people:
        if school.people[who] not in know:
            assert await told(school.people[who]) == [], who


# --- who can't be told ----------------------------------------------------------------------


async def test_f34_who_is_away_or_has_no_account_is_passed_over_at_once_and_that_is_said(
    school: School,
) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await happen()
    await Account.filter(person_id=school.people[CAI]).delete()
    await pass_to("2018-09-05T07:30")
    assert await rungs_of(number) == [("unclaimed", [school.people["何国良"]])]
    assert "因为蔡平收不到消息，转给您" in (await said_to(school.people["何国良"]))[0]


async def test_a_rung_for_which_nobody_is_there_is_told_to_the_admins_by_its_number(
    school: School,
) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await happen()
    await Account.exclude(person_id=school.people[ADMIN]).delete()
    await pass_to("2018-09-05T07:31")
    assert await rungs_of(number) == [("unclaimed", [])]
    (_, notice) = (await told(school.people[ADMIN]))[-1]
    assert type(notice).__name__ == "NobodyToTell"
