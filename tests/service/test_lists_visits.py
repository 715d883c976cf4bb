from __future__ import annotations

import logging
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.models import (
    Deed,
    ImportedRow,
    OutboxEntry,
    Person,
    Problem,
    ProblemEvent,
    ProblemPrivy,
    Visit,
    Visitor,
    Voice,
)
from domain.queries.students import student_in_seat
from domain.queries.visit_list import visits_listed
from domain.records import today
from service.lists.exporting import export
from service.lists.report import Taken
from service.lists.taking_families import take_families
from service.lists.taking_people import take_people
from service.lists.taking_visits import take_visits
from tests.fixtures.house import START, School
from tests.service.lists import a_list, everything

HEAD = "日期,班级,学号,姓名,走访人,同行,类型,方式,结果,教师,备注,家庭情况,诉求,诉求\n"
ROWS = (
    "2018-08-20,七3,12,王小明,林晓,李梅、高远,,电话,,,聊得好,奶奶照顾,希望有晚托,饭菜太咸\n"
    "2018-08-21,七3,,欧阳娜娜,林晓,,,,婉拒,,,,无,\n"
    "2018-08-22,,,,林晓,,教师,,,李梅,谈了谈,,,\n"
)


async def take(tmp_path: Path, text: str, head: str = HEAD) -> Taken:
    return await take_visits(a_list(tmp_path, head + text))


def counts(taken: Taken) -> tuple[int, int, int, int]:
    return taken.new, taken.changed, taken.unchanged, len(taken.refused)


async def test_past_visits_are_recorded_with_voices_and_nobody_is_told(
    school: School, tmp_path: Path
) -> None:
    assert counts(await take(tmp_path, ROWS)) == (3, 0, 0, 0)
    home, refused, teacher = await Visit.all().order_by("day")
    child = await student_in_seat(school.classes[7, 3], 12)
    assert child
    assert (home.student_id, home.family_id, home.school_class_id) == (
        child.id,
        child.family,
        child.school_class,
    )
    assert (home.day, home.method, home.result) == (date(2018, 8, 20), "phone", "visited")
    assert home.recorded_by_id == school.people["林晓"]
    assert home.recorded_at - START < timedelta(minutes=1)
    assert await Visitor.filter(visit_id=home.id).count() == 3
    assert refused.result == "refused"
    assert (teacher.kind, teacher.teacher_id) == ("teacher", school.people["李梅"])
    said = (await visits_listed())[0].said
    assert said == {
        "text": ["聊得好"],
        "situation": ["奶奶照顾"],
        "words": ["希望有晚托", "饭菜太咸"],
    }
    assert [one.heard_on for one in await Voice.all()] == [date(2018, 8, 20)] * 2
    assert not await OutboxEntry.all().exists()
    assert not await Deed.all().exists()


async def test_what_past_visits_asked_for_is_a_problem_whose_clock_starts_now(
    school: School, tmp_path: Path
) -> None:
    answered = "2018-09-02,七3,12,,林晓,,,,,,,,几点放学,,四点半\n"
    head = HEAD.replace("诉求\n", "诉求,当场答复\n")
    await take(tmp_path, ROWS.replace("\n", ",\n") + answered, head)
    first, second, at_once = await Problem.all().order_by("id")
    assert [one.heard_on for one in (first, second)] == [date(2018, 8, 20)] * 2
    assert [one.started_on for one in (first, second)] == [START.date()] * 2
    assert (first.source, first.speaker, first.state) == ("visit", "parent", "listed")
    assert first.suggested, "what it seems to be about is there to be agreed to"
    assert (at_once.state, at_once.ending, at_once.started_on) == (
        "closed",
        "on_the_spot",
        date(2018, 9, 2),
    )
    assert not await ProblemEvent.filter(number__isnull=True).exists(), "each is in the chain"
    assert not await OutboxEntry.all().exists()


