"""I2: a problem is with one person at most: who took it last, by moves that the table has."""

from __future__ import annotations

from itertools import groupby, pairwise

from domain.models import Problem, ProblemEvent
from domain.rules.moves import MOVES
from tests.stateful.life import Life

_HELD = frozenset({"claimed", "assigned"})
# After these the one before may hold it again.
_BACK = frozenset({"undo", "split", "reopen", "keep"})


async def one_holder(life: Life) -> None:
    """Of two who claim at once the second finds it claimed: no state has two claims in a row."""
    del life
    rows = {row.id: row for row in await Problem.all()}
    events = await ProblemEvent.all().order_by("problem_id", "id")
    for number, its in groupby(events, key=lambda event: event.problem_id):
        story = list(its)
        for one, after in pairwise(story):
            move = MOVES[after.kind]  # type: ignore[index]
            assert one.state in move.since, f"#{number}: {after.kind} from {one.state}"
            stays = not move.into and after.state == one.state
            assert after.state in move.into or stays, f"#{number}: {after.kind} to {after.state}"
        assert story[-1].state == rows[number].state, f"#{number} isn't where its story ends"
        _with_whom_it_was_left(rows[number], story)


def _with_whom_it_was_left(row: Problem, story: list[ProblemEvent]) -> None:
    if row.state == "listed":
        assert row.responsible_id is None, f"#{row.id} is on the list and with somebody"
        return
    if row.state not in _HELD:
        return
    assert row.responsible_id is not None, f"#{row.id} is {row.state} and with nobody"
    turns = [event for event in story if event.kind in {"claim", "assign", *_BACK}]
    if turns[-1].kind in _BACK:
        return
    took = turns[-1].by_id if turns[-1].kind == "claim" else turns[-1].details["to"]
    assert row.responsible_id == took, f"#{row.id} isn't with whom took it last"
