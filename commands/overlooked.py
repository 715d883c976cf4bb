"""Looks once more at a note, which may say that nobody was met, who declined, how, or when.

A day, a method or a refusal counts where it stands alone. Inside a sentence it may be meant or
not, and what is recorded wrongly without a question is worse than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chat.words import languages, words
from commands.parsing.classes import class_at, parse_seat
from commands.parsing.dates import day_glued, day_last, parse_day
from commands.parsing.plain import plain
from commands.turn import Question, Turn
from domain.errors import Refusal
from domain.notices.asking import ChoiceAsked, Dropped
from domain.notices.refusals import DayInFuture, OneAtATime
from domain.notices.values import Option
from domain.queries.students import StudentFound, student_in_seat, students_called

NOT_MET = "not_met"
_PARTS = re.compile(r"[\s,，。;；!！、:：]+")
_FURTHER_SEAT = re.compile(r"(?:\d{1,3}\s*[、,，和 ]\s*)*\d{1,3}\s*号|[、,，]\s*\d")
_FURTHER_ROW = re.compile(r"[;；\n]\s*")
_AND = re.compile(r"^[和与跟及]")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,4}")
_SEAT_FIRST = re.compile(r"\d{1,3}\s*号(?=[\s,，、。:：;；]|\Z)")
_LONGEST_NAME = 4
# What follows a name where a sentence begins: the other child is only spoken of.
_TELLS_OF = "是的也和跟与说在给对把被让有"
# A method is looked for where people put it: at the beginning.
_BEGINNING = 10


def look_at_day(turn: Turn) -> None:
    """A day at the end of the note is the day; one that is glued to more is asked about."""
    text = _note_without(turn, "day")
    if text is None or _FURTHER_SEAT.match(plain(text)):
        return
    if last := day_last(text):
        turn.filling.put("day", last)
        return
    glued = day_glued(text)
    day = parse_day(glued, turn.today) if glued else None
    if day is None or day == turn.today:
        return
    if day > turn.today:
        notice = DayInFuture(day=day, today=turn.today, understood=turn.understood())
        raise Question(notice, "day")
    raise _asked(turn, "day", tuple(Option("day", one.isoformat()) for one in (day, turn.today)))


async def look_at_children(turn: Turn, student: StudentFound) -> None:
    """One visit is one family's: what names a further child is not swallowed as a note."""
    note = turn.text("text") or ""
    if _FURTHER_SEAT.match(plain(note)) or await _further_name(note, student):
        raise _one_at_a_time(turn)
    for text in _all_said(turn):
        for row in _FURTHER_ROW.split(text)[1:]:
            if await _further_family(turn, row, student):
                raise _one_at_a_time(turn)


def _one_at_a_time(turn: Turn) -> Refusal:
    return Refusal(OneAtATime(understood=turn.understood(recorded=False)))


def _all_said(turn: Turn) -> list[str]:
    """Whatever may have swallowed a further line."""
    texts = [one.name for one in turn.action.fields if one.type == "text"]
    return [said for name in texts for said in turn.texts(name)]


async def _further_name(text: str, student: StudentFound) -> bool:
    """Whether another child of the class stands first in a text."""
    first = _AND.sub("", _PARTS.split(text.strip())[0])
    if not _NAME.fullmatch(first):
        return False
    found = await students_called(first, student.school_class)
    return any(one.id != student.id for one in found)


async def _further_family(turn: Turn, row: str, student: StudentFound) -> bool:
    """Whether a further line begins with another child: by class, number or name, 家访 or not."""
    row = _without_command(turn, row)
    said = plain(row)
    if class_at(said, 0):
        return True
    if seat := _SEAT_FIRST.match(said):
        child = await student_in_seat(student.school_class, parse_seat(seat[0]) or 0)
        return child is not None and child.id != student.id
    return await _further_name(row, student) or await _glued_name(row, student)


def _without_command(turn: Turn, row: str) -> str:
    """家访 七3 李想: what looks like a command without its prefix."""
    row = row.strip()
    name = turn.lexicon.name_here.match(plain(row))
    return row[name.end() :].strip(" ,，:：") if name else row


async def _glued_name(row: str, student: StudentFound) -> bool:
    """李想开朗; but 李想是他的好友 tells of the child that was visited."""
    for length in range(_LONGEST_NAME, 1, -1):
        name, rest = row[:length], row[length:]
        if not rest or not _NAME.fullmatch(name) or rest[0] in _TELLS_OF:
            continue
        found = await students_called(name, student.school_class, sound=False)
        if any(one.id != student.id for one in found):
            return True
    return False


def look_at_result(turn: Turn) -> None:
    """Nobody met is no visit, while a refusal is one that counts as heard: so it is asked."""
    if turn.pick("result") == NOT_MET:
        raise Refusal(Dropped())
    text = _note_without(turn, "result")
    if text is None:
        return
    said = plain(text)
    alone = len([part for part in _PARTS.split(said) if part]) == 1
    declined = any(word in said for word in _words("choice.result.refused.words"))
    unmet = any(word in said for word in _words("reply.not_met.words")) or (
        alone and any(word in said for word in _words("reply.not_met_alone.words"))
    )
    if unmet or declined:
        met = Option("choice", "result.visited"), Option("choice", "result.refused")
        raise _asked(turn, "result", (*met, Option("word", NOT_MET)))


def look_at_method(turn: Turn) -> None:
    """微信聊的 was hardly at home."""
    text = _note_without(turn, "method")
    if text is None:
        return
    beginning = plain(text)[:_BEGINNING]
    field = turn.action.field("method")
    for method in field.choices if field else ():
        if method != "home" and any(one in beginning for one in _method_words(method)):
            values = f"method.{method}", "method.home"
            raise _asked(turn, "method", tuple(Option("choice", value) for value in values))


def _note_without(turn: Turn, field: str) -> str | None:
    """The note, unless the field it may speak of was said or picked."""
    return None if turn.last(field) or turn.pick(field) else turn.text("text")


def _asked(turn: Turn, field: str, options: tuple[Option, ...]) -> Question:
    notice = ChoiceAsked(field=field, options=options, understood=turn.understood(recorded=False))
    return Question(notice, field, options)


def _method_words(method: str) -> Iterator[str]:
    """Longer than one sign, and Chinese or whole English words at the beginning."""
    yield from (one for one in _words(f"choice.method.{method}.words") if len(one) > 1)
    yield from _words(f"reply.method.{method}.words")


@cache
def _words(key: str) -> tuple[str, ...]:
    spoken = (words(language) for language in languages())
    return tuple(plain(one) for each in spoken if each.has(key) for one in each.names(key))
