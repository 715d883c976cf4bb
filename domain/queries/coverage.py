"""Which families of a class, a grade or the school have been seen, from the visits themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.expressions import Case, F, Q, RawSQL, When
from tortoise.functions import Max, Min

from domain.house import house
from domain.models import Student, Visit
from domain.notices.values import Count, Covered, UnitRef
from domain.queries.classes import ClassFound, classes_of_grade, classes_today
from domain.queries.units import UnitFound, all_units, root_unit, unit_of_grade
from domain.rules.coverage import SEEN_METHODS, FamilyRecord, Heard, Measure, count_of

# How a family was heard, so that the greatest is what counts.
_HEARD: dict[int, Heard] = {3: "visited", 2: "by_phone", 1: "refused"}
# Written into the statement: PostgreSQL can't tell of which type a mere parameter is.
_RANKS: dict[Heard, Any] = {heard: RawSQL(str(rank)) for rank, heard in _HEARD.items()}
_UNHEARD: Any = RawSQL("0")
_NO_DAY: Any = RawSQL("NULL")


@dataclass(frozen=True)
class ClassFamilies:
    """The families' records, and which of them have a child in which class."""

    records: dict[int, FamilyRecord]
    by_class: dict[int, frozenset[int]]

    def of(self, classes: Iterable[int]) -> list[FamilyRecord]:
        """The records of the families with a child in any of these classes, each once."""
        families = frozenset[int]().union(*(self.by_class.get(one, frozenset()) for one in classes))
        return [self.records[family] for family in sorted(families) if family in self.records]


async def families_of(classes: Iterable[int], today: date) -> ClassFamilies:
    """The records of all families of these classes, in two questions to the database.

    A child whom the school's list doesn't know counts once it is on the list: else anybody could
    raise a share by adding names.
    """
    ids = list(classes)
    rows = await Student.filter(school_class_id__in=ids, listed=True).values_list(
        "school_class_id", "family_id", "family__joined_on", "family__special"
    )
    heard = await _heard(ids, today)
    by_class: dict[int, set[int]] = {}
    records: dict[int, FamilyRecord] = {}
    for school_class, family, joined_on, special in rows:
        by_class.setdefault(school_class, set()).add(family)
        how, first, last = heard.get(family, (None, None, None))
        records[family] = FamilyRecord(family, joined_on, bool(special), how, first, last)
    return ClassFamilies(records, {key: frozenset(value) for key, value in by_class.items()})


_Seen = tuple[Heard | None, date | None, date | None]


async def _heard(classes: list[int], today: date) -> dict[int, _Seen]:
    """What all visits to each family come to: how heard, first day of the campaign, last ever.

    A visit that was taken back is none.
    """
    plan = house().plan
    campaign = Q(day__gte=plan.campaign_start, day__lte=plan.campaign_end)
    face_to_face = Q(result="visited", method__in=list(SEEN_METHODS))
    how: Any = Case(
        When(campaign & face_to_face, then=_RANKS["visited"]),
        When(campaign & Q(result="visited"), then=_RANKS["by_phone"]),
        When(campaign & Q(result="refused"), then=_RANKS["refused"]),
        default=_UNHEARD,
    )
    first: Any = Case(When(campaign & face_to_face, then=F("day")), default=_NO_DAY)
    last: Any = Case(When(face_to_face, then=F("day")), default=_NO_DAY)
    rows = (
        await Visit.filter(
            family__students__school_class_id__in=classes,
            kind__in=["home", "contact"],
            day__lte=today,
            undone_at__isnull=True,
        )
        .annotate(how=Max(how), first=Min(first), last=Max(last))
        .group_by("family_id")
        .values_list("family_id", "how", "first", "last")
    )
    return {
        family: (_HEARD.get(rank), _day(began), _day(ended)) for family, rank, began, ended in rows
    }


def _day(value: date | str | None) -> date | None:
    """SQLite gives a computed day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def measure(today: date, minimum: float | None) -> Measure:
    """The plan's numbers for counting on `today`."""
    plan = house().plan
    phase = plan.phase("visit")
    return Measure(
        today=today,
        start=plan.campaign_start,
        # Once the visiting phase is over, what is missing is made up until the campaign ends.
        end=phase.end if today <= phase.end else plan.campaign_end,
        minimum=minimum,
        special_days=plan.visits.special_every_days,
        term_years=plan.visits.all_within_years,
        window=plan.visits.forecast_days,
    )


async def coverage_after(school_class: ClassFound, today: date) -> tuple[Covered, ...]:
    """The coverage of a class and of its grade, for a receipt."""
    grade = school_class.name.grade
    classes = await classes_of_grade(grade, today)
    families = await families_of([one.id for one in classes], today)
    unit = await unit_of_grade(grade)
    of_class = Covered(
        UnitRef(school_class=school_class.id), _count(families, [school_class], today)
    )
    of_grade = Covered(UnitRef(unit=unit.id if unit else None), _count(families, classes, today))
    return of_class, of_grade


async def coverage_of_class(school_class: ClassFound, today: date) -> Covered:
    """The coverage of one class."""
    families = await families_of([school_class.id], today)
    return Covered(UnitRef(school_class=school_class.id), _count(families, [school_class], today))


async def coverage_of_grade(unit: UnitFound, today: date) -> tuple[Covered, tuple[Covered, ...]]:
    """The coverage of a grade, and of each of its classes."""
    assert unit.grade is not None
    classes = await classes_of_grade(unit.grade, today)
    families = await families_of([one.id for one in classes], today)
    parts = tuple(
        Covered(UnitRef(school_class=one.id), _count(families, [one], today)) for one in classes
    )
    return Covered(UnitRef(unit=unit.id), _count(families, classes, today)), parts


async def coverage_of_school(today: date) -> tuple[Covered, tuple[Covered, ...]]:
    """The coverage of the school, each family once, and of each grade."""
    classes = await classes_today(today)
    families = await families_of([one.id for one in classes], today)
    parts = tuple(
        Covered(
            UnitRef(unit=unit.id),
            _count(families, [one for one in classes if one.name.grade == unit.grade], today),
        )
        for unit in await all_units()
        if unit.grade is not None
    )
    root = await root_unit()
    whole = count_of(families.of(one.id for one in classes), measure(today, None))
    return Covered(UnitRef(unit=root.id), whole), parts


async def coverage_of_grades(
    units: Collection[int] | None, today: date, before: date
) -> tuple[tuple[Covered, int], ...]:
    """The coverage of each of these grades (None: of all), and how many had been seen by `before`.

    In as many questions as for one day: a family's record tells when it was first seen.
    """
    grades = [one for one in await all_units() if one.grade is not None]
    mine = [one for one in grades if units is None or one.id in units]
    classes = await classes_today(today) if mine else ()
    of_grade = {one.id: [c for c in classes if c.name.grade == one.grade] for one in mine}
    families = await families_of([c.id for some in of_grade.values() for c in some], today)
    return tuple(
        (
            Covered(UnitRef(unit=one.id), _count(families, of_grade[one.id], today)),
            _seen_by(before, families.of(c.id for c in of_grade[one.id])),
        )
        for one in mine
    )


def _seen_by(day: date, families: Iterable[FamilyRecord]) -> int:
    return sum(one.first is not None and one.first <= day for one in families)


def _count(families: ClassFamilies, classes: Iterable[ClassFound], today: date) -> Count:
    """What the families of these classes, all of one grade, come to."""
    found = tuple(classes)
    minimum = house().plan.grade(found[0].name.grade).minimum if found else None
    return count_of(families.of(one.id for one in found), measure(today, minimum))
