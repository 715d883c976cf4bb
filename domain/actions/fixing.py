"""Puts a visit right where it was recorded wrongly; what stood there before is kept and shows.

The family's own words are no part of this: they are never edited. Nor is a clock: the day on which
words were heard, which is when their fifteen days begin, stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.actions.arrangements import match_anew
from domain.actions.deeds import note_deed
from domain.actions.fixing_parts import Changed, fix_child, fix_code, fix_companions, fix_text
from domain.actions.moving_visits import Child
from domain.actions.outbox import Address, put
from domain.actions.visit_parts import share, standing_visit
from domain.models import Visit, Visitor
from domain.notices.fixing import VisitFixedShared
from domain.notices.visits import VisitShared


@dataclass(frozen=True)
class Fix:
    """What a visit should say: only what is named is changed.

    `codes` are kind, method, result, day (a date) and teacher (an id), by name. `texts` go by
    their column or question; None takes the text out. `companions` are all who went along.
    """

    visit: int
    by: int
    codes: Mapping[str, Any] = field(default_factory=dict)
    child: Child | None = None
    companions: tuple[int, ...] | None = None
    texts: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class FixKept:
    """The deed, the corrections by their numbers, and those who are told."""

    deed: int
    corrections: tuple[int, ...]
    told: tuple[int, ...]


async def fix_visit(fix: Fix) -> FixKept | None:
    """Put it right and tell those whose visit it is; None when it says all that already.

    Raises Refusal when the visit was taken back.
    """
    visit = await standing_visit(fix.visit)
    before = await _whose(visit)
    changed = Changed(by=fix.by)
    for name, value in fix.codes.items():
        await fix_code(visit, name, value, changed)
    if fix.child is not None:
        await fix_child(visit, fix.child, changed)
    if fix.companions is not None:
        await fix_companions(visit, fix.companions, changed)
    for name, text in fix.texts.items():
        await fix_text(visit, name, text, changed)
    if not changed.corrections:
        return None
    await match_anew(visit.id)
    deed = await note_deed(fix.by, "visit.fix", visit.id, **changed.details())
    told = await _tell(visit, fix.by, deed, before, changed.joined)
    return FixKept(deed, tuple(changed.corrections), told)


async def _whose(visit: Visit) -> list[int]:
    """Who recorded it, and who went along."""
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    return list(dict.fromkeys([visit.recorded_by_id, *(one.person_id for one in went)]))


async def _tell(
    visit: Visit, by: int, deed: int, before: list[int], joined: list[int]
) -> tuple[int, ...]:
    """Those who knew of it hear what was corrected; who is new there, that they went along."""
    told = [one for one in before if one != by]
    for person in told:
        notice = VisitFixedShared(visit=visit.id, by=by, deed=deed)
        await put(notice, Address(person=person), f"deed:{deed}:fixed:{person}")
    await share(VisitShared(visit=visit.id, by=by), [one for one in joined if one != by], deed)
    return tuple(told)
