"""The weekly digest: once a week, to whom it concerns, with what waits for them first."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from benchmarks.recording import recorded
from chat.wording.digests import digest_unknown
from chat.words import words
from commands.parsing.weeks import week_in
from domain.actions.outbox import Address, put
from domain.models import (
    Account,
    Delivery,
    Digest,
    Leave,
    OutboxEntry,
    Problem,
    ProblemEvent,
    ProblemNamed,
    ProblemPrivy,
    Seat,
    Timer,
)
from domain.notices.asking import Pointer
from domain.notices.digests import WeeklyDigest
from domain.notices.views_digests import DigestUnknownSeen
from domain.queries.digest_readers import Reader, reader_of, readers_on
from domain.queries.digests import digest_for, says_nothing
from domain.queries.units import all_units
from domain.records import now, set_now
from domain.rules.digests import digest_after, digest_day, digest_until
from domain.rules.plan import read_plan
from domain.sealing import new_seal_id
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, OFFICE, XU, listed
from tests.fixtures.house import School
from tests.fixtures.passing import at, pass_to, told
from workers import digests as duty
from workers.schedule import plan_duties

PACE = read_plan(None).pace
HE, GU, SUN = "何国良", "谷辉", "孙茜"


async def got(school: School, who: str) -> list[tuple[str, str]]:
    """When, and of which week, somebody was told."""
    return [
        (when, notice.week)
        for when, notice in await told(school.people[who])
        if isinstance(notice, WeeklyDigest)
    ]


async def last(school: School, who: str) -> WeeklyDigest:
    notices = [one for _, one in await told(school.people[who]) if isinstance(one, WeeklyDigest)]
    return notices[-1]


# --- when -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ("2018-W36", date(2018, 9, 7)),
        # 中秋 is the Monday of the next one, and 国庆 is worked before: Saturday and Sunday.
        ("2018-W39", date(2018, 9, 30)),
        ("2018-W40", None),
        # A Friday that is a holiday (元旦 2021).
        ("2020-W53", date(2020, 12, 31)),
    ],
)
def test_it_comes_on_the_last_working_day_of_the_week(week: str, day: date | None) -> None:
    assert digest_day(week) == day


def test_the_next_moment_skips_a_week_without_work() -> None:
    assert digest_after(at("2018-09-30T16:00"), PACE) == at("2018-10-12T16:00")
    assert digest_until(at("2018-10-12T15:59"), PACE) == at("2018-09-30T16:00")
    assert digest_after(at("2018-09-30T15:59"), PACE) == at("2018-09-30T16:00")


@pytest.mark.parametrize(
    ("said", "week"),
    [
        ("2018-W36", "2018-W36"),
        ("第36周", "2018-W36"),
        ("W36", "2018-W36"),
        ("36", "2018-W36"),
        ("上周", "2018-W36"),
        ("本周", "2018-W37"),
        ("last week", "2018-W36"),
        ("50", "2017-W50"),
        ("第三十六周", "2018-W36"),
        ("上上周", "2018-W35"),
        ("下周", "2018-W38"),
        ("week 36 of 2018", "2018-W36"),
        ("2018年第36周", "2018-W36"),
        ("2018-W99", None),
        ("99", None),
        ("第0周", None),
    ],
)
def test_a_week_is_understood_as_people_say_it(said: str, week: str | None) -> None:
    found = week_in(said, date(2018, 9, 12))
    assert found is not None
    assert (found.week, found.rest) == (week, "")


@pytest.mark.parametrize(
    ("said", "week", "rest"),
    [
        ("上周 蔡平", "2018-W36", "蔡平"),
        ("蔡平 第36周", "2018-W36", "蔡平"),
        ("上周蔡平", "2018-W36", "蔡平"),
        ("蔡平的 2018-W36", "2018-W36", "蔡平"),
        ("Cai Ping last week", "2018-W36", "Cai Ping"),
    ],
)
def test_a_name_beside_the_week_is_a_name(said: str, week: str, rest: str) -> None:
    found = week_in(said, date(2018, 9, 12))
    assert found is not None
    assert (found.week, found.rest) == (week, rest)


@pytest.mark.parametrize("said", ["蔡平", "周平", "Wendy", "Lastman", "本周平", "Thisbe"])
def test_what_names_no_week_is_left_a_name(said: str) -> None:
    found = week_in(said, date(2018, 9, 12))
    assert found is None or found.rest == "平"


async def test_each_who_answers_for_something_gets_one_on_friday_at_four(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await pass_to("2018-09-07T15:59")
    assert await Digest.all().count() == 0
    await pass_to("2018-09-07T16:00")
    for who in (HEAD, HE, SUN, CAI, CHENG, OFFICE, GU):
        assert await got(school, who) == [("09-07 16:00", "2018-W36")], who
    # Nothing is open in 沈佳宝's line, which has no families either.
    for who in (LIN, XU, "沈佳宝"):
        assert await got(school, who) == []
    await pass_to("2018-09-14T16:00")
    assert await got(school, CAI) == [("09-07 16:00", "2018-W36"), ("09-14 16:00", "2018-W37")]


async def test_over_the_holiday_it_comes_on_the_sunday_that_is_worked(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await pass_to("2018-10-12T16:00")
    assert [when for when, _ in await got(school, CAI)] == [
        "09-07 16:00",
        "09-14 16:00",
        "09-21 16:00",
        "09-30 16:00",
        "10-12 16:00",
    ]


async def test_two_schedulers_tell_it_once(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await set_now(at("2018-09-07T16:00"))
    due = at("2018-09-07T16:00")
    await duty.run(due)
    await duty.run(due)
    people = [one.person for one in await readers_on(due.date())]
    assert await Timer.filter(duty=duty.ERRAND, due_at=due).count() == len(people) > 5
    await asyncio.gather(*(duty.tell(one, due) for one in people for _ in range(2)))
    assert await Digest.all().count() > 5
    assert await OutboxEntry.filter(notice="WeeklyDigest").count() == await Digest.all().count()
    keys = await OutboxEntry.filter(notice="WeeklyDigest").values_list("key", flat=True)
    assert len(set(keys)) == len(keys)


async def test_after_a_standstill_the_last_week_alone_is_told_and_not_in_the_night(
    school: School,
) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await set_now(at("2018-09-22T02:00"))
    await pass_to("2018-09-25T08:00")
    assert await got(school, CAI) == [("09-25 07:30", "2018-W38")]


async def test_who_has_nothing_to_hear_hears_nothing(school: School) -> None:
    until = at("2018-09-07T16:00")
    grade = next(unit for unit in await all_units() if unit.grade == 8)
    reader = Reader(school.people[CHENG], frozenset({grade.id}))
    digest = await digest_for(reader, at("2018-08-31T16:00"), until)
    # The minimum isn't reached while the campaign runs.
    assert not says_nothing(digest)
    nowhere = await digest_for(Reader(school.people[CHENG]), at("2018-08-31T16:00"), until)
    assert says_nothing(nowhere)
    # Nobody can still reach a minimum when the campaign is over.
    later = at("2019-03-08T16:00")
    assert says_nothing(await digest_for(reader, at("2019-03-01T16:00"), later))


# --- to whom --------------------------------------------------------------------------------


async def test_who_stands_in_gets_it_too_in_one_message_with_their_own(school: School) -> None:
    await plan_duties()
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await Leave.create(
        person_id=school.people[CAI],
        since=date(2018, 9, 5),
        until=date(2018, 9, 12),
        deputy_id=school.people[CHENG],
        noted_by_id=school.people[HEAD],
        noted_at=await now(),
    )
    await pass_to("2018-09-07T16:00")
    digest = await last(school, CHENG)
    assert number in {need.problem for need in digest.needs} or digest.open
    names = {unit.name for unit in await all_units() if unit.id in digest.units}
    assert names >= {"总务处", "七年级", "学生管理处", "八年级"}
    assert len(await got(school, CHENG)) == 1


@pytest.mark.parametrize(("absent", "office"), [(HEAD, False), (OFFICE, True)])
async def test_who_stands_in_for_the_head_or_the_office_gets_the_whole_school_s_and_no_longer(
    school: School, absent: str, office: bool
) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    assert await reader_of(school.people[LIN], date(2018, 9, 7)) is None, "but for the leave"
    await Leave.create(
        person_id=school.people[absent],
        since=date(2018, 9, 5),
        until=date(2018, 9, 12),
        deputy_id=school.people[LIN],
        noted_by_id=school.people[HEAD],
        noted_at=await now(),
    )
    reader = await reader_of(school.people[LIN], date(2018, 9, 7))
    assert reader is not None
    assert (reader.whole, reader.office, reader.absent) == (True, office, {school.people[absent]})
    await pass_to("2018-09-14T16:00")
    assert await got(school, LIN) == [("09-07 16:00", "2018-W36")]
    digest = await last(school, LIN)
    assert (digest.units, digest.open) == ((), 1)
    assert ("09-14 16:00", "2018-W37") in await got(school, absent)


async def test_a_leader_hears_of_their_own_units_alone(school: School) -> None:
    await plan_duties()
    mine = await listed(school, LIN, "希望有晚托", category="logistics")
    eighth = next(unit.id for unit in await all_units() if unit.grade == 8)
    await listed(school, "高远", "少点作业", category="teaching", unit_id=eighth)
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    digest = await last(school, CAI)
    assert digest.open == 1
    assert [need.problem for need in digest.needs] == [mine]
    assert (await last(school, HE)).open == 2
    assert (await last(school, SUN)).open == 1


async def test_nobody_hears_there_of_what_names_them_nor_of_a_red_flag(school: School) -> None:
    await plan_duties()
    named = await listed(school, LIN, "蔡平不接电话", category="logistics")
    await ProblemNamed.create(problem_id=named, person_id=school.people[CAI], confirmed=True)
    flag = await listed(school, LIN, "有人打他", category="logistics", red_flag=True)
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    cai = await last(school, CAI)
    # A red flag of his line is a number; what names him isn't even that.
    assert (cai.open, cai.hidden, cai.needs, cai.voices) == (0, 1, (), ())
    he = await last(school, HE)
    assert (he.open, he.hidden) == (1, 1)
    every = {*he.overdue, *he.due_next, *(need.problem for need in he.needs)}
    assert flag not in every


async def test_danger_that_nobody_has_taken_waits_first_for_each_who_was_alerted(
    school: School,
) -> None:
    """It has no category, so that it is on nobody's line."""
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await school.one(LIN, "/问题 七3 他说不想活了")
    flag = (await Problem.get(red_flag=True)).id
    await Timer.filter(duty="problem").delete()
    alerted = [row.person_id for row in await ProblemPrivy.filter(problem_id=flag)]
    assert school.people[HEAD] in alerted
    await pass_to("2018-09-07T16:00")
    digest = await last(school, HEAD)
    assert [(one.problem, one.why) for one in digest.needs] == [(flag, "claim")]
    assert digest.needs_in_all == 1
    assert flag not in [one.problem for one in (await last(school, HE)).needs]


