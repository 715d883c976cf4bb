"""Reads the visits of the first weeks: who went to whom on which day, and what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from chat.words import languages, words
from commands.parsing.dates import parse_day
from commands.parsing.people import split_people
from commands.table import lexicon
from commands.visit import ANSWERS, COMMAND
from domain.actions.visits import Learnt
from domain.rules.plan import Plan
from domain.sealing import normalised
from service.demo.cells import class_of_row, seat_of_row
from service.demo.families import Places
from service.demo.faults import refusing
from service.demo.tables import Column, Row, read_table

_REQUIRED = ("day", "visitor")


@dataclass(frozen=True)
class VisitRead:
    """A visit of the list; people by name, a child by its place among the families."""

    day: date
    by: str
    companions: tuple[str, ...]
    kind: str
    method: str
    result: str
    child: tuple[int, int] | None
    teacher: str | None
    learnt: Learnt


@dataclass(frozen=True)
class Known:
    """What the rows may speak of: the school's children, the names of its people, its date."""

    plan: Plan
    children: Places
    names: Sequence[str]
    today: date


def read_visits(file: Path, known: Known, *, strict: bool = True) -> list[VisitRead]:
    """The visits by day; SchoolFault at the first row that can't be used.

    Unless `strict`, such a row is passed over. What lies after the school's date hasn't
    happened yet and is left out.
    """
    visits: list[VisitRead] = []
    for row in read_table(file, _columns()):
        with refusing(strict):
            visits.append(_visit(row, known))
    past = [visit for visit in visits if visit.day <= known.today]
    return sorted(past, key=lambda visit: visit.day)


@cache
def _columns() -> tuple[Column, ...]:
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
        )
        for name in fields
    )
    return (
        Column("visitor", ("走访人", "记录人", "visitor"), required=True),
        Column("number", ("学号", "number")),
        *said,
    )


def _visit(row: Row, known: Known) -> VisitRead:
    kind = _choice(row, "kind", "home")
    teacher = _person(row, row.text("teacher"), known) if kind == "teacher" else None
    return VisitRead(
        day=_day(row, known),
        by=_person(row, row.text("visitor"), known),
        companions=tuple(
            _person(row, name, known) for name in split_people(row.text("companions"))
        ),
        kind=kind,
        method=_choice(row, "method", "home" if kind == "home" else "school"),
        result=_choice(row, "result", "visited"),
        child=None if teacher else _child(row, known),
        teacher=teacher,
        learnt=_learnt(row),
    )


def _day(row: Row, known: Known) -> date:
    said = row.text("day")
    day = parse_day(said, known.today) if said else None
    if day is None:
        raise row.fault(
            f"日期“{said}”看不懂，请写成 2018-09-03",
            f"the date “{said}” isn't understood; write it as 2018-09-03",
        )
    return day


def _person(row: Row, name: str, known: Known) -> str:
    times = known.names.count(name)
    if times == 0:
        raise row.fault(
            f"名册里没有“{name}”，请先写进 roster.csv",
            f"“{name}” isn't on the roster; write the name into roster.csv first",
        )
    if times > 1:
        raise row.fault(
            f"名册里有 {times} 位“{name}”，分不清是谁，请把这一行删掉",
            f"{times} people on the roster are called “{name}”; delete this row",
        )
    return name


def _choice(row: Row, field: str, usual: str) -> str:
    said = row.text(field)
    choice = lexicon().choice(field, said) if said else usual
    if choice is None:
        hint = [words(language).text(f"field.{field}.hint") for language in ("zh-CN", "en")]
        raise row.fault(f"看不懂“{said}”，请写{hint[0]}", f"“{said}” isn't understood: {hint[1]}")
    return choice


def _child(row: Row, known: Known) -> tuple[int, int]:
    school_class = class_of_row(row, row.text("class_"), known.plan)
    seat, name = seat_of_row(row), row.text("student")
    found = known.children.get((school_class, seat or normalised(name)), [])
    if len(found) != 1:
        who = f"{row.text('class_')} {f'{seat}号' if seat else name}"
        raise row.fault(
            f"{who} 在 families.csv 里有 {len(found)} 个，请写班级和学号",
            f"{who} fits {len(found)} children of families.csv; write class and number",
        )
    return found[0]


def _learnt(row: Row) -> Learnt:
    def said(column: str) -> str | None:
        return row.text(column) or None

    words_said = row.text("words")
    return Learnt(
        text=said("text"),
        words=() if words_said in lexicon().nothing else tuple(filter(None, [said("words")])),
        answered=said("answered"),
        talk=said("talk"),
        answers={name: row.text(name) for name in ANSWERS if row.text(name)},
    )
