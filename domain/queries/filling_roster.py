"""Changes of the roster, filled in for their reader: the names of colleagues are no secret."""

from __future__ import annotations

from domain.house import SCHOOL_TIME
from domain.models import Account, RosterChange
from domain.notices import leaves, roster, roster_looking, views_roster
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.roster_history import undone_among
from domain.queries.scope import Eyes

_SeatNotice = roster.SeatChanged | roster.SeatGiven | roster.SeatTaken | roster.SeatTold


async def seat_changed(notice: _SeatNotice, eyes: Eyes) -> View:
    rows = await RosterChange.filter(id__in=notice.changes).order_by("id")
    given = {row.person_id for row in rows if row.action != "remove" and row.person_id is not None}
    told = notice.told if isinstance(notice, roster.SeatChanged) else ()
    reached = await Account.filter(person_id__in=given).values_list("person_id", flat=True)
    unreached = given - {int(str(one)) for one in reached}
    return views_roster.SeatChangedSeen(
        **await base(notice, eyes),
        changes=tuple([await change_seen(row, eyes) for row in rows]),
        today=eyes.today,
        told=await eyes.people(told),
        unreached=await eyes.people(tuple(unreached)),
    )


async def change_seen(
    row: RosterChange, eyes: Eyes, *, undone: bool = False
) -> views_roster.ChangeSeen:
    placed = row.unit_id is not None or row.school_class_id is not None
    return views_roster.ChangeSeen(
        action=row.action,
        day=row.at.astimezone(SCHOOL_TIME).date(),
        person=await eyes.person(row.person_id),
        role=row.role,
        unit=await eyes.unit(UnitRef(row.unit_id, row.school_class_id)) if placed else None,
        before=await eyes.person(row.before_id),
        deputy=await eyes.person(row.deputy_id),
        since=row.since,
        until=row.until,
        by=await eyes.person(row.by_id),
        undone=undone,
    )


async def seat_occupied(notice: roster.SeatOccupied, eyes: Eyes) -> View:
    return views_roster.SeatAskedSeen(
        **await base(notice, eyes),
        role=notice.role,
        unit=await eyes.unit(notice.place),
        holders=await eyes.people(notice.holders),
        options=await eyes.options(notice.options),
    )


async def seat_refused(notice: roster.SeatRefused, eyes: Eyes) -> View:
    return views_roster.SeatAskedSeen(
        **await base(notice, eyes),
        role=notice.role,
        unit=await eyes.unit(notice.place or UnitRef()),
        holders=await eyes.people(notice.holders),
        why=notice.why,
        person=await eyes.person(notice.person),
        since=notice.since,
        today=eyes.today,
    )


async def days_unreadable(notice: roster.DaysUnreadable, eyes: Eyes) -> View:
    typed = await eyes.typed(notice.typed)
    return views_roster.DaysSeen(
        **await base(notice, eyes), field=notice.field, today=notice.today, typed=typed
    )


async def day_gone(notice: roster.DayGone, eyes: Eyes) -> View:
    return views_roster.DaysSeen(
        **await base(notice, eyes), field=notice.field, today=notice.today, day=notice.day
    )


# --- leaves -------------------------------------------------------------------------------

_LeaveNotice = (
    leaves.LeaveNoted | leaves.LeaveTold | leaves.DeputyNamed | leaves.LeaveEnded | leaves.LeaveOver
)


async def leave_seen(notice: _LeaveNotice, eyes: Eyes) -> View:
    row = await RosterChange.get(id=notice.change)
    receipt = notice if isinstance(notice, leaves.LeaveNoted | leaves.LeaveEnded) else None
    passing = notice if isinstance(notice, leaves.LeaveNoted | leaves.LeaveTold) else None
    deputy = {row.deputy_id} - {None}
    if await Account.filter(person_id__in=deputy).exists():
        deputy = set()
    return views_roster.LeaveSeen(
        **await base(notice, eyes),
        change=await change_seen(row, eyes),
        today=eyes.today,
        told=await eyes.people(receipt.told if receipt else ()),
        passed_to=await eyes.person(passing.passed_to if passing else None),
        covers=await eyes.people(notice.covers if isinstance(notice, leaves.LeaveNoted) else ()),
        unreached=await eyes.people(tuple(one for one in deputy if one is not None)),
    )


async def leave_refused(notice: leaves.LeaveRefused | leaves.LeaveNotYours, eyes: Eyes) -> View:
    refused = notice if isinstance(notice, leaves.LeaveRefused) else None
    return views_roster.LeaveRefusedSeen(
        **await base(notice, eyes),
        why=refused.why if refused else "",
        person=await eyes.person(notice.person),
        deputy=await eyes.person(refused.deputy if refused else None),
        since=refused.since if refused else None,
        until=refused.until if refused else None,
    )


# --- looking ------------------------------------------------------------------------------


async def roster_checked(
    notice: roster_looking.RosterChecked | roster_looking.RosterPreflight, eyes: Eyes
) -> View:
    findings = [
        views_roster.FindingSeen(
            kind=one.kind,
            units=tuple([await eyes.unit(place) for place in one.places]),
            people=await eyes.people(one.people),
            role=one.role,
            since=one.since,
            until=one.until,
            problems=one.problems,
        )
        for one in notice.findings
    ]
    return views_roster.RosterCheckedSeen(**await base(notice, eyes), findings=tuple(findings))


async def roster_history(notice: roster_looking.RosterHistory, eyes: Eyes) -> View:
    rows = await RosterChange.filter(id__in=notice.changes).order_by("-id")
    undone = await undone_among(notice.changes)
    firsts = [
        views_roster.FirstSeatSeen(
            person=await eyes.person(one.person),
            role=one.role,
            unit=await eyes.unit(one.place),
            since=one.since,
            until=one.until,
        )
        for one in notice.firsts
    ]
    return views_roster.RosterHistorySeen(
        **await base(notice, eyes),
        changes=tuple([await change_seen(row, eyes, undone=row.id in undone) for row in rows]),
        more=notice.more,
        today=eyes.today,
        unit=await eyes.unit(notice.place) if notice.place else None,
        person=await eyes.person(notice.person),
        firsts=tuple(firsts),
    )


_UndoneNotice = roster.RosterUndone | roster.RosterUndoneTold | roster.RosterMovedOn


async def roster_undone(notice: _UndoneNotice, eyes: Eyes) -> View:
    rows = await RosterChange.filter(id__in=notice.changes).order_by("id")
    told = notice.told if isinstance(notice, roster.RosterUndone) else ()
    by = notice.by if isinstance(notice, roster.RosterUndoneTold) else None
    return views_roster.RosterUndoneSeen(
        **await base(notice, eyes),
        changes=tuple([await change_seen(row, eyes) for row in rows]),
        today=eyes.today,
        told=await eyes.people(told),
        by=await eyes.person(by),
    )
