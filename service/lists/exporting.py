"""The records as lists, in the form in which they are taken in."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chat.words import words
from commands.visit import ANSWERS
from domain.notices.views import ClassName
from domain.queries.classes import classes_today
from domain.queries.family_list import (
    ChildKnown,
    children_known,
    families_known,
    names_of_children,
)
from domain.queries.people_list import PersonKnown, SeatKnown, people_known
from domain.queries.units import UnitFound, units_by_id
from domain.queries.visit_list import VisitListed, visits_listed
from domain.records import savepoint, today
from service.lists import families, people, visits
from service.lists.tables import Column
from service.lists.writing import Cells, write_list

log = logging.getLogger(__name__)

# The platform of the demo's console, where everybody may be anybody: no account of a school's.
_CONSOLE = "console"


async def export(kind: str, file: Path, language: str) -> int:
    """Write the list of that kind with headings in that language; how many rows it has."""
    async with savepoint():
        columns, rows = await _KINDS[kind](language, await today())
    headings = [column.heading(language) for column in columns]
    write_list(file, [headings, *rows])
    log.info("export of %s: rows=%d", kind, len(rows))
    return len(rows)


Listed = tuple[Sequence[Column], Sequence[Cells]]


def _class_text(name: ClassName, language: str) -> str:
    """As it is read again, and as no spreadsheet makes a date of it."""
    if language.startswith("zh"):
        return f"{name.grade_name}{name.number}班"
    return f"Grade {name.grade} Class {name.number}"


async def _classes_on(day: date) -> dict[int, ClassName]:
    """What the classes that were at the school on that day were called then."""
    return {one.id: one.name for one in await classes_today(day)}


# --- families -----------------------------------------------------------------------------


async def _families(language: str, day: date) -> Listed:
    """The children who are at the school today, each in a row, by class and number."""
    classes = await _classes_on(day)
    children = [child for child in await children_known() if child.school_class in classes]
    names = await names_of_children({child.id for child in children})
    known = await families_known({child.family for child in children})
    yes = words(language).names("reply.yes.words")[0] if language == "en" else "是"
    rows = []
    for child in children:
        name, family = classes[child.school_class], known[child.family]
        if child.id in names:
            cells = (names[child.id], yes if family.special else "", family.reason, family.wishes)
            order = (name.grade, name.number, child.seat or 1000, *(one or "" for one in cells))
            rows.append((order, child, cells))
    rows.sort(key=lambda row: row[0])
    labels = _labels([child for _, child, _ in rows])
    return families.COLUMNS, [
        (
            _class_text(classes[child.school_class], language),
            child.seat or "",
            cells[0],
            labels.get(child.family, ""),
            *(one or "" for one in cells[1:]),
        )
        for _, child, cells in rows
    ]


def _labels(children: Sequence[ChildKnown]) -> dict[int, str]:
    """Brothers and sisters share a number; a family with one child needs none."""
    times = Counter(child.family for child in children)
    several = dict.fromkeys(child.family for child in children if times[child.family] > 1)
    return {family: str(number) for number, family in enumerate(several, 1)}


# --- people -------------------------------------------------------------------------------


async def _people(language: str, day: date) -> Listed:
    """Everybody with an own seat in a row each; who has none in one row."""
    classes = await _classes_on(day)
    units = await units_by_id()
    rows = [
        (
            person.name,
            *_sits(seat, units, classes, language),
            " ".join(map(str, _accounts(person))),
            person.language or "",
        )
        for person in await people_known(day)
        for seat in _seats(person, classes)
    ]
    return people.COLUMNS, rows


def _seats(person: PersonKnown, classes: Mapping[int, ClassName]) -> Sequence[SeatKnown | None]:
    """Those that can be named today: a class that left the school has no name; else none."""
    named = [one for one in person.seats if one.unit is not None or one.school_class in classes]
    return named or [None]


def _accounts(person: PersonKnown) -> list[people.AccountSaid]:
    return [
        people.AccountSaid(one.platform, one.user)
        for one in person.accounts
        if one.platform != _CONSOLE
    ]


def _sits(
    seat: SeatKnown | None,
    units: Mapping[int, UnitFound],
    classes: Mapping[int, ClassName],
    language: str,
) -> tuple[str, str]:
    if seat is None:
        return "", ""
    if seat.school_class is not None:
        place = _class_text(classes[seat.school_class], language)
    else:
        place = units[seat.unit or 0].name
    return place, words(language).text(f"role.{seat.role}")


# --- visits -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Named:
    """How people and children are called in a list of visits."""

    people: Mapping[int, str]
    children: Mapping[int, ChildKnown]
    names: Mapping[int, str]
    classes: Mapping[date, Mapping[int, ClassName]]
    today: date
    language: str


async def _visits(language: str, day: date) -> Listed:
    """Every visit that counts, by day; each thing that was asked for has a column."""
    listed = await visits_listed()
    named = await _named(listed, language, day)
    asked = max([1, *(len(visit.said.get("words", [])) for visit in listed)])
    columns = [
        column
        for column in _in_order(visits.columns())
        for _ in range(asked if column.repeated else 1)
    ]
    rows = []
    for visit in listed:
        cells = _visit(visit, named)
        row: list[str | int] = []
        for column in dict.fromkeys(columns):
            said = cells.get(column.name, [""])
            row += [*said, *[""] * (asked - len(said))] if column.repeated else said
        rows.append(row)
    # By what stands there, not by our numbers: taken in elsewhere, it is the same list again.
    return columns, sorted(rows, key=lambda row: [row[0], *map(str, row)])


def _in_order(columns: Iterable[Column]) -> list[Column]:
    """The day, the child and who went first, as one reads it."""
    first = ("day", "class_", "number", "student", "visitor", "companions", "kind", "method")
    place = {name: number for number, name in enumerate([*first, "result", "teacher", "text"])}
    last = dict.fromkeys(("talk", "answered"), 100) | {"words": 101}
    return sorted(columns, key=lambda one: place.get(one.name, last.get(one.name, 50)))


async def _named(listed: Sequence[VisitListed], language: str, day: date) -> _Named:
    known = await people_known(day)
    times = Counter(person.name for person in known)
    students = {visit.student for visit in listed if visit.student is not None}
    return _Named(
        people={one.id: _person(one, times[one.name]) for one in known},
        children={child.id: child for child in await children_known()},
        names=await names_of_children(students),
        classes={one: await _classes_on(one) for one in {day, *(visit.day for visit in listed)}},
        today=day,
        language=language,
    )


def _person(person: PersonKnown, times: int) -> str:
    """Of two who share a name each has the account beside it."""
    accounts = _accounts(person)
    return f"{person.name}({accounts[0]})" if times > 1 and accounts else person.name


def _visit(visit: VisitListed, named: _Named) -> dict[str, list[str | int]]:
    spoken = words(named.language)
    choices = {
        name: spoken.names(f"choice.{name}.{value}.words")[0]
        for name, value in zip(_CHOICES, (visit.kind, visit.method, visit.result), strict=True)
    }
    said: dict[str, list[str | int]] = {
        name: ["\n".join(texts)] for name, texts in visit.said.items() if name in _TEXTS
    }
    return (
        said
        | {name: [word] for name, word in choices.items()}
        | (_child(visit, named) if visit.student is not None else {})
        | {
            "day": [visit.day.isoformat()],
            "visitor": [named.people[visit.by]],
            "companions": ["、".join(sorted(named.people[one] for one in visit.companions))],
            "teacher": [named.people[visit.teacher] if visit.teacher is not None else ""],
            "words": list(visit.said.get("words", [])),
        }
    )


def _child(visit: VisitListed, named: _Named) -> dict[str, list[str | int]]:
    """By the class in which the child is today, under the name that this class had on the day."""
    child = named.children[visit.student or 0]
    days = (visit.day, named.today)
    name = next(filter(None, (named.classes[day].get(child.school_class) for day in days)), None)
    return {
        "class_": [_class_text(name, named.language) if name else ""],
        "number": [child.seat or ""],
        "student": [named.names.get(child.id, "")],
    }


_CHOICES = ("kind", "method", "result")
_TEXTS = frozenset({"text", "talk", "answered", *ANSWERS})
_KINDS: Mapping[str, Callable[[str, date], Awaitable[Listed]]] = {
    "families": _families,
    "roster": _people,
    "visits": _visits,
}
KINDS = tuple(_KINDS)
