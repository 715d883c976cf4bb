"""What is arranged, by its number, for a leader, by a person; and who may arrange for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tortoise.expressions import Q

from domain.models import Arrangement, Leave, Student
from domain.notices.looking import TodoItem
from domain.queries.people import holders_of, standing_of
from domain.rules.arrangements import AROUND_DAYS
from domain.rules.policy import Held, Role, Standing, Target, reaches, row

# Whose visits and talks are arranged: those who set the example (the plan, 走访宣讲).
_LEADING: tuple[Role, ...] = ("head", "deputy_head", "leader")

# What hasn't been called off, and hasn't taken place.
_STILL_OPEN = {"called_off_at": None, "visit_id": None, "talk_id": None}


@dataclass(frozen=True)
class ArrangementFound:
    """An arrangement by its number; `over` if it took place or was called off."""

    id: int
    leader: int
    arranged_by: int
    over: bool
    deputy: int | None = None


async def arrangement_of(number: int) -> ArrangementFound | None:
    """The arrangement of that number."""
    found = await Arrangement.get_or_none(id=number)
    if found is None:
        return None
    return ArrangementFound(
        id=found.id,
        leader=found.leader_id,
        arranged_by=found.arranged_by_id,
        over=any((found.called_off_at, found.visit_id, found.talk_id)),
        deputy=(await stand_in(found.leader_id, found.day))[1],
    )


async def stand_in(leader: int, day: date) -> tuple[bool, int | None]:
    """Whether a leader is away on a day, and who stands in."""
    leaves = Leave.filter(person_id=leader, since__lte=day, until__gte=day)
    deputies = [row.deputy_id for row in await leaves.order_by("id")]
    return bool(deputies), next((one for one in deputies if one is not None), None)


async def who_goes(number: int, day: date) -> int | None:
    """Who goes that day for what is arranged: the leader, or who stands in; None if nobody is to.

    It is on another day, was called off, or has taken place.
    """
    row = await Arrangement.get_or_none(id=number, day=day, **_STILL_OPEN)
    if row is None:
        return None
    return (await stand_in(row.leader_id, day))[1] or row.leader_id


async def arranged_for(person: int, today: date) -> tuple[int, ...]:
    """The numbers of what lies ahead of a leader, or is just over and not recorded yet.

    What is arranged for those for whom the person stands in on that day, too.
    """
    mine = Q(leader_id=person)
    first = today - timedelta(days=AROUND_DAYS)
    for leave in await Leave.filter(deputy_id=person, until__gte=first).order_by("id"):
        mine |= Q(leader_id=leave.person_id, day__range=(leave.since, leave.until))
    return await _open(today, mine)


async def arranged_by(person: int, today: date) -> tuple[int, ...]:
    """The same of what a person arranged for others."""
    rows = await _open(today, Q(arranged_by_id=person))
    own = set(await arranged_for(person, today))
    return tuple(one for one in rows if one not in own)


async def _open(today: date, which: Q) -> tuple[int, ...]:
    rows = await Arrangement.filter(
        which,
        day__gte=today - timedelta(days=AROUND_DAYS),
        called_off_at__isnull=True,
        visit_id__isnull=True,
        talk_id__isnull=True,
    ).order_by("day", "id")
    return tuple(found.id for found in rows)


@dataclass(frozen=True)
class ArrangedVisit:
    """An arranged visit as whom to see next: the item, and its family and class if it has them."""

    item: TodoItem
    family: int | None
    school_class: int | None


async def visits_arranged_for(leader: int, today: date) -> tuple[ArrangedVisit, ...]:
    """The open visits that are arranged for a leader, the next first."""
    ids = await arranged_for(leader, today)
    rows = await Arrangement.filter(id__in=ids, kind="visit").order_by("day", "id")
    children = {one.id: one for one in await Student.filter(id__in=[r.student_id for r in rows])}
    return tuple(_visit(found, children.get(found.student_id or 0)) for found in rows)


def _visit(found: Arrangement, child: Student | None) -> ArrangedVisit:
    item = TodoItem(student=found.student_id, why="arranged", due=found.day, arrangement=found.id)
    place = child.school_class_id if child else found.school_class_id
    return ArrangedVisit(item, child.family_id if child else None, place)


# --- who arranges for whom ----------------------------------------------------------------


async def leads(person: int, today: date) -> bool:
    """Whether the person sets the example: a line leader or a head, stand-ins included."""
    return bool((await standing_of(person, today)).roles & set(_LEADING))


async def may_arrange(asker: Standing, leader: int, today: date) -> bool:
    """Whether the asker may arrange for this leader.

    Units arrange for the leader who answers for them (the plan, annex 3); leaders for themselves.
    """
    scopes = row("arrange", "plan").scopes
    if leader == asker.person:
        return reaches(asker, scopes, Target(own=True))
    seats = (await standing_of(leader, today)).seats
    return any(reaches(asker, scopes, _place(seat)) for seat in seats if seat.role in _LEADING)


def _place(seat: Held) -> Target:
    return Target(unit=seat.unit, grade=seat.grade)


async def leaders_reached(asker: Standing, today: date) -> tuple[int, ...]:
    """All for whom the asker may arrange, line leaders first."""
    everyone = [person for role in reversed(_LEADING) for person in await holders_of(role, today)]
    return tuple([one for one in dict.fromkeys(everyone) if await may_arrange(asker, one, today)])


async def usual_leader(asker: Standing, today: date) -> int | None:
    """Whom the asker means without saying it: themselves, or the only one they arrange for."""
    if await leads(asker.person, today):
        return asker.person
    reached = await leaders_reached(asker, today)
    return reached[0] if len(reached) == 1 else None


async def same_arrangement(
    leader: int,
    day: date,
    matter: str,
    unit: int | None,
    school_class: int | None,
    student: int | None,
) -> int | None:
    """The number of the very same thing, if it is arranged already and still open."""
    place = {"unit_id": unit, "school_class_id": school_class, "student_id": student}
    rows = Arrangement.filter(leader_id=leader, day=day, kind=matter, **place, **_STILL_OPEN)
    found = await rows.order_by("id").first()
    return found.id if found else None


async def same_family(leader: int, day: date, family: int) -> int | None:
    """The number of the visit by which that leader is to see that family on that day already."""
    rows = Arrangement.filter(leader_id=leader, day=day, kind="visit", **_STILL_OPEN)
    found = await rows.filter(student__family_id=family).order_by("id").first()
    return found.id if found else None
