"""Arranges a leader's visit or talk, calls it off, and notes that it took place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tortoise.expressions import Q

from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.actions.sealing import key_of_family, sealed
from domain.actions.standing_in import absent_for, remind_on, stands_in
from domain.models import Arrangement, Speaker, Talk, Visit, Visitor
from domain.notices.arrangements import (
    VisitArranged,
    VisitCalledOff,
    VisitMoved,
    VisitOnAgain,
)
from domain.records import now, today
from domain.rules.arrangements import AROUND_DAYS
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class Planned:
    """What is arranged for `leader` on `day` (the school's date): a visit or a talk, and where."""

    leader: int
    by: int
    day: date
    matter: str
    unit: int | None = None
    school_class: int | None = None
    student: int | None = None
    family: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Arranged:
    """The number; whether the leader is told now, and once more on the morning of the day."""

    number: int
    told: bool
    reminded: bool


async def plan_visit(planned: Planned) -> Arranged:
    """Write it down, tell the leader now and remind them that morning."""
    key = await key_of_family(planned.family)
    seal = new_seal_id()
    row = await Arrangement.create(
        seal=seal,
        key_id=key.id,
        leader_id=planned.leader,
        arranged_by_id=planned.by,
        at=await now(),
        day=planned.day,
        kind=planned.matter,
        unit_id=planned.unit,
        school_class_id=planned.school_class,
        student_id=planned.student,
        note=sealed(planned.note, Arrangement, "note", seal, key) if planned.note else None,
    )
    told = planned.leader != planned.by
    if told:
        to = Address(person=planned.leader)
        await put(VisitArranged(arrangement=row.id), to, f"arrangement:{row.id}:arranged")
    reminded = await remind(row.id, planned.leader, planned.day)
    await note_deed(planned.by, "arrange.plan", row.id)
    return Arranged(row.id, told, reminded)


async def remind(number: int, leader: int, day: date) -> bool:
    """On the morning of the day; whether there will be one.

    Who hears of it on the day itself needs no second word; who stands in for the leader does.
    """
    coming = day > await today()
    if coming or await stands_in(leader, day):
        await remind_on(number, day)
    return coming


async def call_off(number: int, by: int) -> tuple[int, ...]:
    """Call off what is still open, and tell the other side; returns who was told."""
    return await end(number, by, await note_deed(by, "arrange.call_off", number))


async def end(number: int, by: int, deed: int) -> tuple[int, ...]:
    """It is off from now on, and nobody is reminded; tells the other side, returns whom."""
    await Arrangement.filter(id=number).update(called_off_at=await now())
    return await tell_others(VisitCalledOff(arrangement=number, by=by), by, f"deed:{deed}:off")


async def restore(number: int, by: int, deed: int) -> tuple[int, ...]:
    """It is on again, as if it had never been called off; tells the other side, returns whom."""
    await Arrangement.filter(id=number).update(called_off_at=None)
    row = await Arrangement.get(id=number)
    await remind(number, row.leader_id, row.day)
    return await tell_others(VisitOnAgain(arrangement=number, by=by), by, f"deed:{deed}:on")


async def tell_others(
    notice: VisitCalledOff | VisitOnAgain | VisitMoved, by: int, key: str
) -> tuple[int, ...]:
    """The leader and who arranged it, but not who did this; returns whom."""
    row = await Arrangement.get(id=notice.arrangement)
    others = tuple(one for one in dict.fromkeys((row.leader_id, row.arranged_by_id)) if one != by)
    for person in others:
        await put(notice, Address(person=person), f"{key}:{person}")
    return others


# --- what took place ----------------------------------------------------------------------


async def fulfil_by_visit(visit: Visit, went: Iterable[int]) -> None:
    """A visit to that family or class, on about that day, is the one that was arranged.

    Any arranged leader who `went` counts. Nobody is told: the leader knows, the list shows it.
    """
    if visit.family_id is None:
        return
    of_class = Q(student_id__isnull=True, school_class_id=visit.school_class_id)
    # Siblings are one family.
    place = Q(student__family_id=visit.family_id) | of_class
    await _fulfil(went, "visit", visit.day, place, visit_id=visit.id)


async def fulfil_by_talk(talk: Talk, held: Iterable[int]) -> None:
    """The same for a talk: one whose place wasn't said may be in any."""
    place = Q(unit_id__isnull=True, school_class_id__isnull=True)
    if talk.school_class_id is not None:
        place |= Q(school_class_id=talk.school_class_id)
    elif talk.unit_id is not None:
        place |= Q(unit_id=talk.unit_id)
    else:
        place = Q()
    await _fulfil(held, "talk", talk.day, place, talk_id=talk.id)


async def _fulfil(people: Iterable[int], matter: str, day: date, place: Q, **by: int) -> None:
    """For each of these people the one for that very child, else the nearest to the day.

    Who stood in that day did it for the leader.
    """
    around, went = timedelta(days=AROUND_DAYS), list(people)
    found = await Arrangement.filter(
        place,
        kind=matter,
        day__range=(day - around, day + around),
        called_off_at__isnull=True,
        visit_id__isnull=True,
        talk_id__isnull=True,
    ).order_by("id")
    theirs = set(went)
    if any(row.leader_id not in theirs for row in found):
        theirs.update(await absent_for(went, day))
    found = [row for row in found if row.leader_id in theirs]
    best_last = sorted(found, key=lambda row: (row.student_id is not None, -abs(row.day - day)))
    for row in {row.leader_id: row for row in best_last}.values():
        await Arrangement.filter(id=row.id).update(**by)


async def match_anew(number: int) -> None:
    """A visit that was put right may be of another day, child or leader than it fulfilled."""
    await reopen(visit_id=number)
    went = await Visitor.filter(visit_id=number).order_by("id")
    await fulfil_by_visit(await Visit.get(id=number), [one.person_id for one in went])


async def match_talk_anew(number: int) -> None:
    """The same for a talk that was put right."""
    await reopen(talk_id=number)
    held = await Speaker.filter(talk_id=number).order_by("id")
    await fulfil_by_talk(await Talk.get(id=number), [one.person_id for one in held])


async def reopen(**which: Any) -> None:
    """What a visit or talk that is taken back (`which`, by column) had fulfilled is to come."""
    for row in await Arrangement.filter(**which).order_by("id"):
        await Arrangement.filter(id=row.id).update(visit_id=None, talk_id=None)
        if row.called_off_at is None:
            await remind(row.id, row.leader_id, row.day)
