"""What is said on working mornings beside problems: to whom it concerns, on its day, once."""

from __future__ import annotations

import pytest

from domain.models import Family, Leave, OutboxEntry, Problem, ProblemNamed, Timer, Unit
from domain.notices.mornings import BehindPace, PhaseEnding, SpecialDue
from domain.records import set_now
from domain.rules.plan import read_plan
from tests.commands.dialogs import ADMIN, CAI, GAO, HEAD, LIN, OFFICE, XU, listed
from tests.fixtures.house import School
from tests.fixtures.passing import at, happen, pass_to, said_to, told
from workers import mornings
from workers.schedule import plan_duties

PLAN = read_plan(None)


async def said(school: School, who: str, kind: type) -> list[str]:
    """When a thing of that kind was in somebody's morning."""
    found = []
    for when, bundle in await told(school.people[who]):
        items = getattr(bundle, "items", ())
        found += [when for item in items if isinstance(item.told(), kind)]
    return found


async def begin(school: School, when: str) -> None:
    await set_now(at(when))
    await Timer.all().delete()
    await plan_duties()


async def test_special_families_that_are_due_are_spoken_of_on_monday(school: School) -> None:
    await begin(school, "2018-12-01T12:00")
    await pass_to("2018-12-04T12:00")
    for who in (CAI, XU):
        assert await said(school, who, SpecialDue) == ["12-03 07:30"]
    # The class teacher hears of the own class, on a teacher's morning.
    assert await said(school, LIN, SpecialDue) == ["12-04 07:30"]
    assert await said(school, HEAD, SpecialDue) == []
    assert "七年级有 1 户特殊家庭该再去看看了" in (await said_to(school.people[CAI]))[-1]


async def test_a_week_that_begins_with_a_holiday_speaks_on_its_first_working_day(
    school: School,
) -> None:
    await begin(school, "2018-12-29T12:00")
    await pass_to("2019-01-03T12:00")
    # 1 January is a Tuesday; Monday and Tuesday are free, as the order of that year had it.
    assert await said(school, CAI, SpecialDue) == ["01-02 07:30"]


async def test_a_grade_behind_its_pace_hears_what_it_would_take(school: School) -> None:
    await begin(school, "2018-09-02T12:00")
    await pass_to("2018-09-03T12:00")
    assert await said(school, CAI, BehindPace) == ["09-03 07:30"]
    assert "每周再多" in "\n".join(await said_to(school.people[CAI]))
    await pass_to("2018-09-06T12:00")
    assert await said(school, CAI, BehindPace) == ["09-03 07:30"]


async def test_in_a_vacation_nobody_is_nudged_about_visits(school: School) -> None:
    winter = next(one for one in PLAN.vacations if one.start.month in (1, 2))
    await Family.all().update(special=True)
    await begin(school, f"{winter.start.isoformat()}T00:30")
    await pass_to(f"{winter.end.isoformat()}T12:00")
    assert await said(school, CAI, SpecialDue) == []


async def test_before_a_phase_ends_each_hears_three_times_what_is_missing(school: School) -> None:
    await begin(school, "2018-09-05T12:00")
    await listed(school, LIN, "希望有晚托", category="logistics")
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-17T12:00")
    end = PLAN.phase("visit").end
    assert end.isoformat() == "2018-09-15"  # a Saturday
    for who in (CAI, HEAD, OFFICE, XU):
        assert await said(school, who, PhaseEnding) == ["09-07 07:30", "09-12 07:30", "09-14 07:30"]
    for who in (LIN, ADMIN):
        assert await said(school, who, PhaseEnding) == []
    last = [text for text in await said_to(school.people[CAI]) if "阶段还有" in text][-1]
    assert "走访宣讲阶段还有 1 天结束（9月15日）" in last
    assert "还没达到走访要求：七年级" in last
    assert "在办 1 件" in last


@pytest.mark.parametrize("times", [1, 2])
async def test_however_often_the_duty_runs_it_is_told_once(school: School, times: int) -> None:
    await set_now(at("2018-09-03T07:30"))
    for _ in range(times):
        await mornings.run(at("2018-09-03T07:30"))
    (row,) = await OutboxEntry.filter(notice="ReminderBundle", person_id=school.people[CAI])
    keys = [item["key"] for item in row.facts["items"]]
    assert len(keys) == len(set(keys))
    await happen()
    assert len(await said(school, CAI, BehindPace)) == 1


async def test_several_visits_on_which_somebody_went_along_are_one_line_behind_what_waits(
    school: School,
) -> None:
    await set_now(at("2018-08-30T09:00"))
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await set_now(at("2018-09-01T12:00"))
    for child in ("12号", "13号"):
        await school.say("李梅", f"/家访 七3 {child} 同行：蔡平")
    await pass_to("2018-09-03T07:30")
    lines = (await said_to(school.people[CAI]))[-1].split("\n")
    assert lines[0] == "⏰ 早上好，今天有 2 件，回数字看详情："
    assert f"#{number}" in lines[1]
    assert lines[2] == "与你同行的 2 次走访已记下：V1、V2"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-CN", "🔔 与你同行的 2 次走访已记下：V1、V2"),
        ("en", "🔔 2 visits that you went along on were recorded: V1, V2"),
    ],
)
async def test_a_morning_with_one_thing_in_one_line_has_no_heading(
    school: School, language: str, text: str
) -> None:
    await set_now(at("2018-09-01T12:00"))
    for child in ("12号", "13号"):
        await school.say("李梅", f"/家访 七3 {child} 同行：蔡平")
    await pass_to("2018-09-03T07:30")
    assert await said_to(school.people[CAI], language) == [text]


