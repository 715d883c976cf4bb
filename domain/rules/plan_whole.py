"""The plan as a whole, and the questions that are asked of it."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace

from domain.rules.plan_base import Part
from domain.rules.plan_clock import Chain, Clock, Ladder, Pace, RedFlags, Rung
from domain.rules.plan_parts import (
    Campaign,
    Category,
    Grade,
    ItemList,
    Phase,
    PhaseKey,
    Phases,
    Purpose,
    QuestionKey,
    Retention,
    School,
    SchoolYear,
    Vacation,
    Visits,
)
from domain.rules.plan_roster import Department, Roster, Unit

PHASES: tuple[PhaseKey, ...] = ("visit", "put_right", "make_last")

N = TypeVar("N", Category, ItemList, Unit)


# dict=True gives the cached lookups a place; the fields stay frozen.
class Plan(Part, frozen=True, dict=True):
    """What a school would change: the source of each part stands with the part."""

    school: School
    campaign: Campaign
    phases: Phases
    school_year: SchoolYear
    grades: tuple[Grade, ...]
    visits: Visits
    clock: Clock
    rungs: tuple[Rung, ...]
    chain: Chain
    pace: Pace
    categories: tuple[Category, ...]
    lists: tuple[ItemList, ...]
    red_flags: RedFlags
    retention: Retention
    purposes: tuple[Purpose, ...]
    departments: tuple[Department, ...]
    roster: Roster
    vacations: tuple[Vacation, ...] = ()

    @property
    def campaign_start(self) -> date:
        """The first day of the first phase."""
        return min(self.phase(key).start for key in PHASES)

    @property
    def campaign_end(self) -> date:
        """The last day of the last phase."""
        return max(self.phase(key).end for key in PHASES)

    def phase(self, key: PhaseKey) -> Phase:
        """The phase of that key."""
        phase: Phase = getattr(self.phases, key)
        return phase

    def phases_on(self, day: date) -> tuple[PhaseKey, ...]:
        """The phases that run on `day`, both ends included; none outside of the campaign."""
        return tuple(key for key in PHASES if self.phase(key).start <= day <= self.phase(key).end)

    @property
    def school_year_first_day(self) -> tuple[int, int]:
        """The month and day on which classes move up."""
        month, day = self.school_year.first_day.split("-")
        return int(month), int(day)

    def grade(self, number: int) -> Grade:
        """The grade with that number, 7 to 12; KeyError when the school hasn't it."""
        for grade in self.grades:
            if grade.grade == number:
                return grade
        raise KeyError(number)

    def questions_for(self, number: int) -> tuple[QuestionKey, ...]:
        """What a home visit in that grade asks; KeyError when the school hasn't the grade."""
        return self.grade(number).questions

    def ladder(self, name: Ladder) -> tuple[Rung, ...]:
        """The rungs of one ladder, lowest first."""
        return tuple(rung for rung in self.rungs if rung.ladder == name)

    def category(self, key: str) -> Category:
        """The category of that key; KeyError when there is none."""
        for category in self.categories:
            if category.key == key:
                return category
        raise KeyError(key)

    def find_category(self, said: str) -> Category | None:
        """The category of that name or alias; 其他 is the school's, 上报其他 the bureau's."""
        return _found(said, self.categories)

    def item_list(self, key: str) -> ItemList:
        """The list of that key; KeyError when there is none."""
        for item_list in self.lists:
            if item_list.key == key:
                return item_list
        raise KeyError(key)

    def find_list(self, said: str) -> ItemList | None:
        """The list of that name or alias."""
        return _found(said, self.lists)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The school as root, then departments and branches, then grades, as the file has them."""
        school = self.school
        root = Unit("school", school.root_aliases, name=school.root, name_en=school.root_en)
        return (
            root,
            *(Unit(d.kind, d.aliases, name=d.name, name_en=d.name_en) for d in self.departments),
            *(
                Unit("grade", g.aliases, g.grade, name=g.name, name_en=g.name_en)
                for g in self.grades
            ),
        )

    def unit(self, said: str) -> Unit | None:
        """The unit of that name or alias, however it is spaced or capitalised."""
        return self._units_by_word.get(plain(said))

    def with_minimum(self, share: float) -> Plan:
        """The same plan with that minimum, from 0 to 1, for every grade."""
        return replace(self, grades=tuple(replace(g, minimum=share) for g in self.grades))

    @cached_property
    def _units_by_word(self) -> dict[str, Unit]:
        return {plain(word): unit for unit in self.units for word in words_for(unit)}


def words_for(named: Category | ItemList | Unit) -> tuple[str, ...]:
    """All words by which it may be called, with its own name first."""
    return tuple(word for word in (named.name, named.name_en, *named.aliases) if word)


def plain(said: str) -> str:
    """A word as it is compared: half-width, without spaces, in small letters.

    >>> plain(" Ｇ 7 ")
    'g7'
    """
    return "".join(unicodedata.normalize("NFKC", said).split()).casefold()


def _found(said: str, among: tuple[N, ...]) -> N | None:
    wanted = plain(said)
    return next((one for one in among if wanted in map(plain, words_for(one))), None)
