"""Reads a school's three lists, all of them, before anything is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commands.parsing.classes import ClassSaid
from domain.rules.plan import Plan
from domain.sealing import normalised
from service.lists.families import FamilyRead, Places, places_of, read_families
from service.lists.faults import ListFault, refusing
from service.lists.people import PersonListed, read_people
from service.lists.visits import ChildSaid, Known, Meant, PersonSaid, VisitRead, read_visits, whom

_PEOPLE, _FAMILIES, _VISITS = "roster", "families", "visits"
# A list is read from the first of these that is there.
_FORMS = (".csv", ".xlsx")

# A person by name, a child by its place among the families.
VisitListed = tuple[VisitRead, Meant[str, tuple[int, int]]]


@dataclass(frozen=True)
class SchoolRead:
    """The people, the families and the visits of the lists, in their order."""

    people: tuple[PersonListed, ...]
    families: tuple[FamilyRead, ...]
    visits: tuple[VisitListed, ...]

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
    """The school in that folder; the visits may be missing. ListFault at the first mistake.

    Unless `strict`, a row that doesn't fit the plan or the other lists is passed over.
    """
    if not folder.is_dir():
        raise ListFault(
            folder,
            None,
            f"没有这个文件夹，请改正路径，里面要有 {_PEOPLE}.csv 和 {_FAMILIES}.csv",
            f"there is no such folder; name one that holds {_PEOPLE}.csv and {_FAMILIES}.csv",
        )
    refused: list[ListFault] | None = None if strict else []
    people = read_people(_file(folder, _PEOPLE), plan, refused)
    families = read_families(_file(folder, _FAMILIES), plan, refused)
    visits: list[VisitListed] = []
    file = _file(folder, _VISITS)
    if file.exists():
        known = _known(people, families, plan)
        for visit in read_visits(file, plan, today, refused):
            with refusing(refused):
                visits.append((visit, whom(visit, known)))
    return SchoolRead(tuple(people), tuple(families), _past(visits, today))


def _file(folder: Path, name: str) -> Path:
    files = [folder / f"{name}{form}" for form in _FORMS]
    return next((file for file in files if file.exists()), files[0])


def _known(
    people: Sequence[PersonListed], families: Sequence[FamilyRead], plan: Plan
) -> Known[str, tuple[int, int]]:
    """Those whom the rows of visits may speak of: the lists' own, and whom the plan names."""
    listed = [person.name for person in people]
    names = Counter([*listed, *(name for name in plan_names(plan) if name not in listed)])
    places = places_of(families)

    def person(said: PersonSaid) -> Sequence[str]:
        return [said.name] * names[said.name]

    def child(said: ChildSaid, _day: date) -> Sequence[tuple[int, int]]:
        return _places(said, places)

    return Known(person, child)


def _places(said: ChildSaid, places: Places) -> Sequence[tuple[int, int]]:
    """By the number where there is one; with a name, too, it is the child of both."""
    by_number = places.get((said.school_class, said.seat), []) if said.seat else None
    by_name = places.get((said.school_class, normalised(said.name)), []) if said.name else None
    if by_number is None or by_name is None:
        return by_name or by_number or ()
    return [place for place in by_number if place in by_name]


def _past(visits: Iterable[VisitListed], today: date) -> tuple[VisitListed, ...]:
    """By day; what lies after the school's date hasn't happened yet and is left out."""
    past = [one for one in visits if one[0].day <= today]
    return tuple(sorted(past, key=lambda one: one[0].day))


def plan_names(plan: Plan) -> tuple[str, ...]:
    """Everyone whom the plan's annexes name, each once."""
    roster = plan.roster
    groups = (roster.leading_group, roster.working_group)
    grouped = [name for one in groups for name in (one.head, one.deputy_head, *one.members)]
    return tuple(dict.fromkeys([*grouped, *(line.leader for line in roster.lines)]))