async def test_danger_in_a_list_is_told_at_once_and_only_once(
    school: School, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    row = "2018-08-20,七3,12,,林晓,,,,,,他说不想活了,,,\n"
    first, again = [await take(tmp_path, row) for _ in range(2)]
    problem = await Problem.get()
    assert (problem.red_flag, problem.source) == (True, "visit")
    privy = {one.person_id for one in await ProblemPrivy.all()}
    assert privy == {school.people["邵毓君"], school.people["程龙"]}
    told = [(one.notice, one.person_id) for one in await OutboxEntry.all()]
    assert sorted(told) == sorted(("RedFlagRaised", person) for person in privy)
    (note,) = first.notes
    assert "有 1 条读到危险的信号（#1）" in note.sentence("zh-CN")
    assert not again.notes
    assert "不想活" not in caplog.text + note.sentence("zh-CN") + note.sentence("en")


async def test_the_same_list_again_changes_not_a_byte(school: School, tmp_path: Path) -> None:
    await take(tmp_path, ROWS)
    before = await everything()
    assert counts(await take(tmp_path, ROWS)) == (0, 0, 3, 0)
    spaced = (
        ROWS.replace("聊得好", " 聊得好  ")
        .replace("七3", "七(3)班")
        .replace("2018-08-2", "2018/8/2")
    )
    assert counts(await take(tmp_path, spaced)) == (0, 0, 3, 0)
    assert await everything() == before


async def test_a_row_is_known_again_after_the_child_changed_class_and_number(
    school: School, tmp_path: Path
) -> None:
    await take(tmp_path, ROWS)
    await take_families(a_list(tmp_path, "班级,学号,姓名\n七4,2,王小明\n七3,5,李想\n"))
    moved = ROWS.replace("七3,12,王小明", "七4,,王小明")
    assert counts(await take(tmp_path, moved)) == (0, 0, 3, 0)


async def test_two_truly_different_visits_of_a_day_are_two(school: School, tmp_path: Path) -> None:
    row = "2018-08-20,七3,12,,林晓,,,,,,{},,,\n"
    assert counts(
        await take(tmp_path, row.format("上午") + row.format("下午") + row.format("上午"))
    ) == (2, 0, 1, 0)
    assert await Visit.all().count() == 2


async def test_a_visit_that_was_recorded_by_command_is_not_taken_in_again(
    school: School, tmp_path: Path
) -> None:
    await school.say("林晓", "/visit 七3 12号 聊得好 诉求：晚托 日期：8-31 同行：李梅")
    await school.say("林晓", "/visit V1 性格：内向")
    await school.say("林晓", "/visit V1 性格：爱笑")
    await school.say("林晓", "/visit V1 周末再去")
    assert await Visit.all().count() == 1
    file = tmp_path / "ours.xlsx"
    assert await export("visits", file, "zh-CN") == 1
    for _ in range(2):
        taken = await take_visits(file)
        assert counts(taken) == (0, 0, 1, 0)
        assert await Visit.all().count() == 1
        assert await ImportedRow.all().count() == 1
    await Visit.all().update(undone_at=START)
    assert counts(await take_visits(file)) == (0, 0, 1, 0), "what was taken back stays so"


async def test_a_class_has_the_name_that_it_had_on_the_day(school: School, tmp_path: Path) -> None:
    # 八1 of today was 七1 last spring, and 李念 was in it.
    assert counts(await take(tmp_path, "2018-05-04,七1,1,李念,高远,,,,,,,,,\n")) == (1, 0, 0, 0)
    (visit,) = await Visit.all()
    assert visit.school_class_id == school.classes[8, 1]
    # Before the first of August 七3 wasn't there yet: it is today's that is meant.
    assert counts(await take(tmp_path, "2018-07-20,七3,12,王小明,高远,,,,,,,,,\n")) == (1, 0, 0, 0)


async def test_good_rows_are_kept_and_the_others_named_without_a_child(
    school: School, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = (
        "2018-09-04,七3,12,,林晓,,,,,,,,,\n"  # tomorrow
        "2018-08-20,七3,12,王晓敏啊,林晓,,,,,,,,,\n"
        "2018-08-20,七5,,陈晨,林晓,,,,,,,,,\n"
        "2018-08-20,七3,40,,林晓,,,,,,,,,\n"
        "2018-08-20,七3,12,,某某,,,,,,,,,\n"
        "2018-08-20,七3,12,,林晓,,,,,,好,,,\n"
    )
    taken = await take(tmp_path, rows)
    assert counts(taken) == (1, 0, 0, 5)
    said = " ".join([*taken.sentences("zh-CN"), *taken.sentences("en"), caplog.text])
    assert not [name for name in ("王晓敏", "陈晨", "王小明") if name in said]
    assert "refused=5" in caplog.text


async def test_two_colleagues_of_one_name_are_told_apart_by_the_account(
    school: School, tmp_path: Path
) -> None:
    await take_people(a_list(tmp_path, "姓名,单位,职务,账号\n李梅,七5,教师,a1\n李梅,七4,教师,a2\n"))
    row = "2018-08-20,七3,12,,{},,,,,,,,,\n"
    assert counts(await take(tmp_path, row.format("李梅")))[3] == 1
    assert counts(await take(tmp_path, row.format("李梅（dingtalk:a2）")))[0] == 1
    (visit,) = await Visit.all()
    assert visit.recorded_by_id != school.people["李梅"]
    assert await Person.exists(id=visit.recorded_by_id, name="李梅")
    assert await today() == START.date()


async def test_a_ledger_of_a_large_school_takes_seconds(school: School, tmp_path: Path) -> None:
    days = [date(2018, 8, 1) + timedelta(place % 30) for place in range(2000)]
    rows = "".join(
        f"{day},七3,12,王小明,林晓,李梅,,,,,第 {place} 次,奶奶照顾,希望有晚托,\n"
        for place, day in enumerate(days)
    )
    began = time.perf_counter()
    taken = await take(tmp_path, rows)
    assert counts(taken) == (2000, 0, 0, 0), list(taken.sentences("en"))
    first = time.perf_counter() - began
    assert counts(await take(tmp_path, rows)) == (0, 0, 2000, 0)
    print(f"2,000 visits: {first:.1f} s, again: {time.perf_counter() - began - first:.1f} s")
    assert first < 120, "it takes some seconds, even on a machine that does much else"
