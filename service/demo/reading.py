"""Reads a school's three lists, all of them, before anything is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commands.parsing.classes import ClassSaid
from domain.rules.plan import Plan
from service.demo.families import FamilyRead, places_of, read_families
from service.demo.faults import SchoolFault
from service.demo.people import PersonListed, read_people
from service.demo.visits import Known, VisitRead, read_visits

_PEOPLE, _FAMILIES, _VISITS = "roster.csv", "families.csv", "visits.csv"


@dataclass(frozen=True)
class SchoolRead:
    """The people, the families and the visits of the lists, in their order."""

    people: tuple[PersonListed, ...]
    families: tuple[FamilyRead, ...]
    visits: tuple[VisitRead, ...]

    @property
    def classes(self) -> tuple[ClassSaid, ...]:
        """Every class that has a child or a teacher, by grade and number."""
        said = {child.school_class for family in self.families for child in family.children}
        said |= {
            place.school_class
            for person in self.people
            for _, place in person.seats
            if place.school_class is not None
        }
        return tuple(sorted(said, key=lambda one: (one.grade, one.number or 0)))


def read_school(folder: Path, plan: Plan, today: date, *, strict: bool = True) -> SchoolRead:
    """The school in that folder; visits.csv may be missing. SchoolFault at the first mistake.

    Unless `strict`, a row that doesn't fit the plan or the other lists is passed over.
    """
    if not folder.is_dir():
        raise SchoolFault(
            folder,
            None,
            f"没有这个文件夹，请改正路径，里面要有 {_PEOPLE} 和 {_FAMILIES}",
            f"there is no such folder; name one that holds {_PEOPLE} and {_FAMILIES}",
        )
    people = read_people(folder / _PEOPLE, plan, strict=strict)
    families = read_families(folder / _FAMILIES, plan, strict=strict)
    visits: list[VisitRead] = []
    if (folder / _VISITS).exists():
        listed = [person.name for person in people]
        names = [*listed, *(name for name in plan_names(plan) if name not in listed)]
        known = Known(plan, places_of(families), names, today)
        visits = read_visits(folder / _VISITS, known, strict=strict)
    return SchoolRead(tuple(people), tuple(families), tuple(visits))


def plan_names(plan: Plan) -> tuple[str, ...]:
    """Everyone whom the plan's annexes name, each once."""
    roster = plan.roster
    groups = (roster.leading_group, roster.working_group)
    grouped = [name for one in groups for name in (one.head, one.deputy_head, *one.members)]
    return tuple(dict.fromkeys([*grouped, *(line.leader for line in roster.lines)]))
