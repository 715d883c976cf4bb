from __future__ import annotations

import asyncio
import secrets
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chat.console.names import APP, PLATFORM
from commands.dispatch import Spoken, dispatch
from domain.chaining import chained
from domain.house import SCHOOL_TIME
from domain.migrating import migrate_records
from domain.models import (
    Digest,
    Family,
    OutboxEntry,
    Person,
    Problem,
    Room,
    Student,
    Timer,
    Visit,
    Visitor,
    Voice,
)
from domain.notices.bundles import BUNDLE
from domain.notices.visits import VisitRecorded
from domain.queries.audit import verify
from domain.queries.classes import class_named, classes_of_grade, classes_today
from domain.queries.coverage import coverage_of_school
from domain.queries.digest_readers import latest_week
from domain.queries.outbox import inbox_of, queue
from domain.queries.people import all_names, asker, holders_of, people_called, person_at, room_unit
from domain.queries.roster import people_of_unit, teachers_of_class
from domain.queries.students import students_called
from domain.queries.units import all_units, root_unit
from domain.records import now, open_records, savepoint, set_now, today
from domain.rules.plan import PACKAGED, Plan, load_plan, read_plan
from domain.rules.policy import ROLES
from domain.rules.red_flags import red_flags
from domain.sealing import Keyring
from service.demo.reading import read_school
from service.demo.school import fill_school
from service.demo.story import play, read_story
from service.lists.faults import ListFault

START = datetime(2018, 9, 3, 8, tzinfo=SCHOOL_TIME)
DAY = START.date()
INVENTED = Path(__file__).parents[2] / "service" / "demo"
PLAN = read_plan(None).with_minimum(0.33)

ROSTER = "姓名,单位,职务,账号,语言\n许静文,七(3)班,班主任,,\n"
FAMILIES = "班级,学号,姓名,家庭,特殊,原因,意愿\n七(3)班,12,王小明,,,,\n"
VISITS = "日期,班级,学号,走访人,方式,备注\n2018-08-20,七3,12,许静文,电话,聊得轻松\n"


KEYS = Keyring({"test": secrets.token_bytes(32)}, secrets.token_bytes(32))


@asynccontextmanager
async def opened(
    tmp_path: Path, plan: Plan = PLAN, *, copy: Path | None = None
) -> AsyncIterator[None]:
    file = tmp_path / "school.db"
    if copy:
        shutil.copyfile(copy, file)
    else:
        await migrate_records(f"sqlite://{file}")
    records = await open_records(f"sqlite://{file}", KEYS, plan)
    try:
        yield
    finally:
        await records.close()


@dataclass(frozen=True)
class Invented:
    """The file of the invented school, how its clock stood then, and its story as it was played."""

    file: Path
    clock: timedelta
    said: list[tuple[str, set[str]]]


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Invented:
    """Filled once; whoever looks at it opens a copy."""
    place = tmp_path_factory.mktemp("invented")
    said: list[tuple[str, set[str]]] = []

    async def played(*told: Any) -> Any:
        lines = await play(*told)
        said.extend((line.said, {one.view.outcome for one in replies}) for line, replies in lines)
        return lines

    async def filled() -> timedelta:
        async with opened(place):
            assert await fill_school(START)
            return await now() - START

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("service.demo.school.play", played)
        return Invented(place / "school.db", asyncio.run(filled()), said)


@pytest.fixture
async def school(invented: Invented, tmp_path: Path) -> AsyncIterator[None]:
    """A copy of it, at the moment at which it was filled."""
    async with opened(tmp_path, copy=invented.file):
        await set_now(START)
        yield


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    place = tmp_path / "ours"
    place.mkdir()
    for name, text in {"roster": ROSTER, "families": FAMILIES, **files}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (place / f"{name}.csv").write_bytes(data)
    return place


# --- the invented school ---------------------------------------------------------------------


