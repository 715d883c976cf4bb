"""Takes back a move of a problem that nobody has built on: it is where it was, and both are told.

The move stays in the story, and that it was taken back stands behind it. Where another command
undoes a move, or others have been asked to agree to it, that is said instead.
"""

from __future__ import annotations

from typing import Any

from domain.actions.moving import Step, held, move
from domain.actions.problem_news import barred_from, receipt, tell
from domain.errors import Refusal
from domain.models import Approval, Deed, OutboxEntry, Problem, ProblemEvent, ProblemPrivy, Voice
from domain.notices.base import Notice
from domain.notices.problems import ProblemUnknown
from domain.notices.problems_in_hand import MoveStays
from domain.records import now
from domain.rules.moves import MOVE_NAMES, MoveName

# These simply become as they were; the others are undone by a command of their own, or not at all.
TAKEN_BACK: frozenset[MoveName] = frozenset(
    {"claim", "still", "hand", "return", "solve", "told", "tried", "close", "reopen"}
)
# Whoever asked asks no more, as long as nobody has answered.
_ASKING: frozenset[MoveName] = frozenset({"ask", "offer", "ask_referral"})
# Made by themselves, or together with what they belong to.
_NOBODYS: frozenset[MoveName] = frozenset(
    {"list", "answer", "alert", "assign", "supervise", "rung", "undo", "take_back"}
)
_ADD_NOTHING = frozenset({"undo", "rung", "alert"})
# The kinds of deeds that people's moves are.
KINDS = tuple(f"problem.{name}" for name in MOVE_NAMES if name not in _NOBODYS)


async def undo_problem(deed: Deed) -> Notice:
    """The problem is as it was before the move; Refusal when it has been moved since."""
    name: MoveName = deed.kind.partition(".")[2]  # type: ignore[assignment]
    assert deed.record_id is not None
    problem = await held(deed.record_id)
    if deed.person_id in await barred_from(problem.id):
        raise Refusal(ProblemUnknown(number=problem.id))
    if await _built_on(problem, deed):
        raise Refusal(MoveStays(problem=problem.id, move=name, why="built_on"))
    event = await ProblemEvent.get(id=deed.details["event"])
    if name in _ASKING:
        await _asks_no_more(problem, name, event.details["approval"])
    # What was agreed to isn't one person's to take back.
    elif name not in TAKEN_BACK or "approval" in event.details:
        raise Refusal(MoveStays(problem=problem.id, move=name, why="final"))
    return await _undone(problem, deed, name)


async def _built_on(problem: Problem, deed: Deed) -> bool:
    """Whether anybody has moved it since, but for what was taken back and mere reminders."""
    since = ProblemEvent.filter(problem_id=problem.id, id__gt=deed.details["event"])
    later = await since.order_by("id")
    undone = {one.details["event"] for one in later if one.kind == "undo"}
    return any(one.kind not in _ADD_NOTHING and one.id not in undone for one in later)


async def _asks_no_more(problem: Problem, name: MoveName, approval: int) -> None:
    """It needs no answer any more; whoever was quicker has answered."""
    waiting = Approval.filter(id=approval, decided_at__isnull=True)
    if not await waiting.update(decided_at=await now()):
        raise Refusal(MoveStays(problem=problem.id, move=name, why="built_on"))


async def _undone(problem: Problem, deed: Deed, name: MoveName) -> Notice:
    before = dict(deed.details["before"])
    back = before.pop("state")
    since = (problem.responsible_id, problem.handed_to_id)
    step = Step("undo", deed.person_id, wanted=back, touches=False)
    event = await move(problem, step, details=await _details(deed, name), **_as_rows(before))
    await _voice_as_it_was(deed.details["event"])
    knew = await _told_of(deed.details["event"])
    told = await tell(problem, "undo", event, deed.person_id, (*knew, *since))
    await _knows_no_more(problem, deed)
    return receipt(problem, "undo", event, deed.person_id, told)


async def _details(deed: Deed, name: MoveName) -> dict[str, Any]:
    """A return that was asked for is called a return."""
    asked = (await ProblemEvent.get(id=deed.details["event"])).details.get("what")
    undone = "return" if asked == "return" else name
    return {"undone": undone, "event": deed.details["event"]}


def _as_rows(before: dict[str, Any]) -> dict[str, Any]:
    """What the columns held, as Python has it."""
    columns = Problem._meta.fields_map
    return {name: columns[name].to_python_value(value) for name, value in before.items()}


async def _voice_as_it_was(event: int) -> None:
    """What a family was noted to have said is unsaid; its words stay in the story alone."""
    said = (await ProblemEvent.get(id=event)).details
    if "voice" not in said:
        return
    before: dict[str, Any] = dict(said["before"])
    if said["satisfaction"] != "not_reached":
        before |= {"answer": None, "answered_at": None}
    await Voice.filter(id=said["voice"]).update(**before)


async def _told_of(event: int) -> list[int]:
    """Who is told of the move, and who was asked by it."""
    rows = await OutboxEntry.filter(key__startswith=f"problem-event:{event}:").order_by("id")
    told = [row.person_id for row in rows if row.person_id is not None]
    asked: int | None = (await ProblemEvent.get(id=event)).details.get("of")
    return told if asked is None else [*told, asked]


async def _knows_no_more(problem: Problem, deed: Deed) -> None:
    """Who came to know of a red flag by the move alone doesn't any more."""
    event = await ProblemEvent.get(id=deed.details["event"])
    since = ProblemPrivy.filter(problem_id=problem.id, at__gte=event.at)
    await since.filter(why__in=("working", "returned")).delete()