async def test_a_head_who_leads_a_line_gets_one_message_with_what_waits_in_it(
    school: School,
) -> None:
    await plan_duties()
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    logistics = next(unit.id for unit in await all_units() if unit.name == "总务处")
    await Seat.filter(unit_id=logistics, role="leader").update(person_id=school.people[HE])
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    assert len(await got(school, HE)) == 1
    digest = await last(school, HE)
    assert (digest.units, [need.problem for need in digest.needs]) == ((), [number])


async def test_what_was_claimed_outside_of_one_s_line_waits_for_one_too(school: School) -> None:
    number = await listed(school, LIN, "希望有晚托", category="logistics")
    await school.one(CHENG, f"/认领 {number}")
    await Problem.filter(id=number).update(due_at=at("2018-09-05T17:00"))
    await plan_duties()
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    digest = await last(school, CHENG)
    assert [(need.problem, need.why) for need in digest.needs] == [(number, "overdue")]
    assert digest.open == 0


async def test_the_office_hears_of_what_names_the_head_as_a_number(school: School) -> None:
    await plan_duties()
    about = await listed(school, LIN, "邵毓君不接电话", category="logistics")
    await ProblemNamed.create(problem_id=about, person_id=school.people[HEAD])
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    office, head, he = [await last(school, who) for who in (OFFICE, HEAD, HE)]
    assert (office.open, office.hidden, office.voices) == (0, 1, ())
    assert (head.open, head.hidden) == (0, 0)
    assert (he.open, he.hidden, he.voices) == (1, 0, ())


