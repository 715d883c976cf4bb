"""The events of problems stand in one chain, each in its place, whatever else happens."""

from contextlib import suppress

import pytest
from tortoise.transactions import in_transaction

from domain.actions.events import note_event
from domain.chaining import chained, event_digest
from domain.models import ChainHead, Problem, ProblemEvent
from tests.commands.dialogs import CAI, LIN, listed
from tests.fixtures.house import School


async def whole() -> list[ProblemEvent]:
    """All events, when each has its place after the one before it."""
    events = await ProblemEvent.all().order_by("number")
    assert [one.number for one in events] == list(range(1, len(events) + 1))
    before = ""
    for event in events:
        assert event.previous == before
        before = event.digest or "none"
        assert before == event_digest(event)
    head = await ChainHead.get(id=1)
    assert (head.number, head.digest) == (len(events), before)
    return events


async def test_each_event_gets_its_place_when_the_message_ends(school: School) -> None:
    number = await listed(school, LIN, "灯坏了", state="claimed", responsible_id=school.people[CAI])
    for said in ("一", "二", "三"):
        await school.say(CAI, f"/跟进 {number} {said}")
    assert [one.kind for one in await whole()] == ["list", "note", "note", "note"]


async def test_what_was_rolled_back_leaves_no_gap(school: School) -> None:
    number = await listed(school, LIN, "灯坏了")
    problem = await Problem.get(id=number)
    with suppress(ZeroDivisionError):
        async with in_transaction(), chained():
            await note_event(problem, "note", None, "没了")
            raise ZeroDivisionError
    async with in_transaction(), chained():
        with suppress(ZeroDivisionError):
            async with in_transaction():
                await note_event(problem, "note", None, "也没了")
                raise ZeroDivisionError
        await note_event(problem, "note", None, "还在")
    assert len(await whole()) == 2


async def test_an_event_outside_of_the_chain_is_refused(school: School) -> None:
    problem = await Problem.get(id=await listed(school, LIN, "灯坏了"))
    with pytest.raises(RuntimeError, match="chained"):
        await note_event(problem, "note", None)
