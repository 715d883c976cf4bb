"""From what was typed to records: which class, which child, which day, which people and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz import process

from commands.parsing.classes import parse_class, parse_seat
from commands.parsing.dates import parse_day
from commands.parsing.people import split_people
from commands.parsing.reply import labelled_only
from commands.turn import Question, Turn
from domain.notices.asking import ChoiceAsked, DidYouMean, FieldsAsked, StudentUnknown
from domain.notices.refusals import ClassImpossible, DayInFuture, DayUnreadable
from domain.notices.values import FieldSaid, Option
from domain.queries.classes import ClassFound, class_named, class_of, classes_of_grade
from domain.queries.people import LONGEST_NAME, all_names, people_called
from domain.queries.students import (
    StudentFound,
    student_in_seat,
    student_of,
    students_called,
    students_near,
)
from domain.rules.policy import READING, Target, reaches

NOT_ON_LIST = "not_on_list"
_NEAR = 60
_MOST = 5
# What may be a child's name, and what people type in its place.
_LIKE_A_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}|[^\W\d_]+(?:[ '’.-][^\W\d_]+){0,3}")
_NO_NAME = re.compile(r"班$|年级|家访|走访|今天|昨天|去了|visit", re.IGNORECASE)
# More than this never went on one visit.
_MOST_PEOPLE = 20
# A Chinese name that is longer has something glued to it, more often than not.
_LONGEST_NAME = 4


def ask_for(turn: Turn, *missing: str, asked: str | None = None, private: bool = False) -> Question:
    """Ask for fields by name; a bare answer is for `asked`, else for the first of them."""
    notice = FieldsAsked(
        command=turn.command.name,
        action=turn.filling.action,
        missing=missing,
        form=turn.form(),
        example_class=turn.example_class,
        unread=all(_said_in_vain(turn, name) for name in missing),
        understood=turn.understood(),
    )
    return Question(notice, asked or missing[0], private=private)


def _said_in_vain(turn: Turn, name: str) -> bool:
    """Whether something was said for it; of a class a grade alone is only half of it."""
    said = turn.last(name)
    half = parse_class(said) if said and name == "class_" else None
    return bool(said) and half is None


# --- class --------------------------------------------------------------------------------


async def the_class(turn: Turn) -> ClassFound | None:
    """The class that was said; the asker's own when there is one and none was said.

    None when neither is known; a class that can't be asks again, with those there are.
    """
    if isinstance(picked := turn.pick("class_"), int):
        return _settled(turn, await class_of(picked, turn.today))
    said = turn.last("class_")
    if said is None:
        return await _own_class(turn)
    read = parse_class(said)
    if read is None or read.number is None:
        raise ask_for(turn, "class_")
    found = await class_named(read.grade, read.number, turn.today)
    if found is None:
        numbers = tuple(one.name.number for one in await classes_of_grade(read.grade, turn.today))
        notice = ClassImpossible(
            grade=read.grade, number=read.number, classes=numbers, understood=turn.understood()
        )
        raise Question(notice, "class_")
    return _settled(turn, found)


async def _own_class(turn: Turn) -> ClassFound | None:
    own = turn.asker.classes
    return _settled(turn, await class_of(own[0], turn.today)) if len(own) == 1 else None


def _settled(turn: Turn, found: ClassFound) -> ClassFound:
    turn.settle(FieldSaid("class_", "class", found.id))
    return found


def _choose(
    turn: Turn, field: str, options: tuple[Option, ...], typed: str | None = None
) -> Question:
    span = turn.echo.keep(typed) if typed else None
    notice = ChoiceAsked(field=field, options=options, typed=span, understood=turn.understood())
    return Question(notice, field, options)


# --- student ------------------------------------------------------------------------------


async def the_student(turn: Turn, school_class: ClassFound | None) -> StudentFound | None:
    """The child that was said, in the class if it is known, else in the school.

    None for a child who is to be recorded as not on the list.
    """
    picked = turn.pick("student")
    if isinstance(picked, int):
        return _student(turn, await student_of(picked))
    if picked == NOT_ON_LIST:
        return None
    said = turn.last("student")
    if school_class is None and said is not None and parse_seat(said) is None:
        return await _in_school(turn, said)
    missing = [
        name for name, known in (("class_", school_class), ("student", said)) if known is None
    ]
    if missing or school_class is None or said is None:
        raise ask_for(turn, *missing)
    return await _in_class(turn, said, school_class)


def _student(turn: Turn, found: StudentFound) -> StudentFound:
    turn.settle(FieldSaid("class_", "class", found.school_class))
    turn.settle(FieldSaid("student", "student", found.id))
    return found


async def _in_class(turn: Turn, said: str, school_class: ClassFound) -> StudentFound:
    seat, found = parse_seat(said), tuple[StudentFound, ...]()
    if seat is None:
        found = await _called(turn, said, school_class.id)
    elif child := await student_in_seat(school_class.id, seat):
        found = (child,)
    if len(found) == 1:
        return _student(turn, found[0])
    if found:
        raise _choose(turn, "student", _as_options(found), said)
    options = await _instead(turn, said, school_class) if seat is None else ()
    notice = StudentUnknown(
        school_class=school_class.id,
        typed=turn.echo.keep(said),
        options=options,
        understood=turn.understood(),
    )
    # In a group the choices are numbers only, and nobody could tell who is meant.
    raise Question(notice, "student", options, private=True)


async def _instead(turn: Turn, said: str, school_class: ClassFound) -> tuple[Option, ...]:
    """The nearest names, for who may read them, and the way to record the child all the same."""
    near = await students_near(said, school_class.id) if _reads(turn, school_class) else ()
    own = [one for one in turn.asker.classes if one != school_class.id]
    mine = [child for one in own for child in await students_called(said, one, sound=False)]
    like_a_name = _LIKE_A_NAME.fullmatch(said) and not _NO_NAME.search(said)
    return (*_as_options((*mine, *near)), *([Option("word", NOT_ON_LIST)] if like_a_name else []))


def _reads(turn: Turn, school_class: ClassFound) -> bool:
    """Whether the asker may read the class's names: else near ones would give them away."""
    target = Target(grade=school_class.name.grade, school_class=school_class.id)
    return reaches(turn.asker.standing, READING["family"], target)


