"""A number behind a child's name: its number in class where that fits, else a day (12号)."""

from __future__ import annotations

from commands.parsing.classes import parse_seat
from commands.parsing.dates import parse_day
from commands.turn import Question, Turn
from domain.notices.asking import ChoiceAsked
from domain.notices.values import Option
from domain.queries.classes import ClassFound
from domain.queries.students import StudentFound, student_in_seat, students_called


async def look_at_number(turn: Turn, school_class: ClassFound | None) -> None:
    """七3 王小明 12号: of two of one name it tells which; what can be no day is asked about."""
    said = turn.filling.texts.get("student", [])
    if len(said) != 2 or parse_seat(said[0]) is not None or parse_seat(said[1]) is None:
        return
    name, number = said
    turn.filling.put("student", name)
    in_seat = school_class and await student_in_seat(school_class.id, parse_seat(number) or 0)
    called = await students_called(name, school_class.id) if school_class else ()
    if in_seat and in_seat in called:
        turn.filling.put("student", number)
        return
    day = parse_day(number, turn.today)
    if day is not None and (day <= turn.today or (called and not in_seat)):
        turn.filling.put("day", number)
    elif called and in_seat:
        raise _which(turn, (*called, in_seat))


def _which(turn: Turn, children: tuple[StudentFound, ...]) -> Question:
    options = tuple(Option("student", child.id) for child in children)
    notice = ChoiceAsked(
        field="student", options=options, understood=turn.understood(recorded=False)
    )
    return Question(notice, "student", options)
