"""Who answers for a problem, who agrees to what is asked about it, by the roster of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.house import house
from domain.models import Leave, Problem, Unit
from domain.queries.people import holders_of, standing_of
from domain.queries.problems import ProblemFound, answering_unit
from domain.queries.roster import people_of_unit, working_group
from domain.queries.units import all_units
from domain.rules.policy import Role


@dataclass(frozen=True)
class Answers:
    """Who answers for a problem, None when there is nobody; `along` sees it, too.

    `passed_over` are those who would have been it: named in it, or away with nobody in their stead.
    """

    person: int | None
    along: tuple[int, ...] = ()
    passed_over: tuple[int, ...] = ()


async def who_answers(problem: ProblemFound, day: date) -> Answers:
    """The line leader of the department that answers for it, or who stands in; else the next up.

    Without a category it is the liaison of where it arose, else the working group's head (the
    plan, 分类化解问题 and annex 3). The leader of the grade where it arose sees it along.
    """
    first = await _responsible(problem, day)
    up = [person for role in _above("leader") for person in await holders_of(role, day)]
    passed_over: list[int] = []
    for person in dict.fromkeys([*first, *up]):
        stand_in = await present(person, day)
        if stand_in is not None and stand_in not in problem.sight.barred:
            along = [one for one in await _grade_leader(problem, day) if one != stand_in]
            return Answers(stand_in, tuple(along), tuple(passed_over))
        passed_over.append(person)
    return Answers(None, passed_over=tuple(passed_over))


async def _responsible(problem: ProblemFound, day: date) -> list[int]:
    units = {unit.id: unit for unit in await Unit.all()}
    department = answering_unit(await Problem.get(id=problem.id), units)
    if department is not None:
        return await _leader(department.id, day)
    if (liaison := await liaison_of(problem, day)) is not None:
        return [liaison]
    group = await working_group(day)
    return [person for person in (group.head, group.deputy_head) if person is not None]


async def _leader(unit: int, day: date) -> list[int]:
    found = next((one for one in await all_units() if one.id == unit), None)
    leader = (await people_of_unit(found, day)).leader if found else None
    return [] if leader is None else [leader]


async def _grade_leader(problem: ProblemFound, day: date) -> list[int]:
    """The leader of where it arose, or who stands in, unless it names them."""
    leaders = await _leader(problem.unit, day) if problem.unit is not None else []
    there = [await present(one, day) for one in leaders]
    return [one for one in there if one is not None and one not in problem.sight.barred]


async def liaison_of(problem: ProblemFound, day: date) -> int | None:
    """The liaison of the unit where it arose."""
    unit = next((one for one in await all_units() if one.id == problem.unit), None)
    return (await people_of_unit(unit, day)).liaison if unit else None


async def approver_for(asker: int, problem: ProblemFound, day: date) -> int | None:
    """Who agrees to what the asker asks: the next seat up, for the head the deputy head.

    Never the asker, nor whom the problem names; a stand-in when they are away.
    """
    roles = (await standing_of(asker, day)).roles
    above: tuple[Role, ...] = ("deputy_head",) if "head" in roles else _above(_highest(roles))
    for role in above:
        leading = role == "leader" and problem.unit is not None
        people = await _leader(problem.unit or 0, day) if leading else await holders_of(role, day)
        for person in people:
            stand_in = await present(person, day)
            barred = stand_in is None or stand_in == asker or stand_in in problem.sight.barred
            if not barred:
                return stand_in
    return None


def _highest(roles: frozenset[Role]) -> Role:
    held = [role for role in house().plan.chain.up if role in roles and role != "office"]
    return held[-1] if held else "liaison"


def _above(role: Role) -> tuple[Role, ...]:
    """Who is next up, lowest first (plan.toml, chain)."""
    up = house().plan.chain.up
    return up[up.index(role) + 1 :] if role in up else up


async def present(person: int, day: date) -> int | None:
    """The person, or who stands in on that day; None when they are away and nobody does."""
    leave = await _leave(person, day)
    if leave is None or leave.deputy_id is None:
        return None if leave else person
    return leave.deputy_id if await _leave(leave.deputy_id, day) is None else None


async def _leave(person: int, day: date) -> Leave | None:
    away = Leave.filter(person_id=person, since__lte=day, until__gte=day)
    return await away.order_by("-id").first()


async def head_on(day: date) -> tuple[int, ...]:
    """The head of the leading group."""
    return await holders_of("head", day)


async def offices_on(day: date) -> tuple[int, ...]:
    """Those who keep the leading group's office."""
    return await holders_of("office", day)
