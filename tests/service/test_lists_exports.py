from __future__ import annotations

import asyncio
import csv
import io
import os
import shutil
import stat
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.actions.school import (
    ChildListed,
    FamilyListed,
    add_account,
    add_class,
    add_family,
    add_person,
    add_seat,
    load_plan_roster,
)
from domain.actions.visits import Learnt, VisitMade, record_visit
from domain.chaining import chained
from domain.queries.units import root_unit
from domain.records import open_records, savepoint, set_now
from domain.rules.plan import read_plan
from domain.sealing import Keyring
from service.lists.exporting import KINDS, export
from service.lists.faults import ListFault
from service.lists.lines import read_sheets
from service.lists.report import Taken
from service.lists.taking_families import take_families
from service.lists.taking_people import take_people
from service.lists.taking_visits import take_visits
from service.lists.writing import write_list
from tests.fixtures.house import START, School

TAKE: dict[str, Callable[[Path], Awaitable[Taken]]] = {
    "roster": take_people,
    "families": take_families,
    "visits": take_visits,
}
# Words come back byte for byte; what says nothing, or says that there is nothing, is no word.
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.builds(
        "{}{}".format,
        st.sampled_from(["=", "+", "-", "@", "'", "''=", "\t=", " -", "＝"]),
        st.text("a1(中", max_size=4),
    ),
    st.sampled_from(
        [
            "_x000D_",
            "a\r\nb\rc\n",
            '"',
            ",",
            "\0",
            "\x1f",
            "𠮷👨‍👩‍👧",
            "\u202eabc",
            "\ufeff",
            "2018-09-03",
            "007",
        ]
    ),
).filter(lambda text: text.strip() and text.strip().casefold() not in NOTHING)
NOTHING = {
    "无",
    "没有",
    "暂无",
    "没",
    "暂时没有",
    "none",
    "nothing",
    "n/a",
    "nil",
    "没有诉求",
    "无诉求",
}
NAMES = st.text("王李张伟芳娜敏'·", min_size=1, max_size=4).filter(
    lambda name: any(sign.isalpha() for sign in name)
)
PLACES = st.sampled_from([(7, 3), (8, 12), (10, 1)])
DAYS = st.dates(date(2018, 8, 2), date(2018, 9, 3))


Homes = list[list[tuple[tuple[int, int], int, str]]]
Visits = list[tuple[date, int, list[str], str, str]]
Drawn = tuple[Homes, Visits, list[tuple[str, str | None]]]


@st.composite
def schools(draw: st.DrawFn) -> Drawn:
    seats: set[tuple[tuple[int, int], int]] = set()
    homes = []
    for size in draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)):
        home = []
        for _ in range(size):
            place, seat, name = draw(PLACES), draw(st.integers(1, 40)), draw(NAMES)
            if (place, seat) not in seats:
                seats.add((place, seat))
                home.append((place, seat, name))
        if home:
            homes.append(home)
    a_visit = st.tuples(DAYS, st.integers(0, 9), st.lists(WORDS, max_size=3), WORDS, WORDS)
    # Two rows that say the same, however it is spaced, are one visit.
    visits = draw(st.lists(a_visit, max_size=4, unique_by=lambda one: " ".join(one[3].split())))
    people = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["周敏", "Li Mei", "阿依努尔·麦麦提"]),
                st.sampled_from([None, "zh-CN", "en"]),
            ),
            max_size=3,
        )
    )
    return homes, visits, people


async def fill(drawn: Drawn) -> None:
    homes, visits, people = drawn
    await load_plan_roster()
    crew = []
    for number, (name, language) in enumerate(people):
        person = await add_person(name, language)
        crew.append(person)
        await add_account(person, "dingtalk", "", f"u{number}")
        if number:
            await add_seat(
                person,
                "teacher",
                date(2018, 8, 1),
                school_class=await add_class(7, number, START.date()),
            )
            await add_seat(person, "admin", date(2018, 8, 1), unit=(await root_unit()).id)
    children = []
    for number, home in enumerate(homes):
        listed = [
            ChildListed(await add_class(*place, START.date()), seat, name)
            for place, seat, name in home
        ]
        words = visits[number][3] if number < len(visits) else None
        family, students = await add_family(
            FamilyListed(
                tuple(listed),
                date(2018, 8, 1),
                special_reason=words,
                wishes=words,
                special=number % 2 == 0,
            )
        )
        children += [
            (family, student, one.school_class)
            for student, one in zip(students, listed, strict=True)
        ]
    for day, whom, voices, note, answer in visits:
        family, student, school_class = children[whom % len(children)]
        by = crew[whom % len(crew)] if crew else 1
        learnt = Learnt(text=note, words=tuple(voices), answers={"situation": answer})
        made = VisitMade(by, "home", "phone", "visited", day, tuple(crew), student, family)
        async with savepoint(), chained():
            await record_visit(replace(made, school_class=school_class, learnt=learnt))
    if crew:
        await record_visit(
            VisitMade(
                1,
                "teacher",
                "school",
                "visited",
                START.date(),
                teacher=crew[0],
                learnt=Learnt(talk="讲了"),
            )
        )


