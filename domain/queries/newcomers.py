"""Who waits to be let in, what they said, and who may say that it is them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.expressions import Q

from domain.models import Account, Leave, Newcomer
from domain.queries.opening import opened
from domain.queries.people import all_names, holders_of, seats_on, standing_of
from domain.queries.units import unit_of_grade, units_by_id
from domain.records import now
from domain.rules.letting_in import lets_in
from domain.rules.policy import Standing, Target
from domain.sealing import normalised


@dataclass(frozen=True)
class NewcomerFound:
    """A newcomer by number: where it knocked, and how far it has come.

    `outcome` is None as long as it waits, "expired" once its day is over.
    """

    id: int
    platform: str
    app: str
    user_id: str
    unit: int | None
    named: bool
    kept: bool
    outcome: str | None
    settled_at: datetime | None
    settled_by: int | None
    person: int | None


async def newcomer_at(platform: str, app: str, user_id: str) -> NewcomerFound | None:
    """The newcomer whose account this is."""
    row = await Newcomer.get_or_none(platform=platform, app=app, user_id=user_id)
    return _found(row, await now()) if row else None


async def newcomer_of(number: int) -> NewcomerFound | None:
    """The newcomer of that number."""
    row = await Newcomer.get_or_none(id=number)
    return _found(row, await now()) if row else None


def _found(row: Newcomer, at: datetime) -> NewcomerFound:
    over = row.outcome is None and row.expires_at <= at
    return NewcomerFound(
        id=row.id,
        platform=row.platform,
        app=row.app,
        user_id=row.user_id,
        unit=row.unit_id,
        named=row.name is not None,
        kept=row.message is not None,
        outcome="expired" if over else row.outcome,
        settled_at=row.settled_at,
        settled_by=row.settled_by_id,
        person=row.person_id,
    )


async def name_given(number: int) -> str | None:
    """The name that a newcomer gave, as it was typed; None once it is destroyed."""
    row = await Newcomer.get_or_none(id=number).prefetch_related("key")
    return opened(row, "name", row.key) if row else None


async def message_kept(number: int) -> dict[str, Any] | None:
    """What a newcomer typed, the way it was kept; None when nothing waits."""
    row = await Newcomer.get_or_none(id=number).prefetch_related("key")
    text = opened(row, "message", row.key) if row else None
    kept: dict[str, Any] | None = json.loads(text) if text is not None else None
    return kept


# --- who it may be ------------------------------------------------------------------------


@dataclass(frozen=True)
class Bearers:
    """Those on the roster who bear a name; `rebind`: each has an account on that platform."""

    people: tuple[int, ...]
    rebind: bool


async def bearers_of(name: str, platform: str) -> Bearers:
    """Those of that very name who have no account there; else those who have one."""
    wanted = normalised(name)
    people = [one for one, called in (await all_names()).items() if normalised(called) == wanted]
    taken = [one for one in people if await has_account(one, platform)]
    free = tuple(one for one in people if one not in taken)
    return Bearers(free or tuple(taken), rebind=bool(taken) and not free)


async def has_account(person: int, platform: str) -> bool:
    """Whether the person has an account on that platform already."""
    return await Account.filter(person_id=person, platform=platform).exists()


async def account_holder(platform: str, app: str, user_id: str) -> int | None:
    """Whose account it is, in that app or in all of the platform's."""
    which = {} if app == "" else {"app__in": [app, ""]}
    row = await Account.filter(platform=platform, user_id=user_id, **which).order_by("-app").first()
    return None if row is None else int(row.person_id)


# --- who confirms -------------------------------------------------------------------------


@dataclass(frozen=True)
class Confirmers:
    """Who is asked, and the unit whose liaison that is (None: the admins)."""

    people: tuple[int, ...]
    unit: int | None


async def who_confirms(unit: int | None, bearers: Bearers, day: date) -> Confirmers:
    """The liaison of the unit where it knocked, else of a seat of who bears the name.

    The admins where there is none, or where the liaison may not say yes; the office where
    there is no admin.
    """
    standings = [await standing_of(one, day) for one in bearers.people]
    own = [seat.unit for one in standings for seat in one.seats if seat.unit is not None]
    grades = [seat.grade for one in standings for seat in one.seats if seat.unit is None]
    above = [found.id for grade in grades if (found := await unit_of_grade(grade))]
    for place in dict.fromkeys(one for one in (unit, *own, *above) if one is not None):
        if people := await _liaisons(place, standings, day, rebind=bearers.rebind):
            return Confirmers(people, place)
    admins = await holders_of("admin", day) or await holders_of("office", day)
    return Confirmers(await _reachable(admins) or admins, unit)


async def _liaisons(unit: int, whom: list[Standing], day: date, *, rebind: bool) -> tuple[int, ...]:
    """The unit's liaisons who are there, or stood in for, and may let these in."""
    seats = await seats_on(day, Q(unit_id=unit, role="liaison"))
    present = await _reachable(await _present((seat.person_id for seat in seats), day))
    where = await target_of_unit(unit)
    able = [lets_in(await standing_of(one, day), where, whom, rebind=rebind) for one in present]
    return present if present and all(able) else ()


async def _present(people: Iterable[int], day: date) -> list[int]:
    """Each of them, or who stands in for one on leave."""
    here: list[int] = []
    for person in dict.fromkeys(people):
        away = Leave.filter(person_id=person, since__lte=day, until__gte=day)
        leave = await away.order_by("id").first()
        if leave is None:
            here.append(person)
        elif leave.deputy_id is not None:
            here.append(leave.deputy_id)
    return here


async def _reachable(people: Iterable[int]) -> tuple[int, ...]:
    """Those who can be told anything, wherever."""
    found = [one for one in people if await Account.filter(person_id=one).exists()]
    return tuple(dict.fromkeys(found))


async def target_of_unit(unit: int | None) -> Target:
    """The unit as the policy asks about it."""
    found = (await units_by_id()).get(unit or 0)
    return Target(unit=found.id, grade=found.grade) if found else Target()
