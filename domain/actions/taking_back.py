"""Takes problems back with what was recorded a moment ago, as long as nobody has moved them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.actions.moving import Step, held, move
from domain.actions.problem_news import tell
from domain.errors import Refusal
from domain.models import Deed, Merge, OutboxEntry, Problem, ProblemEvent, Voice
from domain.notices.base import Notice
from domain.notices.problems import ProblemMoved
from domain.notices.undoing import UndoBuiltOn

# What recording it does by itself, and what the recorder may add before taking it back.
_OWN = frozenset({"list", "answer", "classify"})


async def undo_recording(deed: Deed) -> Notice:
    """What was recorded without a visit is withdrawn; Refusal once somebody has moved it."""
    number = deed.record_id
    assert number is not None
    built_on = UndoBuiltOn(visit=None, problem=number)
    await take_back_problems((number,), deed.person_id, {number: built_on})
    await Voice.filter(problem_id=number).update(undone_at=deed.undone_at)
    event = await ProblemEvent.filter(problem_id=number).order_by("-id").first()
    assert event is not None
    told = tuple(one for one in await _who_was_told([event]) if one is not None)
    return ProblemMoved(
        problem=number, move="take_back", event=event.id, by=deed.person_id, told=told
    )


async def take_back_problems(numbers: Sequence[int], by: int, refusal: dict[int, Notice]) -> None:
    """Withdraw them, and tell whoever was told of them.

    Raises Refusal with the problem's own of `refusal` once somebody has moved it, or was alerted:
    a problem has a clock and people who work on it, and doesn't vanish under them.
    """
    for number in numbers:
        problem = await held(number)
        events = await ProblemEvent.filter(problem_id=number).order_by("id")
        if await _touched(problem, events, by):
            raise Refusal(refusal[number])
        event = await move(problem, Step("take_back", by, touches=False), details={})
        await tell(problem, "take_back", event, by, await _who_was_told(events))


async def _touched(problem: Problem, events: list[ProblemEvent], by: int) -> bool:
    if problem.red_flag or problem.state not in ("listed", "closed"):
        return True
    if any(event.kind not in _OWN or event.by_id != by for event in events):
        return True
    return await Merge.filter(into_id=problem.id, undone_at__isnull=True).exists()


async def _who_was_told(events: list[ProblemEvent]) -> list[int | None]:
    told: list[int | None] = []
    for event in events:
        rows = OutboxEntry.filter(key__startswith=f"problem-event:{event.id}:")
        told += [row.person_id for row in await rows.order_by("id")]
    return told
