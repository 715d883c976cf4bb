"""A visit that was said by its number, when it is the asker's to speak of."""

from __future__ import annotations

from collections.abc import Callable

from commands.parsing.values import visit_number
from commands.settling import ask_for
from commands.turn import Turn
from domain.errors import Refusal
from domain.notices.refusals import VisitUnknown
from domain.notices.undoing import VisitTakenBack
from domain.notices.values import FieldSaid
from domain.queries.classes import class_of
from domain.queries.visits import VisitFound, visit_of

# Whether the asker may do it with that visit, of that grade.
Allowed = Callable[[Turn, VisitFound, int | None], bool]


async def the_visit(turn: Turn, allowed: Allowed) -> VisitFound:
    """The visit, if the asker is allowed at it; one that was taken back is refused."""
    number = visit_number(turn.last("visit") or "")
    if number is None:
        raise ask_for(turn, "visit")
    turn.settle(FieldSaid("visit", "plain", number))
    visit = await visit_of(number)
    if visit is None or not allowed(turn, visit, await _grade(turn, visit)):
        raise Refusal(VisitUnknown(number=number, understood=turn.understood()))
    if visit.undone_at is not None:
        undone = VisitTakenBack(visit=number, at=visit.undone_at, understood=turn.understood())
        raise Refusal(undone)
    return visit


async def _grade(turn: Turn, visit: VisitFound) -> int | None:
    if visit.school_class is None:
        return None
    return (await class_of(visit.school_class, turn.today)).name.grade
