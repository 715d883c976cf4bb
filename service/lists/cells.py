"""Reads the two cells that several lists have: a class, and a child's number in it."""

from __future__ import annotations

from datetime import date

from commands.parsing.classes import ClassSaid, parse_class, parse_seat
from commands.parsing.dates import parse_day
from domain.rules.plan import Plan
from service.lists.tables import Row

# No grade of a school has more: what is higher was mistyped, and would make a class of its own.
MOST_CLASSES = 40
# What a spreadsheet would run instead of showing it.
_FORMULA = ("=", "+", "-", "@")
# Any day does: only whether a class became a date is asked.
_SOME_DAY = date(2018, 9, 3)


def class_of_row(row: Row, said: str, plan: Plan) -> ClassSaid:
    """The class that a cell names, in a grade that the plan has."""
    if not said:
        raise row.fault(
            "缺班级，请写年级和班，如 七(3)班", "the class is missing; write it as in 7-3"
        )
    read = parse_class(said)
    if read is not None and read.number and read.number > MOST_CLASSES:
        raise row.fault(
            f"“{said}”的班号太大，一个年级不会有 {read.number} 个班，请核对",
            f"no grade has {read.number} classes (“{said}”); check the class's number",
        )
    if read is not None and read.number and read.grade in {one.grade for one in plan.grades}:
        return read
    if parse_day(said, _SOME_DAY):
        raise row.fault(
            f"“{said}”被表格软件当成了日期，请改写成 七(3)班 这样",
            f"a spreadsheet made the date “{said}” of it; write the class as in Grade 7 Class 3",
        )
    raise row.fault(
        f"不认识“{said}”，请写年级和班，如 七(3)班；部门写方案里的名字，如 总务处",
        f"“{said}” isn't known; write grade and class, as in 7-3, or a department of the plan",
    )


def seat_of_row(row: Row) -> int | None:
    """The child's number in the class, if the row has one."""
    said = row.text("number")
    seat = parse_seat(said) if said else None
    if said and not (seat and seat < 1000):
        raise row.fault(
            f"学号“{said}”请写 1 到 999 的数", f"the number “{said}” is one from 1 to 999"
        )
    return seat


def name_of_row(row: Row, column: str, longest: int) -> str:
    """A name; what can't be seen has no place in one."""
    name = row.text(column)
    if name.startswith(_FORMULA):
        raise row.fault(
            f"姓名不能以 {name[0]} 开头，像是表格里的公式",
            f"a name doesn't begin with {name[0]}: it looks like a formula",
        )
    if not 0 < len(name) <= longest or not name.isprintable():
        raise row.fault(
            f"姓名请写 1 到 {longest} 个字，中间不要换行",
            f"the name has 1 to {longest} characters, on one line",
        )
    return name
