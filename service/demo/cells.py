"""Reads the two cells that several lists have: a class, and a child's number in it."""

from __future__ import annotations

from commands.parsing.classes import ClassSaid, parse_class, parse_seat
from domain.rules.plan import Plan
from service.demo.tables import Row


def class_of_row(row: Row, said: str, plan: Plan) -> ClassSaid:
    """The class that a cell names, in a grade that the plan has."""
    read = parse_class(said)
    if read is None or read.number is None or read.grade not in {g.grade for g in plan.grades}:
        raise row.fault(
            f"不认识“{said}”，请写年级和班，如 七(3)班；部门写方案里的名字，如 总务处",
            f"“{said}” isn't known; write grade and class, as in 7-3, or a department of the plan",
        )
    return read


def seat_of_row(row: Row) -> int | None:
    """The child's number in the class, if the row has one."""
    said = row.text("number")
    seat = parse_seat(said) if said else None
    if said and not (seat and seat < 1000):
        raise row.fault(
            f"学号“{said}”请写 1 到 999 的数", f"the number “{said}” is one from 1 to 999"
        )
    return seat
