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
from service.lists.cells import class_of_row, name_of_row, seat_of_row
from service.lists.faults import ListFault, refusing
from service.lists.tables import Column, Row, read_table

COLUMNS = (
    Column("class", ("班级", "class"), required=True),
    Column("number", ("学号", "number")),
    Column("student", ("姓名", "学生", "student"), required=True),
    Column("family", ("家庭", "family")),
    Column("special", ("特殊", "special")),
    Column("reason", ("原因", "reason")),
    Column("wishes", ("意愿", "wishes")),
)
# No name is longer; what is, is something else in the wrong column.
_LONGEST = 128

# A child by class and number, or class and name: the place of the family, and among its children.
Places = dict[tuple[ClassSaid, int | str], list[tuple[int, int]]]


@dataclass(frozen=True)
class ChildRead:
    """A child of the list."""

    row: Row
    school_class: ClassSaid
    seat: int | None
    name: str


@dataclass
class FamilyRead:
    """A family of the list; what is said of it in the row of any child holds for all.

    `special` is None where no row says whether it is.
    """

    children: list[ChildRead] = field(default_factory=list)
    special: bool | None = None
    reason: str | None = None
    wishes: str | None = None


@dataclass
class _Taken:
    """Who stands in the list already, to tell a slip from two children of one name."""

    seats: dict[tuple[ClassSaid, int], int] = field(default_factory=dict)
    names: dict[tuple[ClassSaid, str], tuple[int, bool]] = field(default_factory=dict)


def read_families(
    file: Path, plan: Plan, refused: list[ListFault] | None = None
) -> list[FamilyRead]:
    """The families in the list's order; a row that can't be used is refused (None: raised)."""
    families: list[FamilyRead] = []
    named: dict[str, FamilyRead] = {}
    taken = _Taken()
    for row in read_table(file, COLUMNS, refused):
        with refusing(refused):
            special = _special(row)
            child = _child(row, plan, taken)
            name = row.text("family")
            family = named.get(name)
            if family is None:
                family = FamilyRead()
                families.append(family)
            if name:
                named[name] = family
            family.children.append(child)
            family.special = family.special or (family.special if special is None else special)
            family.reason = family.reason or row.words("reason")
            family.wishes = family.wishes or row.words("wishes")
    return families


def _child(row: Row, plan: Plan, taken: _Taken) -> ChildRead:
    school_class = class_of_row(row, row.text("class"), plan)
    if not row.text("student"):
        raise row.fault("缺姓名", "the name is missing")
    name = name_of_row(row, "student", _LONGEST)
    if not normalised(name):
        raise row.fault("姓名里没有字", "there is no letter in the name")
    child = ChildRead(row, school_class, seat_of_row(row), name)
    _check_seat(child, taken)
    _check_name(child, taken)
    if child.seat is not None:
        taken.seats[school_class, child.seat] = row.line
    taken.names[school_class, normalised(child.name)] = (row.line, child.seat is not None)
    return child


def _check_seat(child: ChildRead, taken: _Taken) -> None:
    row, seat = child.row, child.seat
    line = taken.seats.get((child.school_class, seat)) if seat is not None else None
    if line is not None:
        raise row.fault(
            f"{row.text('class')}的 {seat} 号在第 {line} 行已有人，请改学号",
            f"number {seat} of {row.text('class')} is taken in line {line}; change the number",
        )


def _check_name(child: ChildRead, taken: _Taken) -> None:
    """Two children of one name in a class are told apart by their numbers alone."""
    row = child.row
    line, has_seat = taken.names.get((child.school_class, normalised(child.name)), (0, True))
    if line and not (has_seat and child.seat is not None):
        raise row.fault(
            f"{row.text('class')}在第 {line} 行有同名的孩子，请都写学号；是同一个人就删掉一行",
            f"line {line} has a child of the same name in {row.text('class')}; "
            "write both numbers, or delete a row if they are one child",
        )


def _special(row: Row) -> bool | None:
    said = plain(row.text("special"))
    if not said:
        return None
    if said in {"1", "true", "特殊"} | lexicon().yes:
        return True
    if said in {"0", "false"} | lexicon().no | lexicon().nothing:
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