async def _in_school(turn: Turn, said: str) -> StudentFound:
    """Without a class: first among the asker's own, then in the whole school."""
    own = [
        one
        for school_class in turn.asker.classes
        for one in await students_called(said, school_class)
    ]
    found = own or list(await _called(turn, said, None))
    if len(found) == 1:
        return _student(turn, found[0])
    if 1 < len(found) <= _MOST:
        raise _choose(turn, "student", _as_options(tuple(found)), said)
    raise ask_for(turn, "class_")


async def _called(turn: Turn, said: str, school_class: int | None) -> tuple[StudentFound, ...]:
    """Whom a name fits as it was said; else wang xiaoming, or 欧阳娜娜 of 欧阳娜娜奶奶照顾."""
    if found := await students_called(said, school_class):
        return found
    texts = turn.filling.texts.get("text", [])
    for name, rest in _otherwise(said, texts[0] if texts else "", turn.filling.gap):
        if found := await students_called(name, school_class):
            turn.filling.put("student", name)
            put_note(turn, rest, *texts[1:])
            return found
    return ()


def put_note(turn: Turn, *said: str) -> None:
    """What turned out to be no name: it is the note, or begins with a label (诉求希望有晚托)."""
    first, *more = said
    labelled = labelled_only(first, turn.command, turn.action, turn.lexicon)
    if labelled is None:
        turn.filling.put("text", *filter(None, said))
        return
    turn.filling.put("text", *more)
    for name, given in labelled.items():
        texts = [one.text for one in given]
        turn.filling.put(name, *texts, *turn.filling.texts.get(name, []))


def _otherwise(said: str, text: str, gap: str) -> Iterator[tuple[str, str]]:
    """Other ways to part a name from the text behind it: the name, and what is then text."""
    if said.isascii():
        word, _, rest = text.partition(" ")
        if word.isascii() and word.isalpha():
            yield f"{said} {word}", rest.strip()
    elif len(said) > _LONGEST_NAME:
        for length in range(_LONGEST_NAME, 1, -1):
            yield said[:length], said[length:] + (gap + text if text else "")


def _as_options(found: tuple[StudentFound, ...]) -> tuple[Option, ...]:
    return tuple(Option("student", child.id) for child in found)


# --- day, people --------------------------------------------------------------------------


def the_day(turn: Turn) -> date:
    """The day it happened: today unless another was said; never one to come."""
    said, picked = turn.last("day"), turn.pick("day")
    day = turn.today if said is None else parse_day(said, turn.today)
    if isinstance(picked, str):
        day = date.fromisoformat(picked)
    if day is None:
        notice = DayUnreadable(
            typed=turn.echo.keep(said or ""), today=turn.today, understood=turn.understood()
        )
        raise Question(notice, "day")
    if day > turn.today:
        notice_future = DayInFuture(day=day, today=turn.today, understood=turn.understood())
        raise Question(notice_future, "day")
    turn.settle(FieldSaid("day", "plain", day.isoformat()))
    return day


async def the_people(turn: Turn, field: str) -> tuple[int, ...]:
    """The people that were named, each once; an unknown or double name is asked about."""
    said = turn.text(field)
    if said is None:
        return ()
    names = split_people(said)
    if len(names) > _MOST_PEOPLE:
        raise ask_for(turn, field)
    found = [await the_person(turn, field, name) for name in names]
    return tuple(dict.fromkeys(found))


async def the_person(turn: Turn, field: str, said: str) -> int:
    """One of the school's people, by name, sound or title."""
    key = f"{field}:{said}"
    if isinstance(picked := turn.pick(key), int):
        return picked
    found = await people_called(said)
    if len(found) == 1:
        return found[0]
    options = tuple(Option("person", person) for person in found or await _near_people(said))
    typed = turn.echo.keep(said)
    if found:
        raise Question(
            ChoiceAsked(field=field, options=options, typed=typed, understood=turn.understood()),
            key,
            options,
        )
    notice = DidYouMean(
        what="person", typed=typed, options=options, field=field, understood=turn.understood()
    )
    raise Question(notice, key, options)


async def _near_people(said: str) -> list[int]:
    names = await all_names() if len(said) <= LONGEST_NAME else {}
    best = process.extract(said, names, limit=3, score_cutoff=_NEAR)
    return [person for _name, _score, person in best]


async def without_note(turn: Turn, field: str, said: str) -> str:
    """李梅 of 李梅谈了排课, where the whole is nobody's name."""
    if len(said) <= _LONGEST_NAME or await people_called(said):
        return said
    for length in range(_LONGEST_NAME, 1, -1):
        if len(await people_called(said[:length])) == 1:
            turn.filling.put(field, said[:length])
            put_note(turn, said[length:], *turn.filling.texts.get("text", []))
            return said[:length]
    return said
