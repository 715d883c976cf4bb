"""A visit or a talk that was said by its number, when it is the asker's to speak of."""

from __future__ import annotations

from collections.abc import Callable

from commands.of_others import (
    may_fix_talk,
    sees_talk,
    sees_visit,
    talk_of_others,
    visit_of_others,
)
from commands.parsing.record_numbers import number_behind, visit_number
from commands.settling import ask_for
from commands.turn import Turn
from domain.errors import Refusal
from domain.notices.refusals import NumberUnknown, VisitUnknown
from domain.notices.undoing import VisitTakenBack
from domain.notices.values import FieldSaid
from domain.queries.classes import class_of
from domain.queries.talks import talk_of
from domain.queries.visits import VisitFound, visit_of

# Whether the asker may do it with that visit, of that grade.
Allowed = Callable[[Turn, VisitFound, int | None], bool]


async def the_visit(turn: Turn, allowed: Allowed) -> VisitFound:
    """The visit, if the asker is allowed at it; one that was taken back is refused.

    Who may see it and no more hears whose it is; for all others there is no such number.
    """
    number = visit_number(turn.last("visit") or "")
    if number is None:
        raise ask_for(turn, "visit")
    turn.settle(FieldSaid("visit", "plain", number))
    visit = await visit_of(number)
    grade = await grade_of_visit(turn, visit)
    may = visit is not None and allowed(turn, visit, grade)
    if visit is None or not (may or sees_visit(turn, visit, grade)):
        raise Refusal(VisitUnknown(number=number, understood=turn.understood()))
    if visit.undone_at is not None:
        undone = VisitTakenBack(visit=number, at=visit.undone_at, understood=turn.understood())
        raise Refusal(undone)
    if not may:
        raise visit_of_others(turn, visit, grade)
    return visit


async def grade_of_visit(turn: Turn, visit: VisitFound | None) -> int | None:
    """The grade of the visited child's class, as of today."""
    if visit is None or visit.school_class is None:
        return None
    return (await class_of(visit.school_class, turn.today)).name.grade


async def the_talk(turn: Turn) -> int:
    """The number of the talk that is to be put right, likewise."""
    number = number_behind("T", turn.last("talk_number") or "")
    if number is None:
        raise ask_for(turn, "talk_number")
    turn.settle(FieldSaid("talk_number", "plain", number))
    talk = await talk_of(number)
    if talk is not None and await may_fix_talk(turn, talk):
        return number
    if talk is not None and await sees_talk(turn, talk):
        raise await talk_of_others(turn, talk)
    raise Refusal(NumberUnknown(letter="T", number=number, understood=turn.understood()))
