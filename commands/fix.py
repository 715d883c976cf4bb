"""/fix: what was recorded wrongly is put right, and shows that it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from commands.declarations import Action, Command, Field
from commands.fix_talk import TALK, talk
from commands.fix_void import VOID, void
from commands.numbered import the_visit
from commands.numbers import look_at_number
from commands.of_others import may_fix_visit
from commands.parsing.dates import is_a_day
from commands.parsing.reply import says_none
from commands.settling import the_class, the_day, the_people, the_person, the_student
from commands.turn import Question, Told, Turn
from commands.unlisted import unlisted
from commands.visit import ANSWERS, METHODS, RESULTS
from domain.actions.fixing import Fix, fix_visit
from domain.actions.moving_visits import Child
from domain.errors import Refusal
from domain.notices.fixing import (
    FixAsked,
    FixChangesNothing,
    NotInThisVisit,
    VisitFixed,
    WordsStay,
)
from domain.notices.values import Covered, FieldSaid
from domain.queries.classes import class_of
from domain.queries.coverage import coverage_after
from domain.queries.visits import VisitFound

_TEXTS = ("text", "answered", "talk", *ANSWERS)

COMMAND = Command(
    "fix",
    (
        Action(
            "visit",
            (
                Field("visit", "number", required=True),
                Field("class_", "class"),
                Field("student", "student"),
                Field("result", "choice", choices=RESULTS),
                Field("method", "choice", choices=METHODS),
                Field("kind", "choice", choices=("home", "contact")),
                Field("day", "date"),
                Field("teacher", "person", labelled=True),
                Field("companions", "people", labelled=True),
                *(Field(name, "text", labelled=True) for name in _TEXTS),
                Field("words", "text", labelled=True),
            ),
        ),
        VOID,
        TALK,
    ),
)

_OF_A_FAMILY = ("class_", "student", "result", "kind", *ANSWERS)
_OF_A_TEACHER = ("teacher",)
# What changes how many families have been seen.
_COUNTED = frozenset({"student", "class_", "result", "method", "kind", "day"})


async def answer(turn: Turn) -> Sequence[Told]:
    """Put a visit or a talk right, or mark a visit void."""
    answers = {"void": void, "talk": talk}
    return await answers.get(turn.filling.action, _visit)(turn)


async def _visit(turn: Turn) -> Sequence[Told]:
    """Put a visit right, in as many parts as were said."""
    visit = await the_visit(turn, may_fix_visit)
    _look_at_day(turn)
    _look_at_parts(turn, visit)
    if _said(turn, "class_"):
        await look_at_number(turn, await the_class(turn))
    day = the_day(turn).isoformat() if _said(turn, "day") else None
    fix = Fix(
        visit=visit.id,
        by=turn.asker.person,
        companions=await _companions(turn),
        codes=await _codes(turn, day),
        texts=_texts(turn),
    )
    if _said(turn, "class_") or _said(turn, "student"):
        fix = replace(fix, child=await _child(turn, visit))
    kept = await fix_visit(fix)
    if kept is None:
        raise Refusal(FixChangesNothing(visit=visit.id, understood=turn.understood()))
    notice = VisitFixed(
        visit=visit.id,
        deed=kept.deed,
        told=kept.told,
        coverage=await _coverage(turn, visit),
        understood=turn.understood(),
    )
    return [Told(notice)]


def _said(turn: Turn, name: str) -> bool:
    return bool(turn.filling.texts.get(name)) or turn.pick(name) is not None


def _look_at_day(turn: Turn) -> None:
    """9-2 without a child is a day: a class alone would put nothing right."""
    said = turn.last("class_")
    if said and is_a_day(said) and not _said(turn, "day") and not _said(turn, "student"):
        turn.filling.put("day", said)
        turn.filling.put("class_")


def _look_at_parts(turn: Turn, visit: VisitFound) -> None:
    """Something must have been said, of what this visit has; the family's words stay."""
    said = [one.name for one in turn.action.fields if one.name != "visit" and _said(turn, one.name)]
    if not said:
        asked = FixAsked(visit=visit.id, understood=turn.understood())
        raise Question(asked, "text", private=True)
    if "words" in said:
        raise Refusal(WordsStay(visit=visit.id, understood=turn.understood()))
    others = _OF_A_FAMILY if visit.kind == "teacher" else _OF_A_TEACHER
    if wrong := tuple(name for name in said if name in others):
        raise Refusal(NotInThisVisit(visit=visit.id, fields=wrong, understood=turn.understood()))


async def _codes(turn: Turn, day: str | None) -> dict[str, Any]:
    names = [name for name in ("result", "method", "kind") if _said(turn, name)]
    codes: dict[str, Any] = {name: turn.choice(name, "") for name in names}
    if day is not None:
        codes["day"] = the_day(turn)
    if said := turn.last("teacher"):
        codes["teacher"] = await the_person(turn, "teacher", said)
        turn.settle(FieldSaid("teacher", "person", codes["teacher"]))
    return codes


async def _companions(turn: Turn) -> tuple[int, ...] | None:
    """All who went along; nobody, when a word for nothing was said."""
    if not _said(turn, "companions"):
        return None
    return await the_people(turn, "companions")


def _texts(turn: Turn) -> dict[str, str | None]:
    """What each should say; a word for nothing takes out what stands there, a blank is nothing."""
    texts: dict[str, str | None] = {}
    for name in _TEXTS:
        said = turn.text(name)
        if said is not None or any(
            says_none(one, turn.lexicon) for one in turn.filling.texts.get(name, [])
        ):
            texts[name] = said
            turn.settle(FieldSaid(name, "recorded"))
    return texts


async def _child(turn: Turn, visit: VisitFound) -> Child:
    """The child that was really visited: in the class that was said, else in the visit's own."""
    assert visit.school_class is not None
    said = _said(turn, "class_")
    found = await the_class(turn) if said else await class_of(visit.school_class, turn.today)
    student = await the_student(turn, found)
    if student is None:
        assert found is not None
        student = await unlisted(turn, found)
    return Child(student.id, student.family, student.school_class)


async def _coverage(turn: Turn, visit: VisitFound) -> tuple[Covered, ...]:
    """How far the class and the grade are, when what was put right counts there."""
    if visit.school_class is None or not any(_said(turn, name) for name in _COUNTED):
        return ()
    school_class = visit.school_class
    for one in turn.settled:
        if one.name == "class_" and one.value is not None:
            school_class = int(one.value)
    return await coverage_after(await class_of(school_class, turn.today), turn.today)
