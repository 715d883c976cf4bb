"""What is said about newcomers and accounts, filled in for its reader."""

from __future__ import annotations

from domain.notices import newcomers, views_newcomers
from domain.notices.values import UnitRef
from domain.notices.views import SeatSeen, UnitName, View
from domain.queries.filling import base
from domain.queries.people import standing_of
from domain.queries.scope import Eyes
from domain.rules.policy import Held

# --- to the newcomer ----------------------------------------------------------------------


async def name_asked(notice: newcomers.NameAsked, eyes: Eyes) -> View:
    return views_newcomers.NameAskedSeen(
        **await base(notice, eyes),
        group=notice.group,
        again=notice.again,
        late=notice.late,
        kept=notice.kept,
    )


async def newcomer_waits(notice: newcomers.NewcomerWaits, eyes: Eyes) -> View:
    seen = await base(notice, eyes)
    return views_newcomers.NameAskedSeen(**seen, kept=notice.kept, again=notice.again)


async def newcomer_welcome(notice: newcomers.NewcomerWelcome, eyes: Eyes) -> View:
    return views_newcomers.WelcomeSeen(
        **await base(notice, eyes),
        person=await eyes.person(notice.person) or "*",
        by=await eyes.person(notice.by) or "*",
        unit=await _unit(notice.unit, eyes),
        kept=notice.kept,
    )


async def not_let_in(notice: newcomers.NotLetIn, eyes: Eyes) -> View:
    return views_newcomers.NotLetInSeen(**await base(notice, eyes), again_on=notice.again_on)


# --- to who confirms ----------------------------------------------------------------------


async def newcomer_asks(notice: newcomers.NewcomerAsks, eyes: Eyes) -> View:
    knock = await eyes.newcomer(notice.newcomer)
    return views_newcomers.NewcomerAsksSeen(
        **await base(notice, eyes),
        newcomer=notice.newcomer,
        name=knock.name,
        platform=knock.platform,
        in_group=knock.in_group,
        unit=await _unit(knock.unit, eyes),
        people=tuple([await _candidate(one, eyes) for one in notice.people]),
        rebind=notice.rebind,
        settled=knock.settled,
    )


async def _candidate(person: int, eyes: Eyes) -> views_newcomers.CandidateSeen:
    held = (await standing_of(person, eyes.today)).seats
    return views_newcomers.CandidateSeen(
        person=person,
        name=await eyes.person(person) or "*",
        seats=tuple([await _seat(seat, eyes) for seat in held if seat.for_person is None]),
    )


async def _seat(seat: Held, eyes: Eyes) -> SeatSeen:
    where = UnitRef(unit=seat.unit, school_class=seat.school_class)
    return SeatSeen(role=seat.role, unit=await eyes.unit(where), for_person=None)


async def newcomer_let_in(notice: newcomers.NewcomerLetIn, eyes: Eyes) -> View:
    standing = await standing_of(notice.person, eyes.today)
    return views_newcomers.NewcomerSeen(
        **await base(notice, eyes),
        newcomer=notice.newcomer,
        person=await eyes.person(notice.person) if eyes.private else None,
        unit=await _unit(notice.unit, eyes),
        kept=notice.kept,
        rebound=notice.rebound,
        let_in=True,
        seatless=not standing.seats,
    )


async def newcomer_declined(notice: newcomers.NewcomerDeclined, eyes: Eyes) -> View:
    return views_newcomers.NewcomerSeen(**await base(notice, eyes), newcomer=notice.newcomer)


async def newcomer_settled(notice: newcomers.NewcomerSettled, eyes: Eyes) -> View:
    return views_newcomers.NewcomerSeen(
        **await base(notice, eyes),
        newcomer=notice.newcomer,
        by=await eyes.person(notice.by),
        let_in=notice.let_in,
    )


async def newcomer_gone(notice: newcomers.NewcomerGone, eyes: Eyes) -> View:
    return views_newcomers.NewcomerSeen(**await base(notice, eyes), newcomer=notice.newcomer)


# --- binding by hand ----------------------------------------------------------------------


async def only_by(notice: newcomers.OnlyBy, eyes: Eyes) -> View:
    return views_newcomers.OnlyBySeen(
        **await base(notice, eyes),
        what=notice.what,
        who=notice.who,
        # In a group it would tell who the newcomer says they are.
        person=await eyes.person(notice.person) if eyes.private else None,
        unit=await _unit(notice.unit, eyes),
    )


async def account_bound(notice: newcomers.AccountBound, eyes: Eyes) -> View:
    return views_newcomers.AccountSeen(
        **await base(notice, eyes),
        person=await eyes.person(notice.person),
        platform=notice.platform,
        already=notice.already,
        kept=notice.kept,
        rebound=notice.rebound,
    )


async def account_bound_for_you(notice: newcomers.AccountBoundForYou, eyes: Eyes) -> View:
    by = await eyes.person(notice.by)
    return views_newcomers.AccountSeen(**await base(notice, eyes), by=by, platform=notice.platform)


async def rebind_asked(notice: newcomers.RebindAsked, eyes: Eyes) -> View:
    return views_newcomers.AccountSeen(
        **await base(notice, eyes),
        person=await eyes.person(notice.person),
        holder=await eyes.person(notice.holder),
        platform=notice.platform,
        options=await eyes.options(notice.options),
    )


async def platform_unknown(notice: newcomers.PlatformUnknown, eyes: Eyes) -> View:
    seen = await base(notice, eyes)
    return views_newcomers.AccountSeen(**seen, platforms=notice.platforms)


async def room_bound(notice: newcomers.RoomBound | newcomers.RoomBoundForYou, eyes: Eyes) -> View:
    by = notice.by if isinstance(notice, newcomers.RoomBoundForYou) else None
    return views_newcomers.RoomSeen(
        **await base(notice, eyes),
        unit=await _unit(notice.unit, eyes),
        before=await _unit(notice.before, eyes),
        already=isinstance(notice, newcomers.RoomBound) and notice.already,
        by=await eyes.person(by),
    )


async def room_shown(notice: newcomers.RoomShown, eyes: Eyes) -> View:
    return views_newcomers.RoomSeen(**await base(notice, eyes), unit=await _unit(notice.unit, eyes))


async def not_in_group(notice: newcomers.NotInGroup, eyes: Eyes) -> View:
    return views_newcomers.RoomSeen(**await base(notice, eyes), unit=await _unit(notice.unit, eyes))


async def _unit(unit: int | None, eyes: Eyes) -> UnitName | None:
    return await eyes.unit(UnitRef(unit=unit)) if unit is not None else None
