"""Who gets a weekly digest, of what, and which ones they got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from domain.models import Digest
from domain.notices.base import notice_from
from domain.notices.digests import WeeklyDigest
from domain.queries.people import deputies_on, holders_of, seats_on
from domain.queries.roster import working_group


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a digest: of these units, None for the whole school; `office` keeps it."""

    person: int
    units: frozenset[int] | None
    office: bool = False


async def readers_on(day: date) -> tuple[Reader, ...]:
    """Each line leader for their units, the heads, the office and the group's second for all.

    Who stands in for one of them that day gets what they get, in one message with their own.
    """
    offices, whole = await holders_of("office", day), await _whole_school(day)
    lines: dict[int, set[int]] = {}
    for seat in await seats_on(day, Q(role="leader", unit_id__isnull=False)):
        lines.setdefault(seat.person_id, set()).add(seat.unit_id or 0)
    deputies = await deputies_on(day, {*offices, *whole, *lines})
    for absent, deputy in deputies.items():
        if absent in whole:
            whole.add(deputy)
        if absent in lines:
            lines.setdefault(deputy, set()).update(lines[absent])
    keeps = {*offices, *(deputies[one] for one in offices if one in deputies)}
    every = dict.fromkeys((*sorted(whole), *sorted(lines)))
    return tuple(
        Reader(one, None if one in whole else frozenset(lines[one]), one in keeps) for one in every
    )


async def _whole_school(day: date) -> set[int]:
    roles = ("head", "deputy_head", "office")
    people = {person for role in roles for person in await holders_of(role, day)}
    second = (await working_group(day)).deputy_head
    return people | ({second} if second is not None else set())


async def reader_of(person: int, day: date) -> Reader | None:
    """The same for one person; None for who gets none."""
    return next((one for one in await readers_on(day) if one.person == person), None)


async def kept_digest(person: int, week: str) -> WeeklyDigest | None:
    """The digest of that week as it was told to that person."""
    row = await Digest.get_or_none(person_id=person, week=week)
    if row is None:
        return None
    notice = notice_from(WeeklyDigest.__name__, row.facts)
    assert isinstance(notice, WeeklyDigest)
    return notice


async def latest_week(person: int) -> str | None:
    """The last week of which that person was told."""
    row = await Digest.filter(person_id=person).order_by("-until").first()
    return row.week if row else None
