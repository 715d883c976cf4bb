"""Visits as a command needs them: found by number, by family and day; and whom to see next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.models import Student, Visit, VisitAnswer, Visitor
from domain.notices.looking import TodoItem, TodoReason
from domain.queries.arrangements import ArrangedVisit
from domain.queries.classes import ClassFound
from domain.queries.coverage import families_of, measure
from domain.rules.coverage import FamilyRecord, Measure, special_due, term_end
from domain.rules.policy import Target


@dataclass(frozen=True)
class VisitFound:
    """A visit by its number, with what rules ask of it."""

    id: int
    kind: str
    method: str
    result: str
    school_class: int | None
    student: int | None
    family: int | None
    day: date
    went: frozenset[int]
    recorded_by: int
    recorded_at: datetime
    undone_at: datetime | None


async def visit_of(number: int) -> VisitFound | None:
    """The visit of that number, be it taken back."""
    row = await Visit.get_or_none(id=number)
    if row is None:
        return None
    went = await Visitor.filter(visit_id=row.id).values_list("person_id", flat=True)
    return VisitFound(
        id=row.id,
        kind=row.kind,
        method=row.method,
        result=row.result,
        school_class=row.school_class_id,
        student=row.student_id,
        family=row.family_id,
        day=row.day,
        went=frozenset([row.recorded_by_id, *(int(str(person)) for person in went)]),
        recorded_by=row.recorded_by_id,
        recorded_at=row.recorded_at,
        undone_at=row.undone_at,
    )


async def same_visit(family: int, person: int, day: date) -> int | None:
    """The number of the visit that this person recorded of this family on this day."""
    visits = Visit.filter(family_id=family, recorded_by_id=person, day=day, undone_at__isnull=True)
    row = await visits.order_by("-id").first()
    return row.id if row else None


async def answered(visit: int) -> frozenset[str]:
    """The questions that have been answered for a visit."""
    answers = VisitAnswer.filter(visit_id=visit, undone_at__isnull=True)
    rows = await answers.order_by("id").values_list("question", flat=True)
    return frozenset(str(row) for row in rows)


def target_of(visit: VisitFound, grade: int | None, person: int) -> Target:
    """The visit as the policy asks about it."""
    return Target(grade=grade, school_class=visit.school_class, own=person in visit.went)


@dataclass(frozen=True)
class Todo:
    """Whom to see next; how many more there are, and how many were heard but not seen."""

    items: tuple[TodoItem, ...]
    more: int
    heard_only: int


async def todo_of(
    classes: Iterable[ClassFound],
    today: date,
    most: int,
    arranged: tuple[ArrangedVisit, ...] = (),
) -> Todo:
    """Whom to see next, what is arranged first.

    Special families past their interval first, then those past their three years, then the
    longest unvisited; at the very end those who were only phoned or declined in this campaign.
    """
    ids = [one.id for one in classes]
    numbers = measure(today, None)
    families = (await families_of(ids, today)).of(ids)
    known = {one.family for one in arranged}
    waiting = [
        family
        for family in families
        if family.family not in known and _why(family, numbers) is not None
    ]
    waiting.sort(key=lambda family: _order(family, numbers))
    first = tuple(one.item for one in arranged)[:most]
    shown = waiting[: most - len(first)]
    children = await _eldest_in(ids, [family.family for family in shown])
    items = tuple(_item(family, children[family.family], numbers) for family in shown)
    hidden = waiting[len(shown) :]
    return Todo(
        items=(*first, *items),
        more=len(arranged) - len(first) + sum(not _heard_only(one, numbers) for one in hidden),
        heard_only=sum(_heard_only(one, numbers) for one in waiting),
    )


def _heard_only(family: FamilyRecord, numbers: Measure) -> bool:
    return _why(family, numbers) in _LAST


def _why(family: FamilyRecord, numbers: Measure) -> TodoReason | None:
    if family.special and special_due(family, numbers) < numbers.today:
        return "special_due"
    if term_end(family, numbers) < numbers.today:
        return "term_over"
    if family.heard is not None:
        return None if family.heard == "visited" else family.heard
    return "never" if family.last is None else "longest"


# A phone call is no visit, and who declined may think again: but all others come first.
_LAST: tuple[TodoReason, ...] = ("by_phone", "refused")
_RANK: tuple[TodoReason | None, ...] = ("special_due", "term_over", "never", "longest", *_LAST)


def _order(family: FamilyRecord, numbers: Measure) -> tuple[int, date, int]:
    return (_RANK.index(_why(family, numbers)), family.last or family.joined_on, family.family)


def _item(family: FamilyRecord, student: int, numbers: Measure) -> TodoItem:
    why = _why(family, numbers)
    assert why is not None
    due = special_due(family, numbers) if why == "special_due" else None
    return TodoItem(student=student, why=why, last=family.last, due=due, special=family.special)


async def _eldest_in(classes: list[int], families: list[int]) -> dict[int, int]:
    """For each family the child by which it is named in these classes."""
    rows = await Student.filter(family_id__in=families, school_class_id__in=classes).order_by("-id")
    return {row.family_id: row.id for row in rows}
