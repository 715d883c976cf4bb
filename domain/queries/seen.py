"""Fills a notice in for its reader: `seen_by`, the one way from what is kept to what is said."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from domain.house import house
from domain.models import Visit, Visitor, Voice
from domain.notices import told, views
from domain.notices.base import Notice
from domain.notices.values import FieldSaid, Understood, UnitRef
from domain.notices.views import Child, ClassName, View
from domain.queries.people import standing_of
from domain.queries.scope import Eyes, VisitText
from domain.records import today
from domain.rules.policy import Target


async def seen_by(
    notice: Notice, reader: int | None, *, occasion: str, heard: int | None = None
) -> View:
    """The notice as `reader` may see it now; None is a group, where the room is the reader.

    `occasion` is unique for what is said (the outbox key), `heard` the message it answers.
    """
    day = await today()
    standing = await standing_of(reader, day) if reader is not None else None
    eyes = Eyes(standing, day, occasion, heard)
    return await _FILLED[type(notice)](notice, eyes)


async def _base(notice: Notice, eyes: Eyes) -> dict[str, Any]:
    understood = notice.understood
    return {
        "notice": type(notice).__name__,
        "outcome": notice.outcome,
        "about": notice.about,
        "reason": notice.reason,
        "private": eyes.private,
        "understood": await _understood(understood, eyes) if understood else None,
    }


async def _understood(understood: Understood, eyes: Eyes) -> dict[str, str]:
    seen = {"command": understood.command, "action": understood.action}
    for field in understood.fields:
        value = await _field(field, eyes)
        if value is not None:
            seen[field.name] = value
    return seen


async def _field(field: FieldSaid, eyes: Eyes) -> str | None:
    if field.kind == "typed":
        return await eyes.typed(field.span)
    if field.value is None or field.kind == "plain":
        return None if field.value is None else str(field.value)
    number = int(field.value)
    if field.kind == "class":
        return str(await eyes.class_name(number))
    if field.kind == "unit":
        return str(await eyes.unit(UnitRef(unit=number)))
    if field.kind == "person":
        return await eyes.person(number)
    child = await eyes.child(number)
    return str(child) if child else None


# --- visits -------------------------------------------------------------------------------


async def _visit(
    notice: Notice, eyes: Eyes, number: int, voice: int | None = None, **more: Any
) -> View:
    """What all notices about a visit have in common."""
    visit = await Visit.get(id=number).prefetch_related("key")
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    visitors = tuple(one.person_id for one in went)
    name = await eyes.class_name(visit.school_class_id)
    own = eyes.standing is not None and eyes.standing.person in (visit.recorded_by_id, *visitors)
    target = Target(grade=name.grade if name else None, school_class=visit.school_class_id, own=own)
    text = await eyes.visit_text(visit, target, voice)
    child = await eyes.child(visit.student_id, own=own) if visit.student_id else None
    base = await _base(notice, eyes)
    companions = tuple(one for one in visitors if one != visit.recorded_by_id)
    return views.VisitSeen(
        **base | {"understood": _with_recorded(notice.understood, base["understood"], text, child)},
        visit=visit.id,
        class_=name,
        student=child,
        teacher=await eyes.person(visit.teacher_id),
        day=visit.day,
        today=eyes.today,
        kind=visit.kind,
        method=visit.method,
        result=visit.result,
        answers=text.answers,
        text=text.text,
        words=text.words,
        has_words=await Voice.filter(visit_id=visit.id).exists(),
        by=await eyes.person(visit.recorded_by_id),
        companions=await eyes.people(companions),
        **more,
    )


def _with_recorded(
    understood: Understood | None, seen: dict[str, str] | None, text: VisitText, child: Child | None
) -> dict[str, str] | None:
    """What was understood, with the parts that stand in the record itself."""
    if understood is None or seen is None:
        return seen
    for field in understood.fields:
        said = text.answers.get(field.name) or getattr(text, field.name, None)
        if field.kind == "recorded" and said is not None:
            seen[field.name] = said
        if field.kind == "student" and child is not None:
            seen[field.name] = str(child)
    return seen


async def _visit_recorded(notice: told.VisitRecorded, eyes: Eyes) -> View:
    return await _visit(
        notice,
        eyes,
        notice.visit,
        notice.voice,
        problem=notice.problem,
        open_questions=notice.open_questions,
        coverage=await eyes.covered(notice.coverage),
        added=notice.added,
    )


async def _visit_shared(notice: told.VisitShared, eyes: Eyes) -> View:
    return await _visit(notice, eyes, notice.visit)


async def _visit_twice(notice: told.VisitTwice, eyes: Eyes) -> View:
    return await _visit(notice, eyes, notice.visit, options=await eyes.options(notice.options))


async def _name_in_group(notice: told.NameInGroup, eyes: Eyes) -> View:
    return views.NameInGroupSeen(**await _base(notice, eyes), visit=notice.visit)


# --- asking back --------------------------------------------------------------------------


async def _fields_asked(notice: told.FieldsAsked, eyes: Eyes) -> View:
    return views.AskedSeen(
        **await _base(notice, eyes),
        command=notice.command,
        action=notice.action,
        missing=notice.missing,
        form=notice.form,
        example_class=await eyes.class_name(notice.example_class),
    )


async def _choice_asked(notice: told.ChoiceAsked, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await _base(notice, eyes),
        field=notice.field,
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
    )


async def _student_unknown(notice: told.StudentUnknown, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await _base(notice, eyes),
        field="student",
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
        class_=await eyes.class_name(notice.school_class),
    )


async def _did_you_mean(notice: told.DidYouMean, eyes: Eyes) -> View:
    return views.ChoiceSeen(
        **await _base(notice, eyes),
        field=notice.field,
        typed=await eyes.typed(notice.typed),
        options=await eyes.options(notice.options),
        what=notice.what,
    )


async def _plain(notice: Notice, eyes: Eyes) -> View:
    heard = notice.heard if isinstance(notice, told.Pointer) else None
    return views.PlainSeen(**await _base(notice, eyes), heard=heard)


async def _too_many(notice: told.TooMany, eyes: Eyes) -> View:
    return views.TooManySeen(**await _base(notice, eyes), done=notice.done, left=notice.left)


# --- refusals -----------------------------------------------------------------------------


async def _not_allowed(notice: told.NotAllowed, eyes: Eyes) -> View:
    return views.NotAllowedSeen(**await _base(notice, eyes), command=notice.command, who=notice.who)


async def _not_yours(notice: told.NotYours, eyes: Eyes) -> View:
    return views.NotAllowedSeen(**await _base(notice, eyes), unit=await eyes.unit(notice.unit))


async def _no_class_of_yours(notice: told.NoClassOfYours, eyes: Eyes) -> View:
    liaison = await eyes.person(notice.liaison)
    return views.NoClassOfYoursSeen(**await _base(notice, eyes), liaison=liaison)


async def _day_in_future(notice: told.DayInFuture, eyes: Eyes) -> View:
    return views.DaySeen(**await _base(notice, eyes), today=notice.today, day=notice.day)


async def _day_unreadable(notice: told.DayUnreadable, eyes: Eyes) -> View:
    typed = await eyes.typed(notice.typed)
    return views.DaySeen(**await _base(notice, eyes), today=notice.today, typed=typed)


async def _class_impossible(notice: told.ClassImpossible, eyes: Eyes) -> View:
    name = house().plan.grade(notice.grade).name
    return views.ClassImpossibleSeen(
        **await _base(notice, eyes),
        grade_name=name,
        grade=notice.grade,
        number=notice.number,
        classes=tuple(ClassName(notice.grade, name, number) for number in notice.classes),
    )


async def _visit_unknown(notice: told.VisitUnknown, eyes: Eyes) -> View:
    return views.VisitUnknownSeen(**await _base(notice, eyes), number=notice.number)


# --- looking ------------------------------------------------------------------------------


async def _coverage_shown(notice: told.CoverageShown, eyes: Eyes) -> View:
    return views.CoverageSeen(
        **await _base(notice, eyes),
        unit=await eyes.unit(notice.whole.unit),
        count=notice.whole.count,
        parts=await eyes.covered(notice.parts),
        day=notice.day,
        asked=await eyes.unit(notice.asked) if notice.asked else None,
    )


async def _todo_shown(notice: told.TodoShown, eyes: Eyes) -> View:
    children = await eyes.children(tuple(item.student for item in notice.items))
    items = tuple(
        views.TodoItemSeen(
            student=children[item.student],
            why=item.why,
            last=item.last,
            due=item.due,
            special=item.special,
        )
        for item in notice.items
        if item.student in children
    )
    unit = await eyes.unit(notice.unit)
    return views.TodoSeen(**await _base(notice, eyes), unit=unit, items=items, more=notice.more)


async def _whoami_shown(notice: told.WhoamiShown, eyes: Eyes) -> View:
    seats = [
        views.SeatSeen(
            role=seat.role,
            unit=await eyes.unit(seat.unit),
            for_person=await eyes.person(seat.for_person),
        )
        for seat in notice.seats
    ]
    name = await eyes.person(notice.person)
    return views.WhoamiSeen(**await _base(notice, eyes), person=name or "*", seats=tuple(seats))


async def _help_shown(notice: told.HelpShown, eyes: Eyes) -> View:
    return views.HelpSeen(
        **await _base(notice, eyes),
        commands=notice.commands,
        command=notice.command,
        actions=notice.actions,
        form=notice.form,
        phase=notice.phase,
        phase_end=notice.phase_end,
        example_class=await eyes.class_name(notice.example_class),
    )


async def _roster_shown(notice: told.RosterShown, eyes: Eyes) -> View:
    named = notice.unit is not None or notice.school_class is not None
    unit = await eyes.unit(UnitRef(notice.unit, notice.school_class)) if named else None
    lines = [
        views.LineSeen(
            leader=await eyes.person(line.leader) or "*", units=await eyes.units(line.units)
        )
        for line in notice.lines
    ]
    return views.RosterSeen(
        **await _base(notice, eyes),
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


_Filler = Callable[[Any, Eyes], Awaitable[View]]

_FILLED: dict[type[Notice], _Filler] = {
    told.VisitRecorded: _visit_recorded,
    told.VisitShared: _visit_shared,
    told.VisitTwice: _visit_twice,
    told.NameInGroup: _name_in_group,
    told.FieldsAsked: _fields_asked,
    told.ChoiceAsked: _choice_asked,
    told.StudentUnknown: _student_unknown,
    told.DidYouMean: _did_you_mean,
    told.Dropped: _plain,
    told.ToldPrivately: _plain,
    told.TooMany: _too_many,
    told.Pointer: _plain,
    told.NotAllowed: _not_allowed,
    told.NotYours: _not_yours,
    told.NoClassOfYours: _no_class_of_yours,
    told.AccountUnknown: _plain,
    told.DayInFuture: _day_in_future,
    told.DayUnreadable: _day_unreadable,
    told.ClassImpossible: _class_impossible,
    told.OneAtATime: _plain,
    told.VisitUnknown: _visit_unknown,
    told.NotRecorded: _plain,
    told.NotSure: _plain,
    told.CoverageShown: _coverage_shown,
    told.TodoShown: _todo_shown,
    told.WhoamiShown: _whoami_shown,
    told.HelpShown: _help_shown,
    told.RosterShown: _roster_shown,
}
