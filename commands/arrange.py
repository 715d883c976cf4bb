"""/arrange: who arranges plans a leader's visit or talk, and the leader is told and reminded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commands.arranging import grade_only, said_at_all, sort_names
from commands.declarations import Action, Command, Field
from commands.of_others import sees_arrangement
from commands.parsing.dates import hour_of
from commands.parsing.record_numbers import number_behind
from commands.settling import NOT_ON_LIST, ask_for, the_class, the_person, the_student
from commands.settling_values import the_choice, the_day_ahead
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.actions.arrangements import Planned, call_off, plan_visit
from domain.actions.moving_arrangements import move_arrangement
from domain.errors import Refusal
from domain.notices.arrangements import (
    ArrangementCalledOff,
    ArrangementClosed,
    ArrangementMade,
    ArrangementShown,
    ArrangementsShown,
    ArrangementTwice,
    NotYourLeader,
)
from domain.notices.asking import Dropped
from domain.notices.refusals import NumberUnknown
from domain.notices.values import FieldSaid, Option
from domain.queries.arrangements import (
    arranged_by,
    arranged_for,
    arrangement_of,
    leaders_reached,
    leads,
    may_arrange,
    same_arrangement,
    same_family,
    usual_leader,
)

VISIT, TALK = "visit", "talk"
AGAIN, DROP = "again", "drop"
LETTER = "A"
# What fits a phone.
_MOST = 5

COMMAND = Command(
    "arrange",
    (
        Action(
            "plan",
            (
                Field("leader", "person", required=True),
                Field("day", "date", required=True),
                Field("class_", "class"),
                Field("matter", "choice", choices=(VISIT, TALK)),
                Field("student", "student"),
                Field("text", "text"),
                Field("unit", "unit", labelled=True),
            ),
        ),
        Action("show"),
        Action(
            "call_off",
            (
                Field("arrangement", "number", required=True, letter=LETTER),
                Field("change", "choice", choices=("call_off", "move"), day_behind=True),
                Field("day", "date"),
            ),
        ),
    ),
)


async def answer(turn: Turn) -> Sequence[Told]:
    """Plan one, call one off, or show what is arranged."""
    if turn.filling.action == "show":
        return await _show(turn)
    return await (_call_off(turn) if turn.filling.action == "call_off" else _plan(turn))


# --- planning -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where it is to be: a unit, a class, or a family by its child."""

    unit: int | None = None
    school_class: int | None = None
    student: int | None = None
    family: int | None = None


async def _plan(turn: Turn) -> Sequence[Told]:
    await sort_names(turn)
    leader = await _leader(turn)
    if leader is None:
        raise ask_for(turn, *(name for name in ("leader", "day") if turn.last(name) is None))
    day = the_day_ahead(turn)
    matter = the_choice(turn, "matter") or VISIT
    turn.settle(FieldSaid("matter", "plain", matter))
    place = await _place(turn)
    if matter == VISIT and place == _Place():
        raise ask_for(turn, "class_")
    planned = Planned(
        leader=leader,
        by=turn.asker.person,
        day=day,
        matter=matter,
        unit=place.unit,
        school_class=place.school_class,
        student=place.student,
        family=place.family,
        note=_note(turn),
    )
    if (same := await _same(planned)) is not None:
        return [Told(ArrangementShown(arrangement=same, understood=turn.understood()))]
    await _look_for_twice(turn, planned)
    made = await plan_visit(planned)
    notice = ArrangementMade(
        arrangement=made.number,
        told=made.told,
        reminded=made.reminded,
        understood=turn.understood(),
    )
    return [Told(notice)]


async def _same(planned: Planned) -> int | None:
    """Said twice it is arranged once; what is noted besides would be lost, so that is another."""
    if planned.note is not None:
        return None
    place = planned.unit, planned.school_class, planned.student
    return await same_arrangement(planned.leader, planned.day, planned.matter, *place)


async def _look_for_twice(turn: Turn, planned: Planned) -> None:
    """The same leader, day and family: by a brother or with another note it is asked about."""
    picked = turn.pick("arrangement")
    if planned.family is None or planned.matter != VISIT or picked == AGAIN:
        return
    number = await same_family(planned.leader, planned.day, planned.family)
    if number is None:
        return
    if picked == DROP:
        raise Refusal(Dropped())
    options = tuple(Option("word", word) for word in (AGAIN, DROP))
    twice = ArrangementTwice(
        arrangement=number, options=options, understood=turn.understood(recorded=False)
    )
    raise Question(twice, "arrangement", options)


