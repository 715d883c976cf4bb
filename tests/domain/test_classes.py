"""What a class is called, over all its years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions.school import add_class
from domain.models import SchoolClass
from domain.queries.classes import class_name, class_named, classes_of_grade, classes_today
from domain.records import Records
from domain.rules.classes import JUNIOR, SENIOR, class_of_grade, grade_on, school_year

AUGUST = (8, 1)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
first_days = st.sampled_from([(8, 1), (9, 1), (1, 1), (7, 15), (12, 31)])
stages = st.sampled_from([JUNIOR, SENIOR])


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2018, 7, 31), 2017),
        (date(2018, 8, 1), 2018),
        (date(2018, 12, 31), 2018),
        (date(2019, 1, 1), 2018),
        (date(2019, 7, 31), 2018),
        (date(2020, 2, 29), 2019),
    ],
)
def test_a_school_year_begins_on_its_first_day(day: date, year: int) -> None:
    assert school_year(day, AUGUST) == year


@pytest.mark.parametrize(
    ("stage", "day", "grade"),
    [
        (JUNIOR, date(2018, 7, 31), None),
        (JUNIOR, date(2018, 8, 1), 7),
        (JUNIOR, date(2019, 7, 31), 7),
        (JUNIOR, date(2019, 8, 1), 8),
        (JUNIOR, date(2020, 8, 1), 9),
        (JUNIOR, date(2021, 7, 31), 9),
        (JUNIOR, date(2021, 8, 1), None),
        (SENIOR, date(2018, 8, 1), 10),
        (SENIOR, date(2019, 8, 1), 11),
        (SENIOR, date(2021, 7, 31), 12),
        (SENIOR, date(2021, 8, 1), None),
    ],
)
def test_the_class_that_entered_in_2018(stage: str, day: date, grade: int | None) -> None:
    assert grade_on(stage, 2018, day, AUGUST) == grade


@given(st.integers(7, 12), days, first_days)
def test_the_class_of_a_grade_is_in_that_grade(
    grade: int, day: date, first_day: tuple[int, int]
) -> None:
    stage, entered = class_of_grade(grade, day, first_day)
    assert grade_on(stage, entered, day, first_day) == grade


@given(stages, st.integers(2000, 2050), days, first_days)
def test_a_class_never_moves_down_and_once_gone_stays_away(
    stage: str, entered: int, day: date, first_day: tuple[int, int]
) -> None:
    today = grade_on(stage, entered, day, first_day)
    tomorrow = grade_on(stage, entered, day + timedelta(days=1), first_day)
    if today is not None:
        assert tomorrow in (today, today + 1, None)
        assert (tomorrow is None) <= (today in (9, 12))
    elif tomorrow is not None:
        assert tomorrow in (7, 10)


@given(stages, st.integers(2000, 2050), first_days)
def test_a_class_is_at_school_for_three_years(
    stage: str, entered: int, first_day: tuple[int, int]
) -> None:
    begin = date(entered, *first_day)
    end = date(entered + 3, *first_day) - timedelta(days=1)
    first = 7 if stage == JUNIOR else 10
    assert grade_on(stage, entered, begin, first_day) == first
    assert grade_on(stage, entered, end, first_day) == first + 2
    assert grade_on(stage, entered, begin - timedelta(days=1), first_day) is None
    assert grade_on(stage, entered, end + timedelta(days=1), first_day) is None


# --- as they are called -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "day", "called"),
    [
        (JUNIOR, date(2018, 9, 3), "七年级3班"),
        (JUNIOR, date(2019, 7, 31), "七年级3班"),
        (JUNIOR, date(2019, 8, 1), "八年级3班"),
        (JUNIOR, date(2020, 9, 1), "九年级3班"),
        (SENIOR, date(2018, 9, 3), "高一年级3班"),
        (SENIOR, date(2020, 9, 1), "高三年级3班"),
        # After it left it is called what it was called last, before it came what it will be.
        (JUNIOR, date(2021, 8, 1), "九年级3班"),
        (JUNIOR, date(2031, 1, 1), "九年级3班"),
        (SENIOR, date(2021, 8, 1), "高三年级3班"),
        (JUNIOR, date(2018, 7, 31), "七年级3班"),
        (JUNIOR, date(2010, 1, 1), "七年级3班"),
        (SENIOR, date(2018, 1, 1), "高一年级3班"),
    ],
)
async def test_a_name_follows_from_the_day(
    records: Records, stage: str, day: date, called: str
) -> None:
    row = SchoolClass(stage=stage, entry_year=2018, number=3)
    assert str(class_name(row, day)) == called


async def test_one_class_is_found_by_each_of_its_names(records: Records) -> None:
    mine = await add_class(7, 3, date(2018, 9, 3))
    assert await add_class(8, 3, date(2019, 9, 3)) == mine
    assert await add_class(7, 3, date(2019, 9, 3)) != mine
    for grade, day in [(7, date(2018, 9, 3)), (8, date(2020, 7, 31)), (9, date(2020, 8, 1))]:
        found = await class_named(grade, 3, day)
        assert found is not None
        assert found.id == mine
    assert await class_named(8, 3, date(2018, 9, 3)) is None
    assert [one.id for one in await classes_of_grade(8, date(2019, 9, 3))] == [mine]


async def test_who_has_left_is_not_at_the_school(records: Records) -> None:
    for grade in range(7, 13):
        await add_class(grade, 1, date(2018, 9, 3))
    names = [str(one.name) for one in await classes_today(date(2018, 9, 3))]
    assert names == [
        "七年级1班",
        "八年级1班",
        "九年级1班",
        "高一年级1班",
        "高二年级1班",
        "高三年级1班",
    ]
    a_year_on = [str(one.name) for one in await classes_today(date(2019, 9, 3))]
    assert a_year_on == ["八年级1班", "九年级1班", "高二年级1班", "高三年级1班"]
    assert await classes_today(date(2022, 9, 3)) == ()
