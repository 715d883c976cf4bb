"""A list holds just those problems that its reader may know of, one by one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from domain.models import Approval, Problem, ProblemNamed, ProblemPrivy, Unit
from domain.queries.people import standing_of
from domain.queries.problem_lists import problem_page
from domain.queries.problems import found
from domain.records import now, today
from domain.rules.policy import READING
from domain.rules.problem_lists import Wanted
from domain.rules.problem_sight import reaches_any, sees
from domain.rules.problem_states import STATES
from tests.commands.dialogs import LIN, listed
from tests.fixtures.house import START, School

MOST = 1000


@pytest.fixture
async def crowd(school: School) -> School:
    """A hundred problems, each of its own kind, by chance that is the same each time."""
    chance = random.Random(57)
    people = list(school.people.values())
    units = [unit.id for unit in await Unit.all().order_by("id")]
    categories = ["teaching", "moral", "logistics", "conduct", "admissions", None]
    some = lambda among: chance.choice([None, *among])  # noqa: E731
    one = await Problem.get(id=await listed(school, LIN, "灯坏了"))
    async with in_transaction():
        for number in range(100):
            started = START.date() - timedelta(days=chance.randrange(40))
            problem = await Problem.create(
                heard_on=started,
                started_on=started,
                due_at=START + timedelta(days=chance.randrange(-20, 20), minutes=number),
                recorded_at=START,
                recorded_by_id=chance.choice(people),
                state=chance.choice(STATES),
                unit_id=some(units),
                source="phone",
                speaker="parent",
                category=chance.choice(categories),
                department_id=chance.choice([None, None, None, *units[:4]]),
                responsible_id=some(people),
                handed_to_id=some(people),
                red_flag=chance.random() < 0.2,
                supervised_at=chance.choice([None, START]),
                key_id=one.key_id,
            )
            await _around(problem.id, chance, people)
    return school


async def _around(problem: int, chance: random.Random, people: list[int]) -> None:
    row: dict[str, Any] = {"problem_id": problem, "person_id": chance.choice(people)}
    if chance.random() < 0.3:
        await ProblemNamed.create(**row, confirmed=chance.choice([True, False, None]))
    if chance.random() < 0.3:
        await ProblemPrivy.create(**row, why="alerted", at=START)
    if chance.random() < 0.3:
        await Approval.create(
            problem_id=problem,
            kind="extend",
            asked_at=START,
            asked_of_id=chance.choice(people),
            state_before="claimed",
            decided_at=chance.choice([None, START]),
        )


async def test_everyone_sees_what_the_rule_says_and_red_flags_are_counted(crowd: School) -> None:
    every = await found(await Problem.all().order_by("id"))
    for person in crowd.people.values():
        standing = await standing_of(person, await today())
        page = await problem_page(standing, Wanted(stage="every"), await today(), most=MOST)
        assert set(page.problems) == {one.id for one in every if sees(standing, one.sight)}
        assert page.total == len(page.problems)
        hidden = [
            one
            for one in every
            if not sees(standing, one.sight)
            and person not in one.sight.barred
            and reaches_any(standing, READING["problem"], one.sight.places)
        ]
        assert page.hidden == len(hidden)


async def _head(school: School, **wanted: Any) -> list[Problem]:
    standing = await standing_of(school.people["何国良"], await today())
    page = await problem_page(standing, Wanted(**wanted), await today(), most=MOST)
    rows = {row.id: row for row in await Problem.filter(id__in=page.problems)}
    return [rows[number] for number in page.problems]


async def test_each_filter_keeps_what_it_says(crowd: School) -> None:
    moment = await now()
    assert {row.state for row in await _head(crowd, stage="parked")} == {"parked"}
    late = await _head(crowd, stage="overdue")
    assert late
    assert all(row.due_at < moment for row in late)
    assert late == sorted(late, key=lambda row: (row.due_at, row.id))
    assert {row.category for row in await _head(crowd, category="moral")} == {"moral"}
    assert {row.category for row in await _head(crowd, stage="unclassified")} == {None}
    old = await _head(crowd, older_than=10, stage="every")
    assert {row.id for row in old} < {row.id for row in await _head(crowd, stage="every")}
    assert all(row.started_on < date(2018, 8, 24) for row in old)
    cai = crowd.people["蔡平"]
    held = await _head(crowd, person=cai, stage="every")
    assert held
    assert all(cai in (row.responsible_id, row.handed_to_id) for row in held)
    assert all(row.supervised_at for row in await _head(crowd, stage="supervised"))


async def test_a_departments_list_has_what_arose_there_and_what_it_answers_for(
    crowd: School,
) -> None:
    unit = await Unit.get(name="总务处")
    rows = await _head(crowd, unit=unit.id, stage="every")
    assert rows
    for row in rows:
        answers = unit.id in (row.unit_id, row.department_id)
        assert answers or (row.category == "logistics" and row.department_id is None)


async def test_pages_hold_each_problem_once(crowd: School) -> None:
    standing = await standing_of(crowd.people["邵毓君"], await today())
    wanted = Wanted(stage="every")
    whole = await problem_page(standing, wanted, await today(), most=MOST)
    pages = [
        await problem_page(standing, wanted, await today(), skip=skip, most=7)
        for skip in range(0, whole.total, 7)
    ]
    assert [one for page in pages for one in page.problems] == list(whole.problems)
    assert {page.total for page in pages} == {whole.total}