async def _leader(turn: Turn) -> int | None:
    """For whom; None when it must be said."""
    picked, said = turn.pick("leader"), turn.last("leader")
    if isinstance(picked, int):
        leader: int | None = picked
    elif said is not None:
        leader = await the_person(turn, "leader", said)
    else:
        leader = await usual_leader(turn.asker.standing, turn.today)
    if leader is not None:
        turn.settle(FieldSaid("leader", "person", leader))
        await _look_whose(turn, leader)
    return leader


async def _look_whose(turn: Turn, leader: int) -> None:
    """It must be a leader, and one for whom the asker may arrange; else it is asked who."""
    standing, lead = turn.asker.standing, await leads(leader, turn.today)
    if lead and await may_arrange(standing, leader, turn.today):
        return
    reached = await leaders_reached(standing, turn.today)
    options = tuple(Option("person", one) for one in reached)
    notice = NotYourLeader(person=leader, leads=lead, options=options, understood=turn.understood())
    raise Question(notice, "leader", options)


async def _place(turn: Turn) -> _Place:
    whole_grade = grade_only(turn)
    if whole_grade and not said_at_all(turn, "student"):
        turn.filling.put("unit", turn.last("class_") or "")
    if said_at_all(turn, "unit"):
        return await _of_unit(turn)
    school_class = None
    if said_at_all(turn, "class_") and not whole_grade:
        school_class = await the_class(turn)
    student = await the_student(turn, school_class) if said_at_all(turn, "student") else None
    if student is not None:
        return _Place(None, student.school_class, student.id, student.family)
    return _Place(school_class=school_class.id if school_class else None)


async def _of_unit(turn: Turn) -> _Place:
    meant = await the_unit(turn)
    return _Place(
        unit=meant.unit.id if meant.unit else None,
        school_class=meant.school_class.id if meant.school_class else None,
    )


def _note(turn: Turn) -> str | None:
    """What else was said: the hour, a child whom the list doesn't know, the note."""
    hour = hour_of(turn.last("day") or "")
    unlisted = turn.last("student") if turn.pick("student") == NOT_ON_LIST else None
    note = " ".join(filter(None, (hour, unlisted, turn.text("text")))) or None
    if note is not None:
        turn.settle(FieldSaid("text", "recorded"))
    return note


# --- looking, and calling off -------------------------------------------------------------


async def _show(turn: Turn) -> Sequence[Told]:
    for_me = await arranged_for(turn.asker.person, turn.today)
    by_me = await arranged_by(turn.asker.person, turn.today)
    notice = ArrangementsShown(
        for_me=for_me[:_MOST],
        by_me=by_me[:_MOST],
        more=len(for_me[_MOST:]) + len(by_me[_MOST:]),
        understood=turn.understood(),
    )
    return [Told(notice)]


async def _call_off(turn: Turn) -> Sequence[Told]:
    """Call it off, or move it to another day; with neither said it is shown."""
    number = number_behind(LETTER, turn.last("arrangement") or "")
    if number is None:
        raise ask_for(turn, "arrangement")
    turn.settle(FieldSaid("arrangement", "plain", number))
    found = await arrangement_of(number)
    if found is None or not await sees_arrangement(turn, found):
        raise Refusal(NumberUnknown(letter=LETTER, number=number, understood=turn.understood()))
    change = "move" if turn.last("day") is not None else the_choice(turn, "change")
    if change is None:
        return [Told(ArrangementShown(arrangement=number, understood=turn.understood()))]
    if found.over:
        raise Refusal(ArrangementClosed(arrangement=number, understood=turn.understood()))
    if change == "move":
        return await _move(turn, number)
    told = await call_off(number, turn.asker.person)
    notice = ArrangementCalledOff(arrangement=number, told=told, understood=turn.understood())
    return [Told(notice)]


async def _move(turn: Turn, number: int) -> Sequence[Told]:
    day = the_day_ahead(turn)
    moved = await move_arrangement(number, turn.asker.person, day)
    if moved is None:
        return [Told(ArrangementShown(arrangement=number, understood=turn.understood()))]
    return [Told(replace(moved, understood=turn.understood()))]