async def test_the_office_hears_what_the_month_has_come_to_and_will(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "操场积水", category="logistics")
    to = Address(person=school.people[CAI])
    for number in range(4):
        await put(Pointer(heard="talk"), to, f"test:{number}", at=at("2018-09-03T10:00"))
    await pass_to("2018-09-04T12:00")
    entries = await OutboxEntry.filter(key__startswith="test:")
    await Delivery.filter(entry_id__in=[one.id for one in entries]).update(
        platform="dingtalk", quota="api"
    )
    await pass_to("2018-09-07T16:00")
    office, he = await last(school, OFFICE), await last(school, HE)
    (month,) = office.months
    # Six days and two thirds of thirty are over.
    assert (month.platform, month.api, month.api_forecast) == ("dingtalk", 4, 18)
    assert he.months == ()
    shown = await school.one(OFFICE, "/周报")
    assert "钉钉本月调用 4 次（照此到月底 18）" in shown["text"]


async def test_a_leader_s_red_flag_has_no_number_for_who_reads_the_leader_s_digest(
    school: School,
) -> None:
    await plan_duties()
    flag = await listed(school, LIN, "有人打他", category="logistics", red_flag=True)
    await ProblemPrivy.create(
        problem_id=flag, person_id=school.people[CAI], why="alerted", at=await now()
    )
    await Problem.filter(id=flag).update(
        due_at=at("2018-09-05T17:00"), responsible_id=school.people[CAI], state="claimed"
    )
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    mine = await school.one(CAI, "/周报")
    assert (mine["facts"]["overdue"], f"#{flag}" in mine["text"]) == ([flag], True)
    theirs = await school.one(OFFICE, "/周报 本周 蔡平")
    assert theirs["facts"]["overdue"] == []
    assert theirs["facts"]["needs"] == []
    assert f"#{flag}" not in theirs["text"]
    assert "蔡平（总务处、七年级）" in theirs["title"]


