"""Talks as a command needs them: found by number, and by day, form and audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.models import Speaker, Talk
from domain.queries.classes import class_of
from domain.queries.units import units_by_id
from domain.rules.policy import Target


@dataclass(frozen=True)
class TalkFound:
    """A talk by its number, with where it was and who held it."""

    id: int
    unit: int | None
    school_class: int | None
    held: frozenset[int]
    recorded_by: int


async def talk_of(number: int) -> TalkFound | None:
    """The talk of that number; None too when it was taken back."""
    row = await Talk.get_or_none(id=number, undone_at__isnull=True)
    if row is None:
        return None
    held = await Speaker.filter(talk_id=row.id).values_list("person_id", flat=True)
    people = frozenset([row.recorded_by_id, *(int(str(person)) for person in held)])
    return TalkFound(row.id, row.unit_id, row.school_class_id, people, row.recorded_by_id)


async def same_talk(
    person: int, day: date, form: str, audience: str, unit: int | None, school_class: int | None
) -> int | None:
    """The number of such a talk that this person has recorded on that day already."""
    rows = Talk.filter(recorded_by_id=person, day=day, form=form, audience=audience)
    place = {"unit_id": unit, "school_class_id": school_class, "undone_at": None}
    row = await rows.filter(**place).order_by("-id").first()
    return row.id if row else None


async def target_of_talk(talk: TalkFound, person: int, day: date) -> Target:
    """The talk as the policy asks about it."""
    return await target_of_place(talk.unit, talk.school_class, day, own=person in talk.held)


async def target_of_place(
    unit: int | None, school_class: int | None, day: date, *, own: bool
) -> Target:
    """A unit or a class as the policy asks about it, with its grade of that day."""
    grade = None
    if school_class is not None:
        grade = (await class_of(school_class, day)).name.grade
    elif unit is not None:
        place = (await units_by_id()).get(unit)
        grade = place.grade if place else None
    return Target(unit=unit, grade=grade, school_class=school_class, own=own)
