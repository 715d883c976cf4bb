"""Who answers for a problem, who agrees to what is asked about it, by the roster of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.house import house
from domain.queries.around import around, grade_leaders, sitting_on
from domain.queries.people import standing_of
from domain.queries.problems import ProblemFound, answering_department
from domain.queries.roster import people_of_unit
from domain.queries.units import units_by_id
from domain.rules.chain import approver_of
from domain.rules.responsible import answering_for


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

    Without a category it is the liaison of where it arose, else the working group's head. The
    leader of the grade where it arose sees it along. The rule stands in rules/responsible.py.
    """
    found = answering_for(
        await around(problem, day),
        problem.sight.barred,
        house().plan.chain,
        classified=await answering_department(problem) is not None,
        grade_leaders=await grade_leaders(problem, day),
    )
    passed = (one.person for one in found.passed_over if one.person is not None)
    return Answers(found.person, found.sees, tuple(dict.fromkeys(passed)))


async def asked_to_claim(problem: ProblemFound, day: date) -> int | None:
    """Who was asked to claim it as it lies there; None where nobody was, or somebody has it."""
    if problem.state != "listed" or await answering_department(problem) is None:
        return None
    return (await who_answers(problem, day)).person


async def liaison_of(problem: ProblemFound, day: date) -> int | None:
    """The liaison of the unit where it arose."""
    unit = (await units_by_id()).get(problem.unit or 0)
    return (await people_of_unit(unit, day)).liaison if unit else None


async def approver_for(asker: int, problem: ProblemFound, day: date) -> int | None:
    """Who agrees to what the asker asks: the next seat up, for the head the deputy head.

    Never the asker, nor whom the problem names; a stand-in when they are away. The rule stands in
    rules/chain.py.
    """
    roles = (await standing_of(asker, day)).roles
    seated = await around(problem, day)
    found = approver_of(asker, roles, seated, problem.sight.barred, house().plan.chain)
    return found.proper[0] if found.proper else None


async def present(person: int, day: date) -> int | None:
    """The person, or who stands in on that day; None when they are away and nobody does."""
    return (await sitting_on(day, [person]))[person].present