async def test_the_invented_school_is_a_whole_school(school: None, invented: Invented) -> None:
    assert timedelta(0) <= invented.clock < timedelta(minutes=1)
    grades = Counter(one.name.grade for one in await classes_today(DAY))
    assert grades == dict.fromkeys(range(7, 13), 6)
    assert 380 <= await Student.all().count() <= 420
    assert await Family.filter(special=True).count() >= 20
    for one in await classes_of_grade(7, DAY):
        assert len(await teachers_of_class(one.id, DAY)) == 1
    for unit in await all_units():
        if unit.grade is not None:
            assert (await people_of_unit(unit, DAY)).liaison is not None
            assert await room_unit(PLATFORM, APP, f"grade-{unit.grade}") == unit.id
    assert await room_unit(PLATFORM, APP, "leaders") == (await root_unit()).id
    assert await Room.all().count() == 7
    for role in ROLES:
        assert await holders_of(role, DAY), role


async def test_everybody_is_known_in_the_console_by_the_number(school: None) -> None:
    for person in await all_names():
        assert await person_at(PLATFORM, APP, str(person)) == person
    assert await Person.filter(language="en").count() == 1


async def test_names_that_tests_and_readers_need_are_there(school: None) -> None:
    third, fifth = await class_named(7, 3, DAY), await class_named(7, 5, DAY)
    assert third
    assert fifth
    (xiaoming,) = await students_called("王小明", None)
    assert (xiaoming.school_class, xiaoming.seat) == (third.id, 12)
    assert not await Visit.filter(student_id=xiaoming.id).exists()
    assert len(await students_called("张伟", None)) == 2
    assert [one.seat for one in await students_called("陈晨", fifth.id)] == [4, 9]
    assert await students_called("阿依努尔 麦麦提", None)
    assert await students_called("anna keller", None)
    assert await students_called("zengziqiao", third.id)


async def test_brothers_and_sisters_are_one_family_across_classes(school: None) -> None:
    rows = await Student.all().values_list("family_id", "school_class_id")
    families = Counter(family for family, _ in rows)
    pairs = {family for family, children in families.items() if children > 1}
    assert len(pairs) >= 12
    assert len({row for row in rows if row[0] in pairs}) == 2 * len(pairs)


async def test_the_class_teacher_of_seven_three_can_record_at_once(school: None) -> None:
    (teacher,) = await people_called("许静文")
    said = "/visit 七3 王小明 奶奶照顾，内向 诉求：希望有晚托"
    spoken = Spoken(said, group=False, addressed=True)
    async with savepoint(), chained():
        answer = await dispatch(spoken, await asker(teacher, DAY))
    assert isinstance(answer.told[0].notice, VisitRecorded)


async def test_some_grades_are_well_above_the_minimum_and_some_below(school: None) -> None:
    whole, grades = await coverage_of_school(DAY)
    shares = [one.count.visited / one.count.families for one in grades]
    assert min(shares) < 0.2
    assert max(shares) > 0.4
    assert whole.count.refused
    assert whole.count.by_phone
    assert whole.count.special
    assert not whole.count.special_due
    later, _ = await coverage_of_school(DAY + timedelta(days=90))
    assert later.count.special_due


async def test_visits_are_written_down_on_their_day_and_shared_on_it(school: None) -> None:
    visits = await Visit.all()
    assert 110 <= len(visits) <= 150
    assert all(one.recorded_at.astimezone(SCHOOL_TIME).date() == one.day for one in visits)
    assert {one.kind for one in visits} == {"home", "teacher", "contact"}
    assert {one.method for one in visits} == {"home", "school", "phone", "video", "wechat"}
    assert await Visitor.all().count() > len(visits)
    assert await Voice.all().count() >= 20
    assert await OutboxEntry.all().count()
    assert (await queue()).due == 0
    delivered = [one for person in await all_names() for one in await inbox_of(PLATFORM, person)]
    assert delivered
    assert all(one.at and one.at < START for one in delivered)


async def test_its_leaders_have_had_their_digests_and_their_mornings(school: None) -> None:
    weeks = Counter([one.week for one in await Digest.all()])
    assert list(weeks) == ["2018-W33", "2018-W34", "2018-W35"]
    (head,) = await holders_of("head", DAY)
    assert await latest_week(head) == "2018-W35"
    assert "BehindPace" in await in_bundles_of("2018-09-03")
    # What is to come of each duty is planned, and nothing of the past is.
    duties = await Timer.filter(key__startswith="duty:")
    assert {one.duty for one in duties} >= {"digest", "morning"}
    assert all(one.due_at and one.due_at > START for one in duties)


