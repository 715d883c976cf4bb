"""/coverage: how many families have been seen, against the minimum, and where the pace leads."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Command, Field
from commands.turn import Told, Turn
from commands.units import Meant, the_unit
from domain.notices.looking import CoverageShown
from domain.notices.values import Covered
from domain.queries.coverage import coverage_of_class, coverage_of_grade, coverage_of_school

COMMAND = Command("coverage", (Action("show", (Field("unit", "unit"),)),))


async def answer(turn: Turn) -> Sequence[Told]:
    """Show the coverage of the unit that was said, or of the asker's own."""
    meant = await the_unit(turn, "room", "own")
    whole, parts = await _covered(turn, meant)
    other = meant.unit is not None and meant.unit.kind not in ("school", "grade")
    notice = CoverageShown(
        whole=whole,
        parts=parts,
        day=turn.today,
        asked=meant.ref if other else None,
        understood=turn.understood(),
    )
    return [Told(notice)]


async def _covered(turn: Turn, meant: Meant) -> tuple[Covered, tuple[Covered, ...]]:
    if meant.school_class is not None:
        return await coverage_of_class(meant.school_class, turn.today), ()
    if meant.unit is not None and meant.unit.grade is not None:
        return await coverage_of_grade(meant.unit, turn.today)
    # A department has no families of its own: the school's picture is what it can act on.
    return await coverage_of_school(turn.today)
