"""Which classes there are today, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.house import house
from domain.models import SchoolClass
from domain.notices.views import ClassName
from domain.rules.classes import class_of_grade, grade_on


@dataclass(frozen=True)
class ClassFound:
    """A class by id, with its name of today."""

    id: int
    name: ClassName


def class_name(row: SchoolClass, day: date) -> ClassName:
    """What the class is called on `day`; after it left, what it was called last."""
    first_day = house().plan.school_year_first_day
    grade = grade_on(row.stage, row.entry_year, day, first_day)
    if grade is None:
        last = {"junior": 9, "senior": 12}[row.stage]
        grade = last if day.year > row.entry_year else last - 2
    return ClassName(grade, house().plan.grade(grade).name, row.number)


async def classes_of_grade(grade: int, day: date) -> tuple[ClassFound, ...]:
    """The classes of a grade (7 to 12) on `day`, by number."""
    stage, year = class_of_grade(grade, day, house().plan.school_year_first_day)
    rows = await SchoolClass.filter(stage=stage, entry_year=year).order_by("number")
    return tuple(ClassFound(row.id, class_name(row, day)) for row in rows)


async def classes_today(day: date) -> tuple[ClassFound, ...]:
    """All classes that are at the school on `day`, by grade and number."""
    first_day = house().plan.school_year_first_day
    rows = await SchoolClass.all().order_by("stage", "-entry_year", "number")
    here = [row for row in rows if grade_on(row.stage, row.entry_year, day, first_day)]
    return tuple(ClassFound(row.id, class_name(row, day)) for row in here)


async def class_named(grade: int, number: int, day: date) -> ClassFound | None:
    """The class of that grade and number on `day`, if there is one."""
    stage, year = class_of_grade(grade, day, house().plan.school_year_first_day)
    row = await SchoolClass.get_or_none(stage=stage, entry_year=year, number=number)
    return ClassFound(row.id, class_name(row, day)) if row else None


async def class_of(school_class: int, day: date) -> ClassFound:
    """The class of that id."""
    return ClassFound(school_class, class_name(await SchoolClass.get(id=school_class), day))


async def all_classes() -> dict[tuple[str, int, int], int]:
    """Every class there ever was, by stage, entry year and number: its id."""
    return {(row.stage, row.entry_year, row.number): row.id for row in await SchoolClass.all()}