async def in_bundles_of(day: str) -> set[str]:
    """What the morning's messages of a day told."""
    rows = [
        row
        for row in await OutboxEntry.filter(notice=BUNDLE, done_at__isnull=False)
        if row.available_at.astimezone(SCHOOL_TIME).date().isoformat() == day
    ]
    return {item["notice"] for row in rows for item in row.facts["items"]}


async def test_no_word_of_the_invented_school_raises_a_red_flag() -> None:
    said = "".join(file.read_text(encoding="utf-8") for file in INVENTED.glob("*.csv"))
    assert not red_flags(said, PLAN.red_flags)


async def test_an_earlier_start_leaves_out_what_has_not_happened_yet(tmp_path: Path) -> None:
    async with opened(tmp_path):
        start = datetime(2018, 8, 22, 12, tzinfo=SCHOOL_TIME)
        await fill_school(start)
        assert await Visit.filter(day__gt=start.date()).count() == 0
        # The clock goes on while the last of them are written down.
        soon = start + timedelta(minutes=1)
        assert await Visit.filter(recorded_at__gt=soon).count() == 0
        assert await Visit.all().exists()


async def test_a_year_later_the_children_have_moved_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What happens by itself in a year takes its time, and moves no child.
    monkeypatch.setattr("service.demo.school.pass_until", set_now)
    async with opened(tmp_path):
        await fill_school(START.replace(year=2019))
        (xiaoming,) = await students_called("王小明", None)
        eight_three = await class_named(8, 3, await today())
        assert eight_three
        assert xiaoming.school_class == eight_three.id


def test_the_invented_lists_fit_the_packaged_plan_to_the_last_row() -> None:
    school = read_school(INVENTED, PLAN, DAY)
    assert len(school.visits) == len((INVENTED / "visits.csv").read_text("utf-8").splitlines()) - 1


async def test_the_invented_school_does_with_another_plan(tmp_path: Path) -> None:
    text = PACKAGED.read_text(encoding="utf-8").replace("蔡平", "白杨").replace("总务处", "保障处")
    async with opened(tmp_path, load_plan(text)):
        assert await fill_school(START)
        assert await Visit.all().exists()
        assert "蔡平" not in (await all_names()).values()


async def test_a_school_that_is_there_is_left_alone(school: None) -> None:
    before = await Student.all().count()
    assert not await fill_school(START.replace(year=2019))
    assert await Student.all().count() == before
    assert await today() == DAY


# --- one's own -------------------------------------------------------------------------------


async def test_ones_own_school_is_taken_instead(tmp_path: Path) -> None:
    place = folder(tmp_path, visits=VISITS)
    async with opened(tmp_path):
        assert await fill_school(START, place)
        (child,) = await Student.all()
        (visit,) = await Visit.all()
        assert (visit.student_id, visit.method, visit.day) == (child.id, "phone", date(2018, 8, 20))
        assert len(await holders_of("teacher", DAY)) == 1
        assert len(await holders_of("leader", DAY)) == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_lists_may_be_saved_in_any_of_the_usual_ways(tmp_path: Path, encoding: str) -> None:
    place = folder(tmp_path, roster=ROSTER.encode(encoding), families=FAMILIES.encode(encoding))
    school = read_school(place, PLAN, DAY)
    assert school.people[0].name == "许静文"
    assert school.families[0].children[0].name == "王小明"
    assert school.visits == ()


def test_english_headings_and_words_do_as_well(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        roster="name,unit,role,account,language\nLi Mei,Grade 7 Class 3,class teacher,,en\n",
        families="number,class,student,family,special,reason,wishes\n2,7-3,Tom,1,yes,far away,\n1,8-1,Ann,1,,,later\n",
        visits="date,class,student,visitor,method,request\n2018-08-20,7-3,tom,Li Mei,phone,none\n",
    )
    school = read_school(place, PLAN, DAY)
    assert school.people[0].seats[0][0] == "teacher"
    (family,) = school.families
    assert (len(family.children), family.special, family.wishes) == (2, True, "later")
    ((visit, _),) = school.visits
    assert visit.method == "phone"
    assert visit.learnt.words == ()


