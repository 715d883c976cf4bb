"""What was asked to be shown, filled in for its reader."""

from __future__ import annotations

from domain.notices import looking, views, views_looking, views_roster
from domain.notices.values import UnitRef
from domain.notices.views import Child, View
from domain.queries.filling import base
from domain.queries.filling_arrangements import arranged
from domain.queries.scope import Eyes


async def coverage_shown(notice: looking.CoverageShown, eyes: Eyes) -> View:
    return views_looking.CoverageSeen(
        **await base(notice, eyes),
        unit=await eyes.unit(notice.whole.unit),
        count=notice.whole.count,
        parts=await eyes.covered(notice.parts),
        day=notice.day,
        asked=await eyes.unit(notice.asked) if notice.asked else None,
    )


async def todo_shown(notice: looking.TodoShown, eyes: Eyes) -> View:
    others = [one.student for one in notice.items if one.student and not one.arrangement]
    children = await eyes.children(tuple(others))
    items = [await _todo_item(item, children, eyes) for item in notice.items]
    return views_looking.TodoSeen(
        **await base(notice, eyes),
        unit=await eyes.unit(notice.unit),
        items=tuple(item for item in items if item is not None),
        more=notice.more,
        heard_only=notice.heard_only,
    )


async def _todo_item(
    item: looking.TodoItem, children: dict[int, Child], eyes: Eyes
) -> views_looking.TodoItemSeen | None:
    """None for a child who is on the list no more."""
    student = children.get(item.student or 0)
    unit = None
    if item.arrangement is not None:
        found = await arranged(item.arrangement, eyes)
        student, unit = found.student, found.unit
    elif student is None:
        return None
    return views_looking.TodoItemSeen(
        student=student,
        why=item.why,
        last=item.last,
        due=item.due,
        special=item.special,
        arrangement=item.arrangement,
        unit=unit,
    )


async def whoami_shown(notice: looking.WhoamiShown, eyes: Eyes) -> View:
    seats = [
        views.SeatSeen(
            role=seat.role,
            unit=await eyes.unit(seat.unit),
            for_person=await eyes.person(seat.for_person),
        )
        for seat in notice.seats
    ]
    name = await eyes.person(notice.person)
    return views_looking.WhoamiSeen(
        **await base(notice, eyes), person=name or "*", seats=tuple(seats)
    )


async def help_shown(notice: looking.HelpShown, eyes: Eyes) -> View:
    return views_looking.HelpSeen(
        **await base(notice, eyes),
        commands=notice.commands,
        command=notice.command,
        actions=notice.actions,
        form=notice.form,
        phase=notice.phase,
        phase_end=notice.phase_end,
        example_class=await eyes.class_name(notice.example_class),
    )


async def roster_shown(notice: looking.RosterShown, eyes: Eyes) -> View:
    named = notice.unit is not None or notice.school_class is not None
    unit = await eyes.unit(UnitRef(notice.unit, notice.school_class)) if named else None
    lines = [
        views_roster.LineSeen(
            leader=await eyes.person(line.leader) or "*", units=await eyes.units(line.units)
        )
        for line in notice.lines
    ]
    return views_roster.RosterSeen(
        **await base(notice, eyes),
        unit=unit,
        leader=await eyes.person(notice.leader),
        liaison=await eyes.person(notice.liaison),
        deputy=await eyes.person(notice.deputy),
        teachers=await eyes.people(notice.teachers),
        lines=tuple(lines),
        head=await eyes.person(notice.head),
        deputy_head=await eyes.person(notice.deputy_head),
        working=await eyes.people(notice.working),
        working_head=await eyes.person(notice.working_head),
        working_deputy=await eyes.person(notice.working_deputy),
        members=await eyes.people(notice.members),
        office=await eyes.people(notice.office),
    )
