"""Reads the families: which children belong together, and in which class each one sits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commands.parsing.classes import ClassSaid
from commands.parsing.plain import plain
from commands.table import lexicon
from domain.rules.plan import Plan
from domain.sealing import normalised
from service.demo.cells import class_of_row, seat_of_row
from service.demo.faults import refusing
from service.demo.tables import Column, Row, read_table

_COLUMNS = (
    Column("class", ("班级", "class"), required=True),
    Column("number", ("学号", "number")),
    Column("student", ("姓名", "学生", "student"), required=True),
    Column("family", ("家庭", "family")),
    Column("special", ("特殊", "special")),
    Column("reason", ("原因", "reason")),
    Column("wishes", ("意愿", "wishes")),
)

# A child by class and number, or class and name: the place of the family, and among its children.
Places = dict[tuple[ClassSaid, int | str], list[tuple[int, int]]]


@dataclass(frozen=True)
class ChildRead:
    """A child of the list."""

    school_class: ClassSaid
    seat: int | None
    name: str


@dataclass
class FamilyRead:
    """A family of the list; what is said of it in the row of any child holds for all."""

    children: list[ChildRead] = field(default_factory=list)
    special: bool = False
    reason: str | None = None
    wishes: str | None = None


def read_families(file: Path, plan: Plan, *, strict: bool = True) -> list[FamilyRead]:
    """The families in the list's order; SchoolFault at the first row that can't be used.

    Unless `strict`, such a row is passed over.
    """
    families: list[FamilyRead] = []
    named: dict[str, FamilyRead] = {}
    taken: dict[tuple[ClassSaid, int], int] = {}
    for row in read_table(file, _COLUMNS):
        with refusing(strict):
            child = _child(row, plan, taken)
            name = row.text("family")
            family = named.get(name)
            if family is None:
                family = FamilyRead()
                families.append(family)
            if name:
                named[name] = family
            family.children.append(child)
            family.special = family.special or _special(row)
            family.reason = family.reason or row.text("reason") or None
            family.wishes = family.wishes or row.text("wishes") or None
    return families


def _child(row: Row, plan: Plan, taken: dict[tuple[ClassSaid, int], int]) -> ChildRead:
    school_class = class_of_row(row, row.text("class"), plan)
    name = row.text("student")
    if not name:
        raise row.fault("缺姓名", "the name is missing")
    seat = seat_of_row(row)
    if seat is not None and (line := taken.setdefault((school_class, seat), row.line)) != row.line:
        raise row.fault(
            f"{row.text('class')}的 {seat} 号在第 {line} 行已有人，请改学号",
            f"number {seat} of {row.text('class')} is taken in line {line}; change the number",
        )
    return ChildRead(school_class, seat, name)


def _special(row: Row) -> bool:
    said = plain(row.text("special"))
    if said in {"1", "true", "特殊"} | lexicon().yes:
        return True
    if not said or said in {"0", "false"} | lexicon().no | lexicon().nothing:
        return False
    raise row.fault("特殊一栏请写 是，或空着", "in the column special write yes, or nothing")


def places_of(families: Sequence[FamilyRead]) -> Places:
    """Where in the families each child stands, by class with number and by class with name."""
    places: Places = {}
    for place, family in enumerate(families):
        for number, child in enumerate(family.children):
            for key in (child.seat, normalised(child.name)):
                if key is not None:
                    places.setdefault((child.school_class, key), []).append((place, number))
    return places
