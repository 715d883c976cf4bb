"""Reads past visits: who went to whom on which day, and what was learnt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from chat.words import languages, words
from commands.parsing.classes import ClassSaid
from commands.parsing.dates import parse_day
from commands.parsing.people import split_people
from commands.table import lexicon
from commands.visit import ANSWERS, COMMAND
from domain.actions.visits import Learnt
from domain.rules.plan import Plan
from service.lists.cells import class_of_row, seat_of_row
from service.lists.faults import ListFault, refusing
from service.lists.people import AccountSaid, account_said
from service.lists.tables import Column, Row, read_table

_REQUIRED = ("day", "visitor")
_EARLIEST = date(2000, 1, 1)
# A spreadsheet may add the time at which the day begins.
_TIME = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?$")
_NAME_AND_ACCOUNT = re.compile(r"(?P<name>.+?)\s*[(（](?P<account>[^()（）]+)[)）]")


@dataclass(frozen=True)
class PersonSaid:
    """Somebody by name; an account tells two of one name apart: 李梅(dingtalk:manager01)."""

    name: str
    account: AccountSaid | None = None


@dataclass(frozen=True)
class ChildSaid:
    """A child by class with number, name, or both."""

    row: Row
    school_class: ClassSaid
    seat: int | None
    name: str


@dataclass(frozen=True)
class VisitRead:
    """A visit as its row has it; a child's, or a talk with a teacher."""

    row: Row
    day: date
    by: PersonSaid
    companions: tuple[PersonSaid, ...]
    kind: str
    method: str
    result: str
    child: ChildSaid | None
    teacher: PersonSaid | None
    learnt: Learnt


def read_visits(
    file: Path, plan: Plan, today: date, refused: list[ListFault] | None = None
) -> list[VisitRead]:
    """The visits in the list's order; a row that can't be used is refused (None: raised)."""
    visits: list[VisitRead] = []
    for row in read_table(file, columns(), refused):
        with refusing(refused):
            visits.append(_visit(row, plan, today))
    return visits


@cache
def columns() -> tuple[Column, ...]:
    """The labels of /visit are the headings too; who went, and the seat number, come on top."""
    fields = dict.fromkeys(
        one.name for name in ("record", "teacher") for one in COMMAND.action(name).fields
    )
    spoken = [words(language) for language in languages()]
    said = tuple(
        Column(
            name,
            tuple(label for one in spoken for label in one.names(f"field.{name}.labels")),
            required=name in _REQUIRED,
            # Each thing that a family asks for has a column of its own.
            repeated=name == "words",
        )
        for name in fields
    )
    return (
        Column("visitor", ("走访人", "记录人", "visitor"), required=True),
        Column("number", ("学号", "number")),
        *said,
    )


def _visit(row: Row, plan: Plan, today: date) -> VisitRead:
    kind = _choice(row, "kind", "home")
    with_teacher = kind == "teacher"
    return VisitRead(
        row=row,
        day=_day(row, today),
        by=_visitor(row),
        companions=tuple(map(_person, split_people(row.text("companions")))),
        kind=kind,
        method=_choice(row, "method", "home" if kind == "home" else "school"),
        result=_choice(row, "result", "visited"),
        child=None if with_teacher else _child(row, plan),
        teacher=_teacher(row) if with_teacher else None,
        learnt=_learnt(row),
    )


def _day(row: Row, today: date) -> date:
    said = _TIME.sub("", row.text("day"))
    day = parse_day(said, today) if said else None
    # A list is read again next year: what would mean another day then is no date.
    if day is None or day != parse_day(said, today.replace(year=today.year + 3, day=1)):
        raise row.fault(
            f"日期“{said}”看不懂，请连年份写成 2018-09-03",
            f"the date “{said}” isn't understood; write it with its year, as in 2018-09-03",
        )
    if day < _EARLIEST:
        raise row.fault(f"日期 {day} 太早，请改正年份", f"{day} is too early; correct the year")
    return day


def _visitor(row: Row) -> PersonSaid:
    if not row.text("visitor"):
        raise row.fault("缺走访人", "the visitor is missing")
    return _person(row.text("visitor"))


