"""Tells apart the names in an arrangement: the leader, a child, a department, or plain words."""

from __future__ import annotations

import re
from functools import cache

from chat.words import languages, words
from commands.parsing.classes import parse_class, parse_seat
from commands.parsing.plain import plain
from commands.parsing.values import like_a_name
from commands.sorting import is_a_unit
from commands.turn import Turn
from domain.queries.arrangements import usual_leader
from domain.queries.people import people_called
from domain.queries.students import students_called

_LIKE_A_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")


async def sort_names(turn: Turn) -> None:
    """Names look alike; whom they are found to be tells which field each belongs to."""
    await _leader(turn)
    student = turn.last("student")
    if student is None or turn.pick("student") is not None or parse_seat(student) is not None:
        return
    if turn.last("unit") is None and await is_a_unit(student):
        turn.filling.put("unit", student)
        del turn.filling.texts["student"]
    elif _no_class(turn) and not await students_called(student, None):
        # 周五 七年级 开家长会: a child is named with its class, or found in the school.
        turn.filling.put("text", student, *turn.filling.texts.get("text", []))
        del turn.filling.texts["student"]


async def _leader(turn: Turn) -> None:
    """我 is whoever asks; where the leader goes without saying, one may begin with the child."""
    said = turn.last("leader")
    if said is None or turn.pick("leader") is not None:
        return
    first, *more = turn.filling.texts["leader"]
    if more and turn.last("student") is None:
        # 七3 王小明 领导：蔡平: what stood in the leader's place is the child.
        turn.filling.put("leader", *more)
        turn.filling.put("student", first)
    elif plain(said).strip() in _me():
        turn.filling.picks["leader"] = turn.asker.person
    elif not await people_called(said) and await usual_leader(turn.asker.standing, turn.today):
        await _no_leader(turn, said)


async def _no_leader(turn: Turn, said: str) -> None:
    """A child, or a word of the note; whatever may be a name that was mistyped is asked about."""
    student, texts = turn.last("student"), turn.filling.texts.get("text", [])
    if student is None:
        turn.filling.put("student", said)
    elif await students_called(student, None) and _LIKE_A_NAME.fullmatch(said):
        # The child is said, so this was to be the leader.
        return
    elif parse_seat(student) is None and await students_called(said, None):
        turn.filling.put("student", said)
        turn.filling.put("text", student, *texts)
    elif not like_a_name(said):
        turn.filling.put("text", said, *texts)
    else:
        return
    del turn.filling.texts["leader"]


def _no_class(turn: Turn) -> bool:
    """Whether no one class was said, or it is for a talk, where words come as they like."""
    talk = turn.lexicon.choice("matter", turn.last("matter") or "") == "talk"
    return talk or not said_at_all(turn, "class_") or grade_only(turn)


def grade_only(turn: Turn) -> bool:
    """Whether a whole grade stands in the class's place."""
    said = turn.last("class_") if turn.pick("class_") is None else None
    read = parse_class(said) if said is not None else None
    return read is not None and read.number is None


def said_at_all(turn: Turn, field: str) -> bool:
    """Whether a field was typed or picked."""
    return turn.last(field) is not None or turn.pick(field) is not None


@cache
def _me() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.me.words"))
