"""Before a week's reminders go out the admins hear whom they would pass over, and nothing secret."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.models import Account, Leave, Problem, ProblemEvent, ProblemNamed, ProblemPrivy, Seat
from domain.queries.passed_over import passed_over
from domain.rules.plan import read_plan
from domain.rules.preflight import after_preflight
from tests.commands.dialogs import CAI, LIN, listed
from tests.commands.test_roster_looking import all_well
from tests.fixtures.house import START, School
from tests.fixtures.passing import at, bundles_of, pass_to, said_to
from workers.preflight import preflight
from workers.schedule import duties_of, plan_duties

ADMIN = "方正"
MONDAY = date(2018, 9, 3)


async def test_all_well_is_silent(school: School) -> None:
    await all_well(school)
    await preflight(at("2018-09-03T07:30"))
    await pass_to("2018-09-03T12:00")
    assert await bundles_of(school.people[ADMIN]) == []


async def test_by_its_timer_it_comes_on_monday_morning_once(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    duties = duties_of()
    monkeypatch.setattr("tests.fixtures.passing.DUTIES", duties)
    await plan_duties(duties)
    await pass_to("2018-09-10T12:00")
    assert await bundles_of(school.people[ADMIN]) == [("09-10 07:30", ["RosterPreflight"])]
    (said,) = await said_to(school.people[ADMIN])
    assert said.startswith("⏰ 这周提醒之前，名册有 3 处要补")
    assert said.endswith("怎么补：/名册 检查")
    # The same, done twice.
    await preflight(at("2018-09-10T07:30"))
    await pass_to("2018-09-10T13:00")
    assert len(await bundles_of(school.people[ADMIN])) == 1


async def test_among_other_things_of_a_morning_it_is_one_line(school: School) -> None:
    await preflight(at("2018-09-03T07:30"))
    await preflight(at("2018-09-04T07:30"))
    await pass_to("2018-09-03T12:00")
    (said,) = await said_to(school.people[ADMIN])
    assert said.count("怎么补：/名册 检查") == 2


async def test_whom_the_week_s_reminders_would_pass_over_with_the_numbers(school: School) -> None:
    await all_well(school)
    first = await listed(school, LIN, "希望有晚托", category="logistics")
    second = await listed(school, LIN, "食堂太咸", category="logistics")
    assert await passed_over(MONDAY) == ()
    await Account.filter(person_id=school.people[CAI]).delete()
    (found,) = await passed_over(MONDAY)
    assert (found.kind, found.people) == ("passed_over", (school.people[CAI],))
    assert found.problems == (first, second)
    reply = await school.one(ADMIN, "/名册 检查")
    assert f"#{first}、#{second} 该提醒蔡平时会跳过" in reply["text"]
    # What is said to happen is what happens.
    await pass_to("2018-09-05T07:30")
    for number in (first, second):
        event = await ProblemEvent.get(problem_id=number, kind="rung")
        assert school.people[CAI] in [one["person"] for one in event.details["passed_over"]]


async def test_who_is_away_on_that_day_alone_is_passed_over(school: School) -> None:
    await all_well(school)
    await listed(school, LIN, "希望有晚托", category="logistics")
    cai = school.people[CAI]
    # The call for a claim comes on Wednesday.
    leave = await Leave.create(person_id=cai, since=date(2018, 9, 3), until=date(2018, 9, 4))
    assert await passed_over(MONDAY) == ()
    await Leave.filter(id=leave.id).update(until=date(2018, 9, 5))
    assert [one.people for one in await passed_over(MONDAY)] == [(cai,)]
    await Leave.filter(id=leave.id).update(deputy_id=school.people["孙茜"])
    assert await passed_over(MONDAY) == ()


async def test_what_would_reach_nobody_at_all(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await Seat.filter(role__in=["leader", "head", "deputy_head", "office", "working"]).delete()
    found = await passed_over(MONDAY)
    assert [(one.kind, one.problems) for one in found][-1] == ("to_nobody", (number,))


async def test_neither_a_red_flag_nor_who_is_named_is_given_away(school: School) -> None:
    await all_well(school)
    secret = await listed(school, LIN, "希望有晚托", category="logistics")
    named = await listed(school, LIN, "食堂太咸", category="logistics")
    await Problem.filter(id=secret).update(red_flag=True)
    # Who knows of it would be told, and can't be.
    await ProblemPrivy.create(
        problem_id=secret, person_id=school.people[CAI], why="alerted", at=START
    )
    await ProblemNamed.create(problem_id=named, person_id=school.people[CAI], confirmed=True)
    await Account.filter(person_id=school.people[CAI]).delete()
    assert await passed_over(MONDAY) == ()


async def test_that_the_known_holidays_end_is_said_in_time(school: School) -> None:
    await all_well(school)
    reply = await school.one(ADMIN, "/名册 检查")
    assert "节假日" not in reply["text"]
    await school.move_to(at("2003-09-01T08:00"))
    await Seat.all().update(since=date(2000, 1, 1))
    reply = await school.one(ADMIN, "/名册 检查")
    assert "节假日只知道到 2002年12月31日" in reply["text"]


@pytest.mark.parametrize(
    ("instant", "due"),
    [
        ("2018-09-03T07:29", "2018-09-03T07:30"),
        ("2018-09-03T07:30", "2018-09-10T07:30"),
        # 中秋 is a Monday; then a week of holidays.
        ("2018-09-17T08:00", "2018-09-25T07:30"),
        ("2018-09-25T07:30", "2018-10-08T07:30"),
    ],
)
def test_it_comes_on_mondays_or_the_next_working_day(instant: str, due: str) -> None:
    found: datetime = after_preflight(at(instant), read_plan(None))
    assert found == at(due)