def _teacher(row: Row) -> PersonSaid:
    if not row.text("teacher"):
        raise row.fault("缺教师，请写走访了哪位老师", "the teacher who was talked with is missing")
    return _person(row.text("teacher"))


def _person(said: str) -> PersonSaid:
    found = _NAME_AND_ACCOUNT.fullmatch(said)
    account = found and account_said(found["account"].strip())
    return PersonSaid(found["name"], account) if found and account else PersonSaid(said)


def _choice(row: Row, field: str, usual: str) -> str:
    said = row.text(field)
    choice = lexicon().choice(field, said) if said else usual
    if choice is None:
        hint = [words(language).text(f"field.{field}.hint") for language in ("zh-CN", "en")]
        raise row.fault(f"看不懂“{said}”，请写{hint[0]}", f"“{said}” isn't understood: {hint[1]}")
    return choice


def _child(row: Row, plan: Plan) -> ChildSaid:
    school_class = class_of_row(row, row.text("class_"), plan)
    child = ChildSaid(row, school_class, seat_of_row(row), row.text("student"))
    if child.seat is None and not child.name:
        raise row.fault("缺学号或姓名", "the number or the name of the child is missing")
    return child


def _learnt(row: Row) -> Learnt:
    asked = row.texts("words")
    return Learnt(
        text=row.words("text"),
        words=tuple(one for one in asked if one.strip() not in lexicon().nothing),
        answered=row.words("answered"),
        talk=row.words("talk"),
        answers={name: said for name in ANSWERS if (said := row.words(name)) is not None},
    )


# --- whom the rows mean -------------------------------------------------------------------

Person = TypeVar("Person")
Child = TypeVar("Child")


@dataclass(frozen=True)
class Known(Generic[Person, Child]):
    """Who is known by what the rows say: people, and children on the day of a visit."""

    people: Callable[[PersonSaid], Sequence[Person]]
    children: Callable[[ChildSaid, date], Sequence[Child]]


@dataclass(frozen=True)
class Meant(Generic[Person, Child]):
    """Whom a row means."""

    by: Person
    companions: tuple[Person, ...]
    teacher: Person | None
    child: Child | None


def whom(visit: VisitRead, known: Known[Person, Child]) -> Meant[Person, Child]:
    """Whom the row means; ListFault where that is nobody, or several."""

    def person(said: PersonSaid) -> Person:
        return _the_person(visit.row, said, known.people(said))

    return Meant(
        by=person(visit.by),
        companions=tuple(map(person, visit.companions)),
        teacher=person(visit.teacher) if visit.teacher else None,
        child=_the_child(visit, visit.child, known) if visit.child else None,
    )


def _the_person(row: Row, said: PersonSaid, found: Sequence[Person]) -> Person:
    if not found:
        raise row.fault(
            f"名册里没有“{said.name}”，请先写进名册",
            f"“{said.name}” isn't on the roster; write the name into it first",
        )
    if len(found) > 1:
        raise row.fault(
            f"名册里有 {len(found)} 位“{said.name}”，"
            f"请在姓名后写上账号，如 {said.name}(dingtalk:manager01)",
            f"{len(found)} people on the roster are called “{said.name}”; write the account "
            f"after the name, as in {said.name}(dingtalk:manager01)",
        )
    return found[0]


def _the_child(visit: VisitRead, said: ChildSaid, known: Known[Person, Child]) -> Child:
    found = known.children(said, visit.day)
    if len(found) != 1:
        # By class and number at most: a name of a child isn't for a terminal.
        place = visit.row.text("class_")
        number = f" {said.seat}号" if said.seat else "这个姓名的孩子"
        number_en = f" number {said.seat}" if said.seat else ": a child of that name"
        if not found:
            raise visit.row.fault(
                f"名单里没有{place}{number}，请核对班级、学号和姓名",
                f"the list has no child for {place}{number_en}; check class, number and name",
            )
        raise visit.row.fault(
            f"{place}{number}在名单里有 {len(found)} 个，请核对班级、学号和姓名",
            f"{place}{number_en} fits {len(found)} children of the list; "
            "check class, number and name",
        )
    return found[0]
