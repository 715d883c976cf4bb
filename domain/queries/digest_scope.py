"""Which problems a digest counts for its reader, and which are no more than a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.expressions import Q, Subquery

from domain.house import house
from domain.models import Problem, ProblemNamed, ProblemPrivy, Voice
from domain.queries.digest_readers import Reader
from domain.queries.people import holders_of
from domain.queries.units import all_units


@dataclass(frozen=True)
class DigestScope:
    """The problems of the reader's units (None: of all); none that names the reader.

    `lines` are what they lead themselves and `categories` what those departments answer for.
    `known` are red flags that they know of, `alerted` those that they may take. What is `about` the
    head is a number to the office.
    """

    units: frozenset[int] | None
    lines: frozenset[int]
    categories: tuple[str, ...]
    barred: frozenset[int]
    about: frozenset[int]
    known: frozenset[int]
    alerted: frozenset[int]

    def seen(self, prefix: str = "") -> Q:
        """What may be named to them."""
        return self._of(prefix) & self.tellable(prefix)

    def tellable(self, prefix: str = "") -> Q:
        """The same, wherever it is: no red flag of which they don't know."""
        plain = _q(prefix, red_flag=False) | _q(prefix, id__in=sorted(self.known))
        return plain & ~_q(prefix, id__in=sorted(self.barred | self.about))

    def hidden(self) -> Q:
        """What is a number to them and nothing else."""
        flagged = Q(red_flag=True) & ~Q(id__in=sorted(self.known))
        return self._of("") & (flagged | Q(id__in=sorted(self.about))) & ~self._names_them()

    def claimable(self) -> Q:
        """What is with one of the departments that they lead, and danger, wherever it is."""
        return self._with(self.lines, "") | _q("", red_flag=True, id__in=sorted(self.alerted))

    def _of(self, prefix: str) -> Q:
        if self.units is None:
            return Q()
        return _q(prefix, unit_id__in=sorted(self.units)) | self._with(self.units, prefix)

    def _with(self, units: frozenset[int], prefix: str) -> Q:
        sent = _q(prefix, department_id__in=sorted(units))
        by_category = _q(prefix, department_id__isnull=True, category__in=list(self.categories))
        return sent | by_category

    def _names_them(self) -> Q:
        return Q(id__in=sorted(self.barred))


def _q(prefix: str, **which: Any) -> Q:
    """The same of a problem, or of what belongs to one."""
    named: dict[str, Any] = {f"{prefix}{name}": value for name, value in which.items()}
    return Q(**named)


async def scope_of(reader: Reader, day: date) -> DigestScope:
    """What `rules/problem_sight.sees` says of one problem, for all that a digest counts."""
    names = {unit.name for unit in await all_units() if unit.id in reader.lines}
    privy = await ProblemPrivy.filter(person_id__in=reader.hands)
    alerted = frozenset(row.problem_id for row in privy)
    return DigestScope(
        reader.units,
        reader.lines,
        tuple(one.key for one in house().plan.categories if one.department in names),
        barred=await _naming([reader.person]),
        about=await _about_the_head(reader, day) if reader.office_alone else frozenset(),
        known=alerted | await _known(reader),
        alerted=alerted,
    )


async def _naming(people: list[int]) -> frozenset[int]:
    unsaid = Q(confirmed=True) | Q(confirmed__isnull=True)
    rows = await ProblemNamed.filter(unsaid, person_id__in=people)
    return frozenset(row.problem_id for row in rows)


async def _about_the_head(reader: Reader, day: date) -> frozenset[int]:
    """What names the head, but for what the reader has to do with."""
    about = await _naming(list(await holders_of("head", day)))
    rows = await Problem.filter(_own(reader), id__in=sorted(about)).only("id")
    return about - {row.id for row in rows}


async def _known(reader: Reader) -> frozenset[int]:
    """The red flags which the reader recorded or answers for, or whoever they stand in for."""
    flagged = Problem.filter(red_flag=True)
    heard = Voice.filter(
        recorded_by_id__in=reader.hands, problem_id__in=Subquery(flagged.values("id"))
    )
    own = await flagged.filter(_own(reader)).only("id")
    known = {row.problem_id or 0 for row in await heard.only("id", "problem_id")}
    return frozenset(known | {row.id for row in own})


def _own(reader: Reader) -> Q:
    hands = reader.hands
    recorded, answers = Q(recorded_by_id__in=hands), Q(responsible_id__in=hands)
    return recorded | answers | Q(handed_to_id__in=hands)
