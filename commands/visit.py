"""/visit: a teacher says whom they went to see, and it becomes a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commands.declarations import Action, Command, Field
from commands.first_looks import looked_at
from commands.numbered import the_visit
from commands.numbers import look_at_number
from commands.of_others import may_add_to_visit
from commands.overlooked import (
    look_at_children,
    look_at_day,
    look_at_method,
    look_at_result,
)
from commands.parsing.classes import parse_seat
from commands.settling import (
    ask_for,
    the_class,
    the_day,
    the_people,
    the_person,
    the_student,
    without_note,
)
from commands.turn import Question, Told, Turn
from commands.unlisted import unlisted
from commands.visit_problems import with_problems
from domain.actions.visits import Learnt, VisitKept, VisitMade, add_to_visit, record_visit
from domain.errors import Refusal
from domain.house import house
from domain.notices.asking import Dropped
from domain.notices.values import FieldSaid, Option
from domain.notices.visits import VisitRecorded, VisitTwice
from domain.queries.classes import ClassFound, class_of
from domain.queries.coverage import coverage_after
from domain.queries.students import StudentFound
from domain.queries.visits import VisitFound, answered, same_visit, visit_of

METHODS = ("home", "school", "phone", "video", "wechat")
RESULTS = ("visited", "refused")
# The questions of every stage (the plan, 走访了解); the plan says which grade is asked which.
ANSWERS = ("situation", "character", "learning", "targets", "mood", "revision")

_HOW = (
    Field("method", "choice", choices=METHODS),
    Field("day", "date"),
)
_SAID = (
    Field("words", "text", labelled=True, glued=True),
    Field("answered", "text", labelled=True),
    Field("talk", "text", labelled=True),
)
_WITH = Field("companions", "people", labelled=True)

COMMAND = Command(
    "visit",
    (
        Action(
            "record",
            (
                Field("kind", "choice", choices=("home", "contact")),
                Field("class_", "class", required=True),
                Field("student", "student", required=True),
                Field("result", "choice", choices=RESULTS),
                *_HOW,
                Field("text", "text"),
                *_SAID,
                _WITH,
                *(Field(name, "text", labelled=True) for name in ANSWERS),
            ),
        ),
        Action(
            "teacher",
            (
                Field("kind", "choice", required=True, choices=("teacher",)),
                Field("teacher", "person", required=True),
                *_HOW,
                Field("text", "text"),
                *_SAID,
                _WITH,
            ),
        ),
        Action(
            "add",
            (
                Field("visit", "number", required=True),
                Field("text", "text"),
                *_SAID,
                *(Field(name, "text", labelled=True) for name in ANSWERS),
            ),
        ),
    ),
)


AGAIN, ADD, DROP = "again", "add", "drop"


async def answer(turn: Turn) -> Sequence[Told]:
    """Record a visit, or add to one."""
    if turn.filling.action == "add":
        return await _add(turn)
    if turn.filling.action == "teacher":
        return await _with_teacher(turn)
    return await _with_family(turn)


# --- a family -----------------------------------------------------------------------------


async def _with_family(turn: Turn) -> Sequence[Told]:
    look_at_day(turn)
    school_class = await the_class(turn)
    await look_at_number(turn, school_class)
    # The rest is settled first: a question about a day must not tell in which class a child is.
    when = the_day(turn), await the_people(turn, "companions")
    student = await the_student(turn, school_class)
    if school_class is None or (student and student.school_class != school_class.id):
        assert student is not None
        school_class = await class_of(student.school_class, turn.today)
    if student is not None:
        await look_at_children(turn, student)
    look_at_result(turn)
    look_at_method(turn)
    made = await _made(turn, turn.choice("kind", "home"), turn.choice("result", "visited"), *when)
    if student is None:
        student = await unlisted(turn, school_class)
    elif (twice := await _same_day(turn, student, made)) is not None:
        return await _added(turn, twice, made.learnt, made.companions)
    made = _of_child(made, student)
    return await _receipt(turn, await record_visit(made), made, school_class)


async def _made(
    turn: Turn, kind: str, result: str, day: date, companions: tuple[int, ...]
) -> VisitMade:
    """What all visits have in common."""
    return VisitMade(
        by=turn.asker.person,
        kind=kind,
        method=turn.choice("method", "home" if kind == "home" else "school"),
        result=result,
        day=day,
        companions=companions,
        learnt=await _learnt(turn),
    )


async def _learnt(turn: Turn) -> Learnt:
    names = [one.name for one in turn.action.fields if one.type == "text"]
    said = {name: text for name in names if (text := turn.text(name)) is not None}
    for name in said:
        turn.settle(FieldSaid(name, "recorded"))
    learnt = Learnt(
        text=said.get("text"),
        words=turn.texts("words"),
        answered=said.get("answered"),
        talk=said.get("talk"),
        answers={name: said[name] for name in ANSWERS if name in said},
    )
    return await looked_at(learnt)


async def _same_day(turn: Turn, student: StudentFound, made: VisitMade) -> VisitFound | None:
    """The visit to add to, when the asker recorded this family that day and picked adding.

    Asks when nothing is picked yet; None to record (another) one.
    """
    number = await same_visit(student.family, turn.asker.person, made.day)
    visit = await visit_of(number) if number is not None else None
    if visit is None or turn.pick("visit") == AGAIN:
        return None
    if turn.pick("visit") == ADD:
        return visit
    if turn.pick("visit") == DROP:
        raise Refusal(Dropped())
    raise _twice(turn, visit, made)


def _twice(turn: Turn, visit: VisitFound, made: VisitMade) -> Question:
    """Once more, or add? A refusal, or nothing new, is no addition: then once more, or nothing."""
    alike = (visit.method, visit.result) == (made.method, made.result)
    something = made.learnt != Learnt() or made.companions
    words = (ADD, AGAIN) if alike and something else (AGAIN, DROP)
    options = tuple(Option("word", word) for word in words)
    notice = VisitTwice(
        visit=visit.id,
        day=made.day,
        options=options,
        understood=turn.understood(recorded=False),
    )
    return Question(notice, "visit", options)


def _of_child(made: VisitMade, student: StudentFound) -> VisitMade:
    return replace(
        made, student=student.id, family=student.family, school_class=student.school_class
    )


async def _receipt(
    turn: Turn, kept: VisitKept, made: VisitMade, school_class: ClassFound
) -> Sequence[Told]:
    # Who was refused, or came because of a worry, has not been through the stage's questions.
    asks = made.result == "visited" and made.kind == "home"
    asked = _questions(school_class) if asks else ()
    notice = VisitRecorded(
        visit=kept.visit,
        deed=kept.deed,
        open_questions=tuple(name for name in asked if name not in made.learnt.answers),
        coverage=await coverage_after(school_class, turn.today),
        understood=turn.understood(),
    )
    return await with_problems(turn, notice, kept.taken, made.learnt)


def _questions(school_class: ClassFound) -> tuple[str, ...]:
    return house().plan.questions_for(school_class.name.grade)


def names_a_child(turn: Turn) -> bool:
    """Whether a child stands there by name, not by its number."""
    said = turn.last("student")
    return said is not None and parse_seat(said) is None


# --- a teacher ----------------------------------------------------------------------------


async def _with_teacher(turn: Turn) -> Sequence[Told]:
    said = turn.last("teacher")
    if said is None:
        raise ask_for(turn, "teacher")
    teacher = await the_person(turn, "teacher", await without_note(turn, "teacher", said))
    turn.settle(FieldSaid("teacher", "person", teacher))
    turn.settle(FieldSaid("kind", "plain", "teacher"))
    when = the_day(turn), await the_people(turn, "companions")
    made = await _made(turn, "teacher", "visited", *when)
    kept = await record_visit(replace(made, teacher=teacher))
    notice = VisitRecorded(visit=kept.visit, deed=kept.deed, understood=turn.understood())
    return await with_problems(turn, notice, kept.taken, made.learnt)


# --- adding -------------------------------------------------------------------------------


async def _add(turn: Turn) -> Sequence[Told]:
    visit = await the_visit(turn, may_add_to_visit)
    learnt = await _learnt(turn)
    if learnt == Learnt():
        # An answer without a label is a note; and what a home is like is not asked in a group.
        missing = (*await _still_open(visit, turn), "text")
        raise ask_for(turn, *missing, asked="text", private=True)
    return await _added(turn, visit, learnt)


async def _added(
    turn: Turn, visit: VisitFound, learnt: Learnt, companions: tuple[int, ...] = ()
) -> Sequence[Told]:
    kept = await add_to_visit(visit.id, turn.asker.person, learnt, companions)
    added = tuple(one.name for one in turn.settled if one.kind == "recorded")
    notice = VisitRecorded(
        visit=visit.id,
        deed=kept.deed,
        added=added,
        open_questions=await _still_open(visit, turn),
        understood=turn.understood(),
    )
    return await with_problems(turn, notice, kept.taken, learnt)


async def _still_open(visit: VisitFound, turn: Turn) -> tuple[str, ...]:
    if visit.school_class is None:
        return ()
    known = await answered(visit.id)
    school_class = await class_of(visit.school_class, turn.today)
    return tuple(name for name in _questions(school_class) if name not in known)