async def test_a_line_is_told_of_what_is_with_its_department_wherever_it_arose(
    school: School,
) -> None:
    await begin(school, "2018-09-07T07:00")
    number = await listed(school, GAO, "希望有晚托", category="logistics")
    named = await listed(school, GAO, "蔡老师不接电话", category="logistics")
    eight = await Unit.get(name="八年级")
    await Problem.filter(id__in=[number, named]).update(unit_id=eight.id)
    await ProblemNamed.create(problem_id=named, person_id=school.people[CAI], confirmed=True)
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T07:30")
    assert "在办 1 件" in "\n".join(await said_to(school.people[CAI]))
    assert "在办" not in "\n".join(await said_to(school.people[XU]))
    assert "在办 2 件" in "\n".join(await said_to(school.people[HEAD]))


async def test_who_stands_in_for_a_class_teacher_is_told_of_the_class(school: School) -> None:
    await begin(school, "2018-12-01T12:00")
    await Leave.create(
        person_id=school.people[LIN],
        deputy_id=school.people[GAO],
        since=at("2018-12-01T00:00").date(),
        until=at("2018-12-07T00:00").date(),
    )
    await pass_to("2018-12-04T12:00")
    assert len(await said(school, GAO, SpecialDue)) >= 1
    assert "七(3)班有 1 户特殊家庭该再去看看了" in "\n".join(await said_to(school.people[GAO]))
    assert await said(school, LIN, SpecialDue) == []


async def test_who_is_reminded_to_decide_is_not_asked_beside_it(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await school.say(CAI, f"/认领 {number}")
    await set_now(at("2018-09-07T22:00"))
    await school.say(CAI, f"/延期 {number} 5天 等设备到货")
    await pass_to("2018-09-12T07:30")
    texts = "\n".join(await said_to(school.people["何国良"]))
    assert "申请给" in texts
    for text in await said_to(school.people["何国良"]):
        assert text.count(f"#{number}") <= 2


async def test_what_a_phone_has_no_room_for_is_counted(school: School) -> None:
    for n in range(12):
        await listed(school, LIN, f"第 {n} 件", category="logistics")
    await pass_to("2018-09-05T07:30")
    (text,) = await said_to(school.people[CAI])
    lines = text.split("\n")
    assert lines[0] == "⏰ 早上好，今天有 12 件，回数字看详情："
    assert lines[-1] == "还有 4 件：/问题"
    assert len(lines) == 10


# --- a number behind it ---------------------------------------------------------------------


async def two_in_the_morning(school: School) -> dict[str, int]:
    """CAI's morning message with two problems, each by the number that stands before it."""
    for said_so in ("希望有晚托", "食堂太咸"):
        await listed(school, LIN, said_so, category="logistics")
    await pass_to("2018-09-05T07:30")
    (text,) = await said_to(school.people[CAI])
    lines = [line.split(". ", 1) for line in text.split("\n")[1:]]
    return {number: int(line.split("#")[1].split()[0].split("　")[0]) for number, line in lines}


async def test_a_number_after_the_morning_s_message_opens_that_line_s_story(
    school: School,
) -> None:
    shown = await two_in_the_morning(school)
    assert sorted(shown) == ["1", "2"]
    for number, problem in shown.items():
        by_number, typed = [await school.one(CAI, text) for text in (number, f"/问题 {problem}")]
        assert (by_number["notice"], by_number["facts"]) == (typed["notice"], typed["facts"])
        assert f"#{problem}" in by_number["title"]


@pytest.mark.parametrize("reply", ["3", "0", "57"])
async def test_a_number_that_stands_before_no_line_opens_nothing(
    school: School, reply: str
) -> None:
    await two_in_the_morning(school)
    assert (await school.one(CAI, reply))["notice"] == "Pointer"


async def test_a_number_answers_the_question_that_was_asked_after_the_morning_s_message(
    school: School,
) -> None:
    await two_in_the_morning(school)
    await set_now(at("2018-09-05T08:00"))
    await school.one(CAI, "/分类 1")
    answered = await school.one(CAI, "1")
    assert answered["notice"] == "ProblemMoved"
    # Its hour is over: a late answer opens nothing else.
    await school.one(CAI, "/分类 2")
    await set_now(at("2018-09-05T10:00"))
    assert (await school.one(CAI, "1"))["notice"] == "Pointer"


async def test_a_question_from_before_the_morning_s_message_is_the_older_one(
    school: School,
) -> None:
    for said_so in ("希望有晚托", "食堂太咸"):
        await listed(school, LIN, said_so, category="logistics")
    await pass_to("2018-09-05T07:29")
    await school.one(CAI, "/分类 1")
    await pass_to("2018-09-05T07:30")
    assert (await school.one(CAI, "1"))["notice"] == "ProblemStory"


async def test_the_next_day_and_in_a_group_a_number_opens_nothing(school: School) -> None:
    await two_in_the_morning(school)
    assert (await school.one(CAI, "1", "grade-7"))["notice"] == "Pointer"
    await set_now(at("2018-09-06T07:00"))
    assert (await school.one(CAI, "1"))["notice"] == "Pointer"


async def test_who_is_asked_for_a_category_hears_nothing_once_the_recorder_has_said_it(
    school: School,
) -> None:
    await set_now(at("2018-09-03T22:00"))
    for said_so in ("希望有晚托", "食堂太咸"):
        await school.say(LIN, f"/问题 七3 {said_so}")
    await school.say(LIN, "/分类 1 后勤")
    await pass_to("2018-09-04T07:30")
    asked = [
        item.facts["problem"]
        for _, bundle in await told(school.people[XU])
        for item in getattr(bundle, "items", ())
        if item.notice == "ProblemNews" and item.facts["to_do"] == "classify"
    ]
    assert asked == [2]
