"""Makes problems of what is asked for at a visit, or of danger that is read in a note of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actions.problems import ProblemMade, list_problem
from domain.actions.sealing import RowKey
from domain.actions.visit_parts import write_noted, write_voices
from domain.house import house
from domain.models import SchoolClass, Unit, Visit
from domain.records import today
from domain.rules.classes import grade_on
from domain.rules.dues import starts
from domain.rules.first_look import Request

TEACHER = "teacher"


@dataclass(frozen=True)
class TakenIn:
    """What a visit's words became: the family's voices, the problems, in the order said.

    `unit` is where they arose, None for the whole school; `late_by` how many days too late they
    were recorded, 0 when in time.
    """

    voices: tuple[int, ...] = ()
    problems: tuple[int, ...] = ()
    unit: int | None = None
    late_by: int = 0


async def take_in(
    visit: Visit,
    requests: Sequence[Request],
    by: int,
    key: RowKey,
    answered: str | None = None,
) -> TakenIn:
    """Each request becomes a problem, its words voices; `answered` there and then ends them.

    What a teacher asks for is the whole school's affair, a family's its grade's.
    """
    if not requests:
        return TakenIn()
    day = await today()
    unit = None if visit.kind == TEACHER else await grade_unit(visit.school_class_id)
    voices: list[int] = []
    problems: list[int] = []
    for request in requests:
        asked = await write_voices(visit, request.words, by, key)
        noted = await write_noted(visit, request.noted, by, key)
        made = ProblemMade(
            by=by,
            heard_on=visit.day,
            source="visit",
            speaker="teacher" if visit.kind == TEACHER else "parent",
            unit=unit,
            school_class=visit.school_class_id,
            answered=answered,
            look=request.look,
        )
        problems.append((await list_problem(made, *asked, *noted)).id)
        voices += asked
    late = starts(visit.day, day, house().plan.clock).late_by
    return TakenIn(tuple(voices), tuple(problems), unit, late)


async def grade_unit(school_class: int | None) -> int | None:
    """The unit of the grade in which a class is today; None when it is in none any more."""
    row = await SchoolClass.get_or_none(id=school_class) if school_class is not None else None
    if row is None:
        return None
    first_day = house().plan.school_year_first_day
    grade = grade_on(row.stage, row.entry_year, await today(), first_day)
    unit = await Unit.get_or_none(grade=grade) if grade is not None else None
    return unit.id if unit else None
