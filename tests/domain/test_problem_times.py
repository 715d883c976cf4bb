"""What happened to a problem is read from its rows as the rungs need it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tortoise.transactions import in_transaction

from domain.actions.events import note_event
from domain.chaining import chained
from domain.house import house
from domain.models import Approval, Problem
from domain.queries.problem_times import times_of
from domain.records import now
from domain.rules.moves import MoveName
from domain.rules.rungs import next_step
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.house import START, School


async def happened(number: int, *kinds: MoveName, **details: Any) -> None:
    async with in_transaction(), chained():
        for kind in kinds:
            await note_event(await Problem.get(id=number), kind, None, **details)


async def test_a_new_one_waits_to_be_classified(school: School) -> None:
    number = await listed(school, LIN, "灯坏了")
    times = (await times_of([await Problem.get(id=number)]))[number]
    assert (times.state, times.classified, times.resumed_at) == ("listed", False, None)
    coming = next_step(times, house().plan)
    assert coming is not None
    assert coming.rung == "unclassified"


async def test_what_came_back_counts_from_then(school: School) -> None:
    number = await listed(school, LIN, "灯坏了", state="claimed")
    await happened(number, "claim")
    row = await Problem.get(id=number)
    assert (await times_of([row]))[number].resumed_at is None
    await school.move_to(START + timedelta(days=2))
    for kinds in (("return",), ("park", "rung", "claim")):
        at = await now()
        await happened(number, *kinds, rung="review_day")
        assert (await times_of([row]))[number].resumed_at >= at
    assert "review_day" in (await times_of([row]))[number].fired


async def test_the_oldest_open_approval_counts(school: School) -> None:
    number = await listed(school, LIN, "灯坏了", state="claimed")
    for days, decided in ((5, None), (3, None), (1, START)):
        await Approval.create(
            problem_id=number,
            kind="extend",
            asked_at=START + timedelta(days=days),
            asked_of_id=school.people[CAI],
            state_before="claimed",
            decided_at=decided,
        )
    times = await times_of(await Problem.filter(id=number))
    assert times[number].approval_asked_at == START + timedelta(days=3)


async def test_each_of_several_has_its_own(school: School) -> None:
    numbers = [await listed(school, LIN, "灯坏了") for _ in range(3)]
    assert list(await times_of(await Problem.filter(id__in=numbers))) == numbers
