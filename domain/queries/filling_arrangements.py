"""What is arranged for a leader, filled in for its reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.house import house
from domain.models import Arrangement
from domain.notices import arrangements
from domain.notices.base import Notice
from domain.notices.values import UnitRef
from domain.notices.views import Child, View
from domain.notices.views_talks import (
    ArrangedSeen,
    ArrangementSeen,
    ArrangementsSeen,
    NotYourLeaderSeen,
)
from domain.queries.arrangements import stand_in
from domain.queries.filling import base, with_recorded
from domain.queries.people import reached
from domain.queries.scope import Eyes
from domain.queries.talks import target_of_place


async def arranged(number: int, eyes: Eyes) -> ArrangedSeen:
    """One of them: whoever is to go may know whom they will see, and both sides what was noted."""
    row = await Arrangement.get(id=number).prefetch_related("key")
    person = eyes.standing.person if eyes.standing is not None else None
    away, deputy = await stand_in(row.leader_id, row.day)
    goes = person is not None and person in (row.leader_id, deputy)
    child = await _child(row, eyes, own=goes)
    own = goes or person == row.arranged_by_id
    target = await target_of_place(row.unit_id, row.school_class_id, eyes.today, own=own)
    place = UnitRef(unit=row.unit_id, school_class=row.school_class_id)
    return ArrangedSeen(
        arrangement=number,
        leader=await eyes.person(row.leader_id) or "*",
        by=await eyes.person(row.arranged_by_id) or "*",
        day=row.day,
        matter=row.kind,
        unit=await eyes.unit(place) if place != UnitRef() else None,
        student=child,
        note=await eyes.arranged_note(row, target),
        own=row.leader_id == row.arranged_by_id,
        visit=row.visit_id,
        talk=row.talk_id,
        called_off=row.called_off_at is not None,
        away=away,
        deputy=await eyes.person(deputy),
        standing_in=deputy is not None and person == deputy,
    )


async def _child(row: Arrangement, eyes: Eyes, *, own: bool) -> Child | None:
    return await eyes.child(row.student_id, own=own) if row.student_id is not None else None


async def _one(
    notice: Notice, eyes: Eyes, number: int, told: tuple[int, ...] = (), **more: Any
) -> ArrangementSeen:
    """What all notices about one of them have in common."""
    found = await arranged(number, eyes)
    return ArrangementSeen(
        **with_recorded(await base(notice, eyes), notice, {"text": found.note}),
        arrangement=number,
        arranged=found,
        today=eyes.today,
        told=await eyes.people(await reached(told)),
        no_account=not await reached((await _leader(number),)),
        **more,
    )


async def _leader(number: int) -> int:
    return int((await Arrangement.get(id=number)).leader_id)


async def arrangement_made(notice: arrangements.ArrangementMade, eyes: Eyes) -> View:
    told = (await _leader(notice.arrangement),) if notice.told else ()
    seen = await _one(notice, eyes, notice.arrangement, told)
    hour = house().plan.pace.bundle_at.strftime("%H:%M") if notice.reminded else None
    return replace(seen, reminded=hour)


async def twice(notice: arrangements.ArrangementTwice, eyes: Eyes) -> View:
    options = await eyes.options(notice.options)
    return await _one(notice, eyes, notice.arrangement, options=options)


async def told(
    notice: arrangements.VisitArranged
    | arrangements.ArrangedToday
    | arrangements.ArrangementShown
    | arrangements.LeaderAway,
    eyes: Eyes,
) -> View:
    return await _one(notice, eyes, notice.arrangement)


async def called_off(
    notice: arrangements.ArrangementCalledOff | arrangements.ArrangementRestored, eyes: Eyes
) -> View:
    return await _one(notice, eyes, notice.arrangement, notice.told)


async def visit_called_off(
    notice: arrangements.VisitCalledOff | arrangements.VisitOnAgain, eyes: Eyes
) -> View:
    return await _one(notice, eyes, notice.arrangement, by=await eyes.person(notice.by))


async def moved(notice: arrangements.ArrangementMoved, eyes: Eyes) -> View:
    seen = await _one(notice, eyes, notice.arrangement, notice.told)
    hour = house().plan.pace.bundle_at.strftime("%H:%M") if notice.reminded else None
    return replace(seen, reminded=hour, before=notice.before)


async def visit_moved(notice: arrangements.VisitMoved, eyes: Eyes) -> View:
    by = await eyes.person(notice.by)
    return await _one(notice, eyes, notice.arrangement, by=by, before=notice.before)


async def closed(notice: arrangements.ArrangementClosed, eyes: Eyes) -> View:
    return await _one(notice, eyes, notice.arrangement, moved=notice.moved)


async def shown(notice: arrangements.ArrangementsShown, eyes: Eyes) -> View:
    return ArrangementsSeen(
        **await base(notice, eyes),
        for_me=tuple([await arranged(one, eyes) for one in notice.for_me]),
        by_me=tuple([await arranged(one, eyes) for one in notice.by_me]),
        more=notice.more,
    )


async def not_your_leader(notice: arrangements.NotYourLeader, eyes: Eyes) -> View:
    return NotYourLeaderSeen(
        **await base(notice, eyes),
        person=await eyes.person(notice.person) or "*",
        leads=notice.leads,
        options=await eyes.options(notice.options),
    )
