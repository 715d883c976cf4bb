"""Who answers for a problem follows the roster of the day: category, leave, deputies, names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.models import Leave, Problem, ProblemNamed, Seat, Unit
from domain.queries.answering_for import approver_for, who_answers
from domain.queries.problems import ProblemFound, problem_of
from tests.commands.dialogs import CAI, CHENG, HEAD, LIN, OFFICE, XU, listed
from tests.fixtures.house import School

DAY = date(2018, 9, 3)
HE, SUN, SHEN = "何国良", "孙茜", "沈佳宝"


async def problem(school: School, **columns: Any) -> ProblemFound:
    found = await problem_of(await listed(school, LIN, "灯坏了", **columns))
    assert found is not None
    return found


async def named(school: School, number: int) -> str | None:
    by_id = {person: name for name, person in school.people.items()}
    found = await problem_of(number)
    assert found is not None
    answers = await who_answers(found, DAY)
    return by_id.get(answers.person or 0)


@pytest.mark.parametrize(
    ("category", "leader"),
    [
        ("teaching", SUN),
        ("moral", CHENG),
        ("logistics", CAI),
        ("conduct", HE),
        ("other", HEAD),
        ("admissions", SUN),
        ("four_winds", HEAD),
        (None, XU),
    ],
)
async def test_the_category_says_who(school: School, category: str | None, leader: str) -> None:
    assert await named(school, (await problem(school, category=category)).id) == leader


async def test_where_it_was_sent_counts_more_than_its_category(school: School) -> None:
    unit = await Unit.get(name="学生管理处")
    sent = await problem(school, category="logistics", department_id=unit.id)
    assert await named(school, sent.id) == CHENG


async def test_the_grades_leader_sees_it_too(school: School) -> None:
    answers = await who_answers(await problem(school, category="moral"), DAY)
    assert answers.along == (school.people[CAI],)
    own = await who_answers(await problem(school, category="logistics"), DAY)
    assert own.along == ()


async def test_who_is_away_is_stood_in_for_and_without_a_deputy_it_goes_up(school: School) -> None:
    found = await problem(school, category="logistics")
    leave = await Leave.create(
        person_id=school.people[CAI], deputy_id=school.people[SHEN], since=DAY, until=DAY
    )
    assert await named(school, found.id) == SHEN
    await Leave.filter(id=leave.id).update(deputy_id=None)
    answers = await who_answers(found, DAY)
    assert answers.person == school.people[HE]
    assert answers.passed_over == (school.people[CAI],)


async def test_whom_it_names_is_passed_over(school: School) -> None:
    found = await problem(school, category="moral")
    await ProblemNamed.create(problem_id=found.id, person_id=school.people[CHENG])
    assert await named(school, found.id) == HE
    await ProblemNamed.create(problem_id=found.id, person_id=school.people[HE], confirmed=True)
    assert await named(school, found.id) == HEAD
    await ProblemNamed.filter(person_id=school.people[CHENG]).update(confirmed=False)
    assert await named(school, found.id) == CHENG


async def test_where_nobody_leads_it_goes_up_to_the_office(school: School) -> None:
    found = await problem(school, category="logistics")
    await Seat.filter(role__in=["leader", "deputy_head", "head"]).delete()
    assert await named(school, found.id) == OFFICE
    await Seat.filter(role="office").delete()
    assert await named(school, found.id) is None


async def test_without_a_liaison_it_is_the_working_groups(school: School) -> None:
    found = await problem(school)
    await Seat.filter(role="liaison").delete()
    assert await named(school, found.id) == HE
    assert (await Problem.get(id=found.id)).category is None


@pytest.mark.parametrize(
    ("asker", "approver"), [(CAI, HE), (HE, HEAD), (HEAD, HE), (XU, CAI), (CHENG, HE)]
)
async def test_the_next_seat_up_agrees(school: School, asker: str, approver: str) -> None:
    found = await problem(school)
    asked = await approver_for(school.people[asker], found, DAY)
    assert asked == school.people[approver]


async def test_whom_it_names_never_agrees_and_nobody_agrees_to_their_own(school: School) -> None:
    found = await problem(school)
    await ProblemNamed.create(problem_id=found.id, person_id=school.people[HE])
    found = await problem_of(found.id) or found
    assert await approver_for(school.people[CAI], found, DAY) == school.people[HEAD]
    # Above the head there is only the office.
    assert await approver_for(school.people[HEAD], found, DAY) == school.people[OFFICE]