async def test_who_has_no_account_has_no_row_waiting_and_finds_it_kept(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "希望有晚托", category="logistics")
    await Account.filter(person_id=school.people[CAI]).delete()
    await pass_to("2018-09-07T16:00")
    rows = OutboxEntry.filter(notice="WeeklyDigest", person_id=school.people[CAI])
    assert await rows.count() == 0
    assert await Digest.filter(person_id=school.people[CAI]).count() == 1


# --- what is in it --------------------------------------------------------------------------


async def test_what_waits_for_the_reader_comes_first_ready_to_type(school: School) -> None:
    number = await listed(
        school, LIN, "王小明的妈妈说食堂太咸，电话13800138000", category="logistics"
    )
    await plan_duties()
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    reply = await school.one(CAI, "/周报")
    assert reply["notice"] == "WeeklyDigest"
    lines = reply["text"].split("\n")
    assert lines[0] == "🔔 第36周 · 总务处、七年级"
    assert lines[1].startswith(f"需要您：#{number}")
    assert lines[1].endswith(f"/认领 {number}")
    assert "13800138000" not in reply["text"]
    facts = reply["facts"]
    wanted = [
        "week",
        "units",
        "new",
        "claimed",
        "solved",
        "overdue",
        "due_next",
        "coverage",
        "satisfaction",
    ]
    assert set(wanted) <= set(facts)
    assert (facts["week"], facts["new"]) == ("2018-W36", 1)


async def test_no_child_s_name_stands_in_a_family_s_words(school: School) -> None:
    await plan_duties()
    await listed(school, LIN, "张伟总是打闹，食堂太咸，电话 138-0013-8000", category="logistics")
    await Timer.filter(duty="problem").delete()
    await pass_to("2018-09-07T16:00")
    (said,) = (await school.one(CAI, "/周报"))["facts"]["voices"]
    assert said == "张**总是打闹，食堂太咸，电话 ***"


async def test_of_what_was_due_it_counts_what_was_answered_and_what_was_in_time(
    school: School,
) -> None:
    for number, (state, solved) in enumerate(
        (("solved", "2018-09-04T10:00"), ("closed", "2018-09-07T10:00"), ("claimed", None))
    ):
        problem = await listed(school, LIN, f"第 {number} 件", category="logistics")
        await Problem.filter(id=problem).update(
            state=state, solved_at=at(solved) if solved else None, due_at=at("2018-09-05T17:00")
        )
    reader = await reader_of(school.people[HE], date(2018, 9, 7))
    assert reader is not None
    week = (await digest_for(reader, at("2018-08-31T16:00"), at("2018-09-07T16:00"))).this
    assert (week.due, week.answered, week.on_time) == (3, 2, 1)


