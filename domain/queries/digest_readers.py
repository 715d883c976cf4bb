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
    """Somebody who gets a digest: of the units they answer for, or of the `whole` school.

    `absent` are those in whose place they stand that day. Who is of the `office` is told how the
    suggestions do; `office_alone`: and has no other seat by which the whole school is theirs.
    """

    person: int
    lines: frozenset[int] = frozenset()
    whole: bool = False
    absent: frozenset[int] = frozenset()
    office: bool = False
    office_alone: bool = False

    @property
    def units(self) -> frozenset[int] | None:
        """What it is of; None for the whole school."""
        return None if self.whole else self.lines

    @property
    def hands(self) -> list[int]:
        """Themselves, and those for whom they act."""
        return sorted({self.person, *self.absent})


async def readers_on(day: date) -> tuple[Reader, ...]:
    """Each line leader for their units, the heads, the office and the group's second for all.

    Who stands in for one of them that day gets what they get, in one message with their own.
    """
    offices, heads, lines = await holders_of("office", day), await _heads(day), await _lines(day)
    deputies = await deputies_on(day, {*offices, *heads, *lines})
    absent: dict[int, set[int]] = {}
    for away, deputy in deputies.items():
        absent.setdefault(deputy, set()).add(away)
    every = sorted({*offices, *heads, *lines, *absent})
    return tuple(_reader(one, absent.get(one, set()), set(offices), heads, lines) for one in every)


def _reader(
    person: int, absent: set[int], offices: set[int], heads: set[int], lines: dict[int, set[int]]
) -> Reader:
    hands = {person, *absent}
    office = not hands.isdisjoint(offices)
    head = not hands.isdisjoint(heads)
    return Reader(
        person,
        lines=frozenset[int]().union(*(lines.get(one, set()) for one in hands)),
        whole=office or head,
        absent=frozenset(absent),
        office=office,
        office_alone=office and not head,
    )


async def _heads(day: date) -> set[int]:
    """The heads of the leading group, and the working group's second."""
    people = {one for role in ("head", "deputy_head") for one in await holders_of(role, day)}
    second = (await working_group(day)).deputy_head
    return people | ({second} if second is not None else set())


async def _lines(day: date) -> dict[int, set[int]]:
    lines: dict[int, set[int]] = {}
    for seat in await seats_on(day, Q(role="leader", unit_id__isnull=False)):
        lines.setdefault(seat.person_id, set()).add(seat.unit_id or 0)
    return lines


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
