"""Which unit a command is about: the one that was said, the group's, or the asker's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process

from commands.parsing.classes import parse_class
from commands.turn import Question, Turn
from domain.notices.asking import ChoiceAsked, DidYouMean
from domain.notices.refusals import ClassImpossible
from domain.notices.values import FieldSaid, Option, UnitRef
from domain.queries.classes import ClassFound, class_named, class_of, classes_of_grade
from domain.queries.units import UnitFound, all_units, units_called

_NEAR = 50


@dataclass(frozen=True)
class Meant:
    """A unit, or a class; neither is the whole school."""

    unit: UnitFound | None = None
    school_class: ClassFound | None = None

    @property
    def ref(self) -> UnitRef:
        """The same by its id."""
        return UnitRef(
            unit=self.unit.id if self.unit else None,
            school_class=self.school_class.id if self.school_class else None,
        )


async def the_unit(turn: Turn, *without: Literal["room", "own"]) -> Meant:
    """The unit that was said; `without` one the group's or the asker's, in that order.

    Else the whole school.
    """
    picked = turn.pick("unit")
    if isinstance(picked, int):
        return _unit(turn, next(one for one in await all_units() if one.id == picked))
    said = turn.last("unit")
    if said is not None:
        return await _said(turn, said)
    for place in without:
        meant = await (_own(turn) if place == "own" else _room(turn))
        if meant != Meant():
            return meant
    return Meant()


async def _room(turn: Turn) -> Meant:
    """The unit whose group it is."""
    found = [one for one in await all_units() if one.id == turn.room_unit]
    return _unit(turn, found[0]) if found else Meant()


async def _said(turn: Turn, said: str) -> Meant:
    read = parse_class(said)
    if read is not None and read.number is not None:
        return await _class(turn, read.grade, read.number)
    units = await all_units()
    found = [one for one in units if read is not None and one.grade == read.grade]
    found = found or list(await units_called(said))
    if len(found) == 1:
        return _unit(turn, found[0])
    raise _which(turn, said, found, units)


async def _class(turn: Turn, grade: int, number: int) -> Meant:
    found = await class_named(grade, number, turn.today)
    if found is None:
        numbers = tuple(one.name.number for one in await classes_of_grade(grade, turn.today))
        notice = ClassImpossible(
            grade=grade, number=number, classes=numbers, understood=turn.understood()
        )
        raise Question(notice, "unit")
    turn.settle(FieldSaid("unit", "class", found.id))
    return Meant(school_class=found)


def _unit(turn: Turn, found: UnitFound) -> Meant:
    turn.settle(FieldSaid("unit", "unit", found.id))
    return Meant(unit=found)


def _which(turn: Turn, said: str, found: list[UnitFound], units: tuple[UnitFound, ...]) -> Question:
    typed = turn.echo.keep(said)
    understood = turn.understood()
    if found:
        options = tuple(Option("unit", one.id) for one in found[:9])
        choice = ChoiceAsked(field="unit", options=options, typed=typed, understood=understood)
        return Question(choice, "unit", options)
    names = {f"{one.id}:{name}": name for one in units for name in (one.name, *one.aliases)}
    best = process.extract(said, names, limit=5, score_cutoff=_NEAR)
    ids = dict.fromkeys(int(str(key).partition(":")[0]) for _name, _score, key in best)
    options = tuple(Option("unit", one) for one in list(ids)[:3])
    suggestion = DidYouMean(
        what="unit", typed=typed, options=options, field="unit", understood=understood
    )
    return Question(suggestion, "unit", options)


async def _own(turn: Turn) -> Meant:
    """A class teacher's class, else the grade of one's seat, else the whole school."""
    if len(turn.asker.classes) == 1:
        found = await class_of(turn.asker.classes[0], turn.today)
        turn.settle(FieldSaid("unit", "class", found.id))
        return Meant(school_class=found)
    seats = turn.asker.standing.seats
    if not any(seat.root for seat in seats):
        grades = {seat.unit for seat in seats if seat.unit is not None and seat.grade is not None}
        if len(grades) == 1:
            return _unit(turn, next(one for one in await all_units() if one.id in grades))
    return Meant()


async def department_called(said: str) -> int | None:
    """The one department of that name, in full, by an alias or by a part of it; else None."""
    found = [one for one in await units_called(said) if one.kind == "department"]
    return found[0].id if len(found) == 1 else None
