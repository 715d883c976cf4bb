"""What a class is called on a given day: it moves up a grade with every school year."""

from __future__ import annotations

from datetime import date

JUNIOR, SENIOR = "junior", "senior"
# The grade in which each stage begins; each lasts three years.
_FIRST_GRADE = {JUNIOR: 7, SENIOR: 10}
_YEARS = 3


def school_year(day: date, first_day: tuple[int, int]) -> int:
    """The year in which the school year of `day` began; `first_day` is (month, day)."""
    return day.year if (day.month, day.day) >= first_day else day.year - 1


def grade_on(stage: str, entry_year: int, day: date, first_day: tuple[int, int]) -> int | None:
    """The grade (7 to 12) of a class on `day`; None before it entered or after it left.

    >>> grade_on("junior", 2018, date(2018, 9, 3), (8, 1))
    7
    >>> grade_on("junior", 2018, date(2019, 8, 1), (8, 1))
    8
    """
    years = school_year(day, first_day) - entry_year
    return _FIRST_GRADE[stage] + years if 0 <= years < _YEARS else None


def class_of_grade(grade: int, day: date, first_day: tuple[int, int]) -> tuple[str, int]:
    """Stage and entry year of the classes that are in `grade` (7 to 12) on `day`."""
    stage = JUNIOR if grade < _FIRST_GRADE[SENIOR] else SENIOR
    return stage, school_year(day, first_day) - (grade - _FIRST_GRADE[stage])