async def exported(folder: Path, language: str, form: str) -> dict[str, bytes | list[list[str]]]:
    """What each list says: a CSV by its bytes, a workbook by its cells, since it has the time in it."""
    said: dict[str, bytes | list[list[str]]] = {}
    for kind in KINDS:
        file = folder / f"{kind}{form}"
        await export(kind, file, language)
        cells = [list(line.cells) for sheet in read_sheets(file) for line in sheet]
        said[kind] = file.read_bytes() if form == ".csv" else cells
    return said


async def round_trip(empty: Path, drawn: Drawn, language: str, form: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for database in ("one", "two"):
            shutil.copyfile(empty, folder / database)
            records = await open_records(
                f"sqlite://{folder / database}",
                Keyring({"k": b"1" * 32}, b"s" * 32),
                read_plan(None),
            )
            try:
                await set_now(START)
                if database == "one":
                    await fill(drawn)
                    first = await exported(folder, language, form)
                    continue
                await load_plan_roster()
                for kind, take in (
                    ("roster", take_people),
                    ("families", take_families),
                    ("visits", take_visits),
                ):
                    taken = await take(folder / f"{kind}{form}")
                    assert not taken.refused, list(taken.sentences("en"))
                assert await exported(folder, language, form) == first
            finally:
                await records.close()


@pytest.mark.parametrize(("language", "form"), [("zh-CN", ".csv"), ("en", ".xlsx")])
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(drawn=schools())
def test_what_is_written_is_taken_into_an_empty_database_and_written_again(
    empty_database: Path, language: str, form: str, drawn: Drawn
) -> None:
    asyncio.run(round_trip(empty_database, drawn, language, form))


async def test_an_export_taken_in_where_it_came_from_changes_nothing(
    school: School, tmp_path: Path
) -> None:
    await school.say("林晓", "/visit 七3 12号 聊得好 诉求：晚托")
    for kind, take in TAKE.items():
        file = tmp_path / f"{kind}.csv"
        rows = await export(kind, file, "zh-CN")
        taken = await take(file)
        assert (taken.new, taken.changed, taken.unchanged, taken.refused) == (0, 0, rows, [])
        assert rows > 0


async def test_brothers_and_sisters_share_a_number_others_have_none(
    school: School, tmp_path: Path
) -> None:
    await export("families", tmp_path / "f.csv", "en")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "f.csv").read_text("utf-8-sig"))))
    assert {row["student"]: row["family"] for row in rows if row["family"]} == {
        "李想": "1",
        "李念": "1",
    }
    assert rows[0]["class"] == "Grade 7 Class 2"
    assert [row["special"] for row in rows if row["student"] == "李想"] == ["yes"]


def test_a_list_is_written_whole_or_not_at_all_and_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("what was there", encoding="utf-8")
    file.chmod(0o644)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(ListFault, match="No space"):
            write_list(file, [["甲"]])
    assert file.read_text(encoding="utf-8") == "what was there"
    assert os.listdir(tmp_path) == ["list.csv"]  # noqa: PTH208  there is no path to go on with
    write_list(file, [["甲"]])
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    for nowhere in (tmp_path / "no" / "list.csv", folder):
        with pytest.raises(ListFault, match="can't be written"):
            write_list(nowhere, [["甲"]])
    with pytest.raises(ListFault, match=r"export to \.csv"):
        write_list(tmp_path / "long.xlsx", [["长" * 40000]])
    assert not (tmp_path / "long.xlsx").exists()