def test_two_of_one_name_are_told_apart_by_their_accounts_alone(tmp_path: Path) -> None:
    rows = "李梅,七1,班主任,a1,\n李梅,总务处,联络人,,\n李梅,八1,班主任,a2,\n"
    place = folder(tmp_path, roster=ROSTER + rows)
    people = read_school(place, PLAN, DAY).people
    assert [len(one.seats) for one in people] == [1, 2, 1]


WRONG = [
    ("roster", ROSTER + "李梅,后勤部,教师,,\n", 3, "后勤部"),
    ("roster", ROSTER + "李梅,七年级,校医,,\n", 3, "校医"),
    ("roster", ROSTER + ",七年级,教师,,\n", 3, "姓名"),
    ("roster", ROSTER + "李梅,七年级,教师,,法语\n", 3, "法语"),
    ("roster", "姓名,职务\n李梅,教师\n", 1, "单位"),
    ("roster", "姓名,单位,职务,电话\n", 1, "电话"),
    ("roster", "", None, "姓名"),
    ("roster", b"\xff\xfe\x80", None, "UTF-8"),
    ("families", FAMILIES + "\n七3,12,李明,,,,\n", 4, "第 2 行"),
    ("families", FAMILIES + "七3,十八楼,李明,,,,\n", 3, "十八楼"),
    ("families", FAMILIES + "七3,13,,,,,\n", 3, "姓名"),
    ("families", FAMILIES + "七年级,13,李明,,,,\n", 3, "七年级"),
    ("families", FAMILIES + "七3,13,李明,,也许,,\n", 3, "特殊"),
    ("families", FAMILIES + '七3,13,"李明,,,,\n', 3, "引号"),
    ("families", FAMILIES + "七3,13,李明,,是,远,晚上来,周末来\n", 3, "多出"),
    ("visits", VISITS + "2018-13-01,七3,12,许静文,,\n", 3, "2018-13-01"),
    ("visits", VISITS + "2018-08-21,七3,13,许静文,,\n", 3, "13号"),
    ("visits", VISITS + "2018-08-21,七3,12,李梅,,\n", 3, "李梅"),
    ("visits", VISITS + "2018-08-21,七3,12,许静文,骑车,\n", 3, "骑车"),
]


@pytest.mark.parametrize(("name", "text", "line", "word"), WRONG)
def test_a_row_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, name: str, text: str | bytes, line: int | None, word: str
) -> None:
    place = folder(tmp_path, **{name: text})
    with pytest.raises(ListFault) as caught:
        read_school(place, PLAN, DAY)
    fault = caught.value
    assert (fault.file, fault.line) == (place / f"{name}.csv", line)
    assert word in fault.sentence("zh-CN")
    for sentence in (fault.sentence("zh-CN"), fault.sentence("en")):
        assert f"{name}.csv" in sentence
        assert "\n" not in sentence
        assert line is None or str(line) in sentence


@pytest.mark.parametrize("missing", ["roster.csv", "families.csv", ""])
def test_a_missing_list_or_folder_is_named(tmp_path: Path, missing: str) -> None:
    place = folder(tmp_path)
    if missing:
        (place / missing).unlink()
    else:
        shutil.rmtree(place)
    with pytest.raises(ListFault, match=missing or "ours"):
        read_school(place, PLAN, DAY)


async def test_nothing_is_written_when_a_list_cannot_be_used(tmp_path: Path) -> None:
    place = folder(tmp_path, visits=VISITS + "2018-08-21,七3,99,许静文,,\n")
    async with opened(tmp_path):
        with pytest.raises(ListFault):
            await fill_school(START, place)
        assert not await Person.all().exists()
        (place / "visits.csv").write_text(VISITS, encoding="utf-8")
        assert await fill_school(START, place)


async def test_each_line_of_the_story_is_done(school: None, invented: Invented) -> None:
    assert len(invented.said) == len(read_story(INVENTED / "story.csv"))
    assert [line for line, outcomes in invented.said if outcomes != {"ok"}] == []
    states = set(await Problem.all().values_list("state", flat=True))
    assert states >= {"listed", "claimed", "solved", "closed", "parked", "referral_asked"}
    assert (await verify()).fault is None
