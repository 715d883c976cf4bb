"""The units of the school, and which one a word means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast
from weakref import WeakKeyDictionary

from domain.house import House, house
from domain.models import Unit
from domain.notices.views import UnitName

UnitKind = Literal["school", "department", "grade", "branch", "group", "class"]


@dataclass(frozen=True)
class UnitFound:
    """A unit by id with all the names it goes by."""

    id: int
    kind: UnitKind
    name: str
    grade: int | None
    aliases: tuple[str, ...]

    @property
    def seen(self) -> UnitName:
        """How it is shown."""
        named = house().plan.unit(self.name)
        return UnitName(self.kind, self.name, self.grade, name_en=named.name_en if named else "")


# They are laid down with the plan and never change: each run asks for them once.
_known: WeakKeyDictionary[House, tuple[UnitFound, ...]] = WeakKeyDictionary()


async def all_units() -> tuple[UnitFound, ...]:
    """Every unit, in the order the school lists them; none before the plan is laid down."""
    if (known := _known.get(house())) is not None:
        return known
    units = tuple(_found(row) for row in await Unit.all().order_by("place", "id"))
    if units:
        _known[house()] = units
    return units


def _found(row: Unit) -> UnitFound:
    kind = cast("UnitKind", row.kind)
    return UnitFound(row.id, kind, row.name, row.grade, tuple(row.aliases))


async def units_by_id() -> dict[int, UnitFound]:
    """The same by id."""
    return {unit.id: unit for unit in await all_units()}


async def root_unit() -> UnitFound:
    """The whole school."""
    return next(unit for unit in await all_units() if unit.kind == "school")


async def unit_of_grade(grade: int | None) -> UnitFound | None:
    """The unit of a grade; None when it is none of the school's."""
    units = await all_units() if grade is not None else ()
    return next((unit for unit in units if unit.grade == grade), None)


async def units_called(said: str) -> tuple[UnitFound, ...]:
    """The unit of that very name or alias; else those whose name contains what was said."""
    units = await all_units()
    wanted = said.strip().casefold()
    exact = [unit for unit in units if wanted in _names(unit)]
    if exact:
        return tuple(exact)
    # One sign says too little: 3 is in 初3 and in 高3.
    if len(wanted) < 2:
        return ()
    return tuple(unit for unit in units if any(wanted in name for name in _names(unit)))


def _names(unit: UnitFound) -> tuple[str, ...]:
    return tuple(name.casefold() for name in (unit.name, *unit.aliases))
