"""Whatever is changed in the story of the problems is noticed, and where."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from tortoise.connection import get_connection

from domain.actions.sealing import destroy_key
from domain.models import ChainHead, ProblemEvent
from domain.queries.audit import Kept, verify
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.house import School

Deed = Callable[[], Awaitable[Any]]


@pytest.fixture
async def story(school: School) -> School:
    """Five events: one listed, four notes."""
    person = school.people[CAI]
    number = await listed(school, LIN, "灯坏了", state="claimed", responsible_id=person)
    for said in ("一", "二", "三", "四"):
        await school.say(CAI, f"/跟进 {number} {said}")
    return school


async def test_an_untouched_chain_is_whole(story: School) -> None:
    seen = await verify()
    assert (seen.events, seen.erased, seen.fault) == (5, 0, None)
    assert (await verify(Kept(seen.events, seen.digest))).fault is None


async def test_no_events_are_whole_too(school: School) -> None:
    seen = await verify()
    assert (seen.events, seen.fault) == (0, None)


async def _swap_texts() -> None:
    one, other = await ProblemEvent.get(number=2), await ProblemEvent.get(number=3)
    columns = {"text": one.text, "salt": one.salt, "key_id": one.key_id}
    await ProblemEvent.filter(id=other.id).update(**columns)


CHANGES: dict[str, tuple[Deed, str, int]] = {
    "somebody else did it": (
        lambda: ProblemEvent.filter(number=3).update(by_id=1),
        "changed",
        3,
    ),
    "it led elsewhere": (
        lambda: ProblemEvent.filter(number=2).update(state="closed"),
        "changed",
        2,
    ),
    "its details are others": (
        lambda: ProblemEvent.filter(number=1).update(details={"voice": 99}),
        "changed",
        1,
    ),
    "its text is another's": (_swap_texts, "text", 3),
    "its text is gone, and its key is not": (
        lambda: ProblemEvent.filter(number=2).update(text=None),
        "text",
        2,
    ),
    "one is taken out": (lambda: ProblemEvent.filter(number=3).delete(), "missing", 3),
    "the last is taken out": (lambda: ProblemEvent.filter(number=5).delete(), "cut_off", 5),
    "the last and the head's place are": (
        lambda: _cut(4),
        "cut_off",
        5,
    ),
}


async def _cut(number: int) -> None:
    """What only somebody does who knows the chain; the kept digest of 5 shows it all the same."""
    await ProblemEvent.filter(number__gt=number).delete()
    last = await ProblemEvent.get(number=number)
    await ChainHead.filter(id=1).update(number=number, digest=last.digest)


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_is_noticed_where_it_is(story: School, what: str) -> None:
    before = await verify()
    deed, fault, at = CHANGES[what]
    await deed()
    seen = await verify(Kept(before.events, before.digest))
    assert (seen.fault, seen.at) == (fault, at)
    assert seen.events == at - 1


async def test_a_past_that_was_written_anew_is_not_the_kept_one(story: School) -> None:
    assert (await verify(Kept(3, "0" * 64))).fault == "other_past"


async def test_an_event_that_came_from_elsewhere_is_noticed(story: School) -> None:
    await get_connection("default").execute_query(
        "INSERT INTO problem_event (seal, problem_id, kind, state, at, details)"
        " SELECT 'x', problem_id, kind, state, at, details FROM problem_event WHERE number = 1"
    )
    assert (await verify()).fault == "unchained"


async def test_what_was_erased_leaves_the_chain_whole(story: School) -> None:
    event = await ProblemEvent.get(number=3)
    await destroy_key(event.key_id)
    seen = await verify()
    assert (seen.events, seen.erased, seen.fault) == (5, 1, None)