async def test_a_week_is_shown_again_and_another_s_by_the_office(school: School) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    await plan_duties()
    await pass_to("2018-09-14T16:00")
    first = await school.one(CAI, "/周报 第36周")
    assert (first["notice"], first["facts"]["week"]) == ("WeeklyDigest", "2018-W36")
    others = await school.one(OFFICE, "/周报 上周 蔡平")
    assert others["facts"]["week"] == "2018-W36"
    assert others["facts"]["units"] == first["facts"]["units"]
    denied = await school.one(CAI, "/周报 上周 程龙")
    assert denied["notice"] == "DigestUnknown"
    never = await school.one(CAI, "/周报 2017-W36")
    assert never["notice"] == "DigestUnknown"


@pytest.mark.parametrize("command", ["/周报 99", "/周报 第54周", "/digest 2018-W99", "/周报 0"])
async def test_a_week_that_no_year_has_is_refused_with_a_word_about_weeks(
    school: School, command: str
) -> None:
    reply = await school.one(CAI, command)
    assert (reply["notice"], reply["facts"]["ahead"]) == ("WeekImpossible", False)
    assert "36" in reply["title"]


@pytest.mark.parametrize("command", ["/周报 下周", "/周报 2018-W40", "/digest next week"])
async def test_a_week_that_is_to_come_is_refused_and_not_taken_for_a_name(
    school: School, command: str
) -> None:
    reply = await school.one(CAI, command)
    assert (reply["notice"], reply["facts"]["ahead"]) == ("WeekImpossible", True)


async def test_who_has_no_digest_of_a_week_hears_of_which_year_it_is(school: School) -> None:
    chinese = await school.one(CAI, "/周报 2017-W36")
    assert chinese["title"] == "⛔ 没有您2017年第36周的周报"
    unknown = DigestUnknownSeen(notice="DigestUnknown", outcome="refuse", week="2017-W36")
    english = digest_unknown(unknown, words("en"))
    assert english.title == "⛔ There is no digest of week 36 of 2017 for you"


async def test_before_the_first_one_it_says_how_the_week_has_gone_so_far(school: School) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    reply = await school.one(CAI, "/周报")
    assert reply["facts"]["so_far"] is True
    assert "（到现在）" in reply["title"]


async def test_in_a_group_it_is_told_one_to_one(school: School) -> None:
    await listed(school, LIN, "希望有晚托", category="logistics")
    replies = await school.say(CAI, "/周报", "grade-7")
    assert [one["chat"] for one in replies if one["notice"] == "WeeklyDigest"] == ["direct"]


async def test_it_takes_as_many_questions_for_many_problems_as_for_few(school: School) -> None:
    readers = [
        one for one in await readers_on(date(2018, 9, 7)) if one.person in _of(school, HE, CAI)
    ]

    async def asked() -> list[int]:
        counts = []
        for reader in readers:
            with recorded() as recording:
                await digest_for(reader, at("2018-08-31T16:00"), at("2018-09-07T16:00"))
            counts.append(recording.statements)
        return counts

    for number in range(3):
        await listed(school, LIN, f"第 {number} 件", category="logistics")
    # What a run asks once only is asked.
    await asked()
    few = await asked()
    one = await Problem.all().order_by("id").first()
    assert one is not None
    await _many_like(one, 300)
    assert await asked() == few
    assert max(few) <= 50
    digest = await digest_for(readers[0], at("2018-08-31T16:00"), at("2018-09-07T16:00"))
    assert (digest.open, digest.this.new, digest.this.claimed) == (303, 303, 303)


def _of(school: School, *names: str) -> set[int]:
    return {school.people[name] for name in names}


async def _many_like(one: Problem, many: int) -> None:
    columns = [name for name in one._meta.db_fields if name not in ("id", "seal")]
    values = {name: getattr(one, name) for name in columns}
    values |= {"key_id": None, "because": None, "summary": None, "flag_words": None}
    await Problem.bulk_create(
        [Problem(seal=new_seal_id(), **values) for _ in range(many)], batch_size=50
    )
    rows = await Problem.all().order_by("id")
    await ProblemEvent.bulk_create(
        [
            ProblemEvent(
                seal=new_seal_id(),
                problem_id=row.id,
                kind="claim",
                state="claimed",
                at=one.recorded_at,
            )
            for row in rows
        ]
    )


async def test_readers_are_those_of_that_day(school: School) -> None:
    readers = {one.person: one for one in await readers_on(date(2018, 9, 7))}
    assert readers[school.people[HEAD]].whole
    assert readers[school.people[OFFICE]].office_alone
    assert readers[school.people[CAI]].lines
    assert not readers[school.people[CAI]].whole
    assert school.people[LIN] not in readers
