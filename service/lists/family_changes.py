"""Works out what a list of families changes in what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from commands.parsing.classes import ClassSaid
from domain.actions.family_list import ChildChange, FamilyChange, ListChanges
from domain.actions.school import ChildListed, FamilyListed
from domain.house import house
from domain.queries.family_list import ChildKnown, FamilyKnown, families_known, names_of_children
from domain.rules.classes import class_of_grade
from service.lists.families import ChildRead, FamilyRead
from service.lists.matching import Matching


@dataclass
class Taking:
    """The list's children in its order, the classes they sit in, and who of them is known."""

    families: Sequence[FamilyRead]
    children: Sequence[ChildRead]
    classes: Mapping[ClassSaid, int]
    known: Sequence[ChildKnown]
    matching: Matching
    # Of each family of the list the known one that it is, of each known one that it becomes.
    homes: dict[int, int] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)

    def places(self) -> list[list[int]]:
        """Of each family the places of its children in the list, those refused left out."""
        place_of = {id(child): place for place, child in enumerate(self.children)}
        return [
            [
                place
                for child in family.children
                if (place := place_of[id(child)]) not in self.matching.refused
            ]
            for family in self.families
        ]


async def changes_of(taking: Taking, day: date) -> ListChanges:
    """What there is to change; each family's home is known in `taking` afterwards."""
    places = taking.places()
    _join(taking, places)
    known = await families_known({*taking.homes.values(), *taking.joined})
    families = _family_changes(taking, known)
    children = await _child_changes(taking)
    return ListChanges(
        families=tuple(
            _new_family(taking, family, some, day)
            for number, (family, some) in enumerate(zip(taking.families, places, strict=True))
            if some and number not in taking.homes
        ),
        siblings=tuple(
            (home, _listed(taking, place))
            for number, home in taking.homes.items()
            for place in places[number]
            if place not in taking.matching.known
        ),
        children=tuple(children),
        known=tuple(families),
        joined=tuple(taking.joined.items()),
        unseated=tuple(child.id for child in taking.matching.unseated.values()),
    )


def _join(taking: Taking, places: Sequence[Sequence[int]]) -> None:
    """Find each family's home; known families are joined if all of their children here agree."""
    of_list: dict[int, set[int]] = defaultdict(set)
    for number, some in enumerate(places):
        for place in some:
            if place in taking.matching.known:
                of_list[taking.matching.known[place].family].add(number)
    for number in range(len(places)):
        theirs = sorted(family for family, numbers in of_list.items() if number in numbers)
        if not theirs:
            continue
        home, *others = theirs
        taking.homes[number] = home
        taking.joined.update({one: home for one in others if of_list[one] == {number}})


def _family_changes(taking: Taking, known: Mapping[int, FamilyKnown]) -> list[FamilyChange]:
    said: dict[int, list[FamilyRead]] = defaultdict(list)
    for number, home in taking.homes.items():
        said[home].append(taking.families[number])
    changes = [_family_change(taking, home, said[home], known) for home in said]
    return [change for change in changes if change != FamilyChange(change.family)]


def _family_change(
    taking: Taking, home: int, said: Sequence[FamilyRead], known: Mapping[int, FamilyKnown]
) -> FamilyChange:
    """What the list says more or other of a family; what one that joins it brings along, too."""
    before = known[home]
    guests = [known[gone] for gone, into in taking.joined.items() if into == home]
    specials = [one.special for one in said if one.special is not None]
    reasons = [*(one.reason for one in said), before.reason, *(one.reason for one in guests)]
    wishes = [*(one.wishes for one in said), before.wishes, *(one.wishes for one in guests)]
    special = any(specials) if specials else any(one.special for one in (before, *guests))
    reason, wish = next(filter(None, reasons), None), next(filter(None, wishes), None)
    return FamilyChange(
        home,
        special=special if special != before.special else None,
        reason=reason if reason != before.reason else None,
        wishes=wish if wish != before.wishes else None,
    )


async def _child_changes(taking: Taking) -> list[ChildChange]:
    matching, changes = taking.matching, []
    for place, child in matching.known.items():
        row, family = matching.rows[place], taking.joined.get(child.family, child.family)
        renamed = place in matching.corrected or place in matching.moved or family != child.family
        change = ChildChange(
            child.id,
            family,
            row.school_class,
            matching.seat(place),
            name=taking.children[place].name if renamed else None,
        )
        as_it_is = ChildChange(child.id, child.family, child.school_class, child.seat, child.listed)
        if change != as_it_is:
            changes.append(change)
    return [*changes, *await _silent_guests(taking)]


async def _silent_guests(taking: Taking) -> list[ChildChange]:
    """The children of a family that joins another, whom the list doesn't name."""
    named = {child.id for child in taking.matching.known.values()}
    guests = [one for one in taking.known if one.family in taking.joined and one.id not in named]
    names = await names_of_children({one.id for one in guests})
    unseated = {child.id for child in taking.matching.unseated.values()}
    return [
        ChildChange(
            one.id,
            taking.joined[one.family],
            one.school_class,
            None if one.id in unseated else one.seat,
            one.listed,
            names.get(one.id),
        )
        for one in guests
    ]


def _new_family(
    taking: Taking, family: FamilyRead, places: Sequence[int], day: date
) -> FamilyListed:
    return FamilyListed(
        children=tuple(_listed(taking, place) for place in places),
        joined_on=min(entered(taking.children[place].school_class, day) for place in places),
        special=bool(family.special),
        special_reason=family.reason,
        wishes=family.wishes,
    )


def _listed(taking: Taking, place: int) -> ChildListed:
    child = taking.children[place]
    return ChildListed(taking.classes[child.school_class], child.seat, child.name)


def entered(school_class: ClassSaid, day: date) -> date:
    """The first day of the school year in which the class came to the school."""
    month, first = house().plan.school_year_first_day
    _, year = class_of_grade(school_class.grade, day, (month, first))
    return date(year, month, first)
