"""A child whom the school's list doesn't know is recorded all the same, and marked."""

from __future__ import annotations

from commands.turn import Turn
from domain.actions.school import ChildListed, FamilyListed, add_family
from domain.notices.values import FieldSaid
from domain.queries.classes import ClassFound
from domain.queries.students import StudentFound, student_of


async def unlisted(turn: Turn, school_class: ClassFound) -> StudentFound:
    """The child as it was named, in that class, with a family of its own."""
    child = ChildListed(school_class.id, None, turn.last("student") or "")
    _, (student,) = await add_family(FamilyListed((child,), turn.today, listed=False))
    turn.settle(FieldSaid("student", "student", student))
    return await student_of(student)
