"""Takes back a visit, or what was added to one: it is kept, and counts nowhere any more."""

from __future__ import annotations

from collections.abc import Iterable

from domain.actions.arrangements import reopen
from domain.actions.outbox import Address, put
from domain.actions.taking_back import take_back_problems
from domain.errors import Refusal
from domain.models import (
    Deed,
    Visit,
    VisitAnswer,
    Visitor,
    Voice,
)
from domain.notices.base import Notice
from domain.notices.undoing import UndoBuiltOn, Undone, VisitUndone, VisitUndoneShared

ADD, FIX, VOID = "visit.add", "visit.fix", "visit.void"


async def undo_visit(deed: Deed) -> Notice:
    """The visit, its answers and its words count no more; what was arranged is open again.

    Its problems are withdrawn. Refused once somebody else has added to it or corrected it, or has
    moved a problem of it.
    """
    visit = await Visit.select_for_update().get(id=deed.record_id)
    await built_on_by_nobody(deed, ADD, FIX, VOID)
    voices = await _voices_of(visit.id)
    await _problems_back(deed, visit.id, voices)
    undone = {"undone_at": deed.undone_at}
    await Visit.filter(id=visit.id).update(**undone)
    await VisitAnswer.filter(visit_id=visit.id, undone_at__isnull=True).update(**undone)
    await Voice.filter(visit_id=visit.id, undone_at__isnull=True).update(**undone)
    await reopen(visit_id=visit.id)
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    told = await _tell(deed, (one.person_id for one in went), what="visit")
    return VisitUndone(visit=visit.id, told=told)


async def undo_addition(deed: Deed) -> Notice:
    """What was added is as if it had never been; the visit itself stays.

    The problems of requests that were added are withdrawn. Refused once somebody else has
    corrected the visit, or has moved one of these.
    """
    parts, number = deed.details, deed.record_id
    assert number is not None
    await built_on_by_nobody(deed, FIX, VOID)
    await _problems_back(deed, number, parts["voices"])
    answers = await VisitAnswer.filter(id__in=parts["answers"]).order_by("id")
    undone = {"undone_at": deed.undone_at}
    await VisitAnswer.filter(id__in=parts["answers"]).update(**undone)
    await Voice.filter(id__in=parts["voices"]).update(**undone)
    if parts["columns"]:
        await Visit.filter(id=number).update(**dict.fromkeys(parts["columns"]))
    await Visitor.filter(visit_id=number, person_id__in=parts["visitors"]).delete()
    await reopen(visit_id=number, leader_id__in=parts["visitors"])
    told = await _tell(deed, parts["visitors"], what="along")
    names = [*parts["columns"], *(one.question for one in answers)]
    names += ["words"] * bool(parts["voices"]) + ["companions"] * bool(parts["visitors"])
    return VisitUndone(visit=number, parts=tuple(dict.fromkeys(names)), told=told)


async def _voices_of(visit: int) -> list[int]:
    return [one.id for one in await Voice.filter(visit_id=visit, undone_at__isnull=True)]


async def built_on_by_nobody(deed: Deed, *kinds: str) -> None:
    """Nobody else has done anything with it since; one's own later deeds are taken back first."""
    later = Deed.filter(
        kind__in=kinds, record_id=deed.record_id, id__gt=deed.id, undone_at__isnull=True
    )
    others = await later.exclude(person_id=deed.person_id).order_by("id")
    if others:
        assert deed.record_id is not None
        by = tuple(dict.fromkeys(one.person_id for one in others))
        raise Refusal(UndoBuiltOn(visit=deed.record_id, by=by))


async def _problems_back(deed: Deed, visit: int, voices: Iterable[int]) -> None:
    """What became of the words is withdrawn with them, and what danger was read in a note."""
    rows = await Voice.filter(id__in=list(voices), problem_id__isnull=False).order_by("id")
    numbers = [row.problem_id for row in rows if row.problem_id is not None]
    numbers = list(dict.fromkeys([*numbers, *deed.details.get("problems", ())]))
    built_on: dict[int, Notice] = {one: UndoBuiltOn(visit=visit, problem=one) for one in numbers}
    await take_back_problems(numbers, deed.person_id, built_on)
    await Voice.filter(problem_id__in=numbers).update(undone_at=deed.undone_at)


async def _tell(deed: Deed, people: Iterable[int], *, what: Undone) -> tuple[int, ...]:
    """Tell those who had been told of it; who they are."""
    others = [one for one in people if one != deed.person_id]
    assert deed.record_id is not None
    for person in others:
        notice = VisitUndoneShared(visit=deed.record_id, by=deed.person_id, what=what)
        await put(notice, Address(person=person), f"deed:{deed.id}:undone:{person}")
    return tuple(others)
