"""Problems heard as one and taken apart again: nothing of either is lost or changed by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.transactions import in_transaction

from domain.actions.merging import merge, none_merged_into, split
from domain.chaining import chained
from domain.errors import Refusal
from domain.merged import next_place
from domain.models import Merge, Problem, ProblemNamed, Voice
from domain.notices.problems import ProblemElsewhere
from domain.notices.problems_agreeing import ApprovalWaits
from domain.notices.problems_merging import (
    MergeKeptApart,
    NotMerged,
    SameProblem,
    StillHeardWith,
)
from domain.queries.problems import problem_of, voices_of
from tests.commands.dialogs import CAI, CHENG, HEAD, LI, LIN, listed, open_approval
from tests.fixtures.house import School


@asynccontextmanager
async def doing() -> AsyncIterator[None]:
    async with in_transaction(), chained():
        yield


async def merged(school: School, number: int, into: int, by: str = CAI) -> None:
    async with doing():
        await merge(number, into, school.people[by])


async def taken_apart(school: School, number: int, by: str = CAI) -> None:
    async with doing():
        await split(number, school.people[by])


async def problems(school: School, count: int = 2) -> list[int]:
    return [await listed(school, LIN, f"食堂的菜太咸了 {n}") for n in range(count)]


async def numbered(problem: int) -> dict[int, int]:
    return {voice.id: voice.place for voice in await voices_of(problem)}


async def everything() -> dict[str, Any]:
    """All columns of all problems and voices; `version` alone counts on."""
    rows = {
        f"problem {row['id']}": {name: value for name, value in row.items() if name != "version"}
        for row in await Problem.all().order_by("id").values()
    }
    voices = {f"voice {row['id']}": row for row in await Voice.all().order_by("id").values()}
    return rows | voices


async def test_what_was_merged_is_heard_with_the_other_and_numbered_on(school: School) -> None:
    one, two, three = await problems(school, 3)
    await merged(school, one, two)
    assert list((await numbered(two)).values()) == [1, 2]
    # One that took another in may be merged itself: the other comes along.
    await merged(school, two, three)
    assert list((await numbered(three)).values()) == [1, 2, 3]
    assert await next_place(three) == 4
    row = await Problem.get(id=one)
    assert (row.state, row.merged_into_id) == ("merged", two)


async def test_taken_apart_it_is_as_it_was(school: School) -> None:
    one, two, three = await problems(school, 3)
    await Problem.filter(id=one).update(state="claimed", responsible_id=school.people[CAI])
    before = await everything()
    await merged(school, one, two)
    await merged(school, three, two)
    places = await numbered(two)
    await taken_apart(school, one)
    # Nobody else's number changes by it.
    assert (await numbered(two)).items() <= places.items()
    await taken_apart(school, three)
    assert await everything() == before


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
    order=st.permutations(range(5)),
)
@pytest.mark.sqlite
async def test_any_merges_and_their_splits_leave_everything_as_it_was(
    school: School, steps: list[tuple[int, int]], order: list[int]
) -> None:
    numbers = [
        await listed(school, LIN, "灯坏了", state=state, responsible_id=school.people[CAI])
        for state in ("listed", "claimed", "assigned", "listed", "claimed")
    ]
    before = await everything()
    places = {number: await numbered(number) for number in numbers}
    for one, two in steps:
        try:
            await merged(school, numbers[one], numbers[two])
        except Refusal:
            # It is merged or taken apart in turn, and never comes round in a circle.
            if (await Problem.get(id=numbers[one])).state == "merged":
                await taken_apart(school, numbers[one])
        for number in numbers:
            given_ = (await numbered(number)).values()
            assert len(set(given_)) == len(given_)
    for place in order:
        if await Merge.filter(problem_id=numbers[place], undone_at__isnull=True).exists():
            await taken_apart(school, numbers[place])
    assert await everything() == before
    assert {number: await numbered(number) for number in numbers} == places


@pytest.mark.parametrize("state", ["closed", "merged", "withdrawn", "solved", "parked", "referred"])
async def test_what_is_not_worked_on_takes_nothing_in_and_is_not_merged(
    school: School, state: str
) -> None:
    one, two = await problems(school)
    await Problem.filter(id=two).update(state=state)
    for pair in ((one, two), (two, one)):
        with pytest.raises(Refusal) as refused:
            await merged(school, *pair)
        assert isinstance(refused.value.notice, ProblemElsewhere)
        assert refused.value.notice.problem == two


async def test_a_problem_is_not_merged_into_itself_nor_in_a_circle(school: School) -> None:
    one, two = await problems(school)
    with pytest.raises(Refusal) as refused:
        await merged(school, one, one)
    assert isinstance(refused.value.notice, SameProblem)
    await merged(school, one, two)
    with pytest.raises(Refusal) as refused:
        await merged(school, two, one)
    assert isinstance(refused.value.notice, ProblemElsewhere)


async def test_what_was_not_merged_can_not_be_taken_apart(school: School) -> None:
    one, two = await problems(school)
    with pytest.raises(Refusal) as refused:
        await taken_apart(school, one)
    assert isinstance(refused.value.notice, NotMerged)
    await merged(school, one, two)
    await taken_apart(school, one)
    with pytest.raises(Refusal):
        await taken_apart(school, one)


async def test_a_red_flag_and_an_ordinary_problem_stay_apart(school: School) -> None:
    one, two = await problems(school)
    await Problem.filter(id=one).update(red_flag=True)
    for pair in ((one, two), (two, one)):
        with pytest.raises(Refusal) as refused:
            await merged(school, *pair)
        assert isinstance(refused.value.notice, MergeKeptApart)
        assert refused.value.notice.why == "red_flag"


async def test_words_that_name_somebody_do_not_come_to_them_by_a_merge(school: School) -> None:
    one, two = await problems(school)
    await ProblemNamed.create(problem_id=one, person_id=school.people[CAI])
    await Problem.filter(id=two).update(state="claimed", responsible_id=school.people[CAI])
    with pytest.raises(Refusal) as refused:
        await merged(school, one, two)
    assert isinstance(refused.value.notice, MergeKeptApart)
    assert refused.value.notice.why == "named"
    # And who might else see the other one sees it no more.
    await Problem.filter(id=two).update(responsible_id=school.people[CHENG])
    await merged(school, one, two, by=HEAD)
    found = await problem_of(two)
    assert found is not None
    assert school.people[CAI] in found.sight.barred


async def test_who_recorded_one_of_the_voices_sees_what_it_is_heard_with(school: School) -> None:
    one = await listed(school, LI, "菜太咸")
    two = await listed(school, LIN, "菜很咸")
    await merged(school, one, two)
    found = await problem_of(two)
    assert found is not None
    assert found.sight.heard_by == {school.people[LI], school.people[LIN]}


async def test_while_somebody_is_asked_about_it_it_is_not_merged(school: School) -> None:
    one, two = await problems(school)
    await Problem.filter(id=one).update(state="claimed", responsible_id=school.people[CAI])
    await open_approval(school, one, "extend", by=CAI, of=HEAD, days=5)
    with pytest.raises(Refusal) as refused:
        await merged(school, one, two)
    assert isinstance(refused.value.notice, ApprovalWaits)


async def test_what_would_end_with_another_is_named(school: School) -> None:
    one, two = await problems(school)
    await none_merged_into(two)
    await merged(school, one, two)
    with pytest.raises(Refusal) as refused:
        await none_merged_into(two)
    assert isinstance(refused.value.notice, StillHeardWith)
    assert refused.value.notice.merged == (one,)
