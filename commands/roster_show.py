"""/roster, as it is asked: who answers for a unit, for a class, for the whole school."""

from __future__ import annotations

from collections.abc import Sequence

from commands.declarations import Action, Field
from commands.roster_parts import ROLE
from commands.turn import Question, Told, Turn
from commands.units import Meant, the_unit
from domain.notices.looking import RosterShown
from domain.queries.classes import class_of
from domain.queries.people import holders_of, people_called, standing_of
from domain.queries.roster import (
    lines_on,
    people_of_unit,
    teachers_of_class,
    working_group,
)
from domain.queries.units import unit_of_grade, units_by_id

SHOW = Action("show", (Field("unit", "unit"), ROLE))


async def show(turn: Turn) -> Sequence[Told]:
    """Show who answers for a unit, the line of a person, or all lines."""
    role = turn.last("role")
    if turn.last("unit") is None and role is not None:
        # 办公室 alone is sought among the units; 七年级 联系领导 asks about 七年级.
        turn.filling.put("unit", role)
    if turn.last("unit") is None and turn.pick("unit") is None:
        return [Told(await _lines(turn))]
    try:
        meant = await the_unit(turn)
    except Question:
        notice = await _of_person(turn)
        if notice is None:
            raise
        return [Told(notice)]
    whole = meant.unit is not None and meant.unit.kind == "school"
    return [Told(await (_lines(turn) if whole else _of_unit(turn, meant)))]


async def _lines(turn: Turn) -> RosterShown:
    heads = await holders_of("head", turn.today)
    deputies = await holders_of("deputy_head", turn.today)
    lines = await lines_on(turn.today)
    working = await working_group(turn.today)
    return RosterShown(
        lines=lines,
        head=heads[-1] if heads else None,
        deputy_head=deputies[-1] if deputies else None,
        # Annex 1's members are the line leaders that annex 3 names beside the two heads.
        members=tuple(line.leader for line in lines if line.leader not in (*heads, *deputies)),
        working=working.people,
        working_head=working.head,
        working_deputy=working.deputy_head,
        understood=turn.understood(),
    )


async def _of_person(turn: Turn) -> RosterShown | None:
    """The line of the leader whose name was said instead of a unit's; else the person's unit."""
    people = await people_called(turn.last("unit") or "")
    lines = tuple(line for line in await lines_on(turn.today) if line.leader in people)
    if lines:
        return RosterShown(lines=lines, understood=turn.understood())
    seats = [seat for one in people for seat in (await standing_of(one, turn.today)).seats]
    units = await units_by_id()
    for seat in seats:
        if seat.school_class is not None:
            own_class = await class_of(seat.school_class, turn.today)
            return await _of_unit(turn, Meant(school_class=own_class))
        if seat.unit is not None and not seat.root:
            return await _of_unit(turn, Meant(unit=units[seat.unit]))
    return None


async def _of_unit(turn: Turn, meant: Meant) -> RosterShown:
    if meant.school_class is not None:
        unit = await unit_of_grade(meant.school_class.name.grade)
    else:
        unit = meant.unit
    assert unit is not None
    people = await people_of_unit(unit, turn.today)
    school_class = meant.school_class.id if meant.school_class else None
    return RosterShown(
        unit=None if school_class else unit.id,
        school_class=school_class,
        leader=people.leader,
        liaison=people.liaison,
        deputy=people.deputy,
        teachers=await teachers_of_class(school_class, turn.today) if school_class else (),
        office=people.office if not school_class else (),
        understood=turn.understood(),
    )
