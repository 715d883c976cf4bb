"""Moves a problem from state to state as the table allows, each move with its event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from tortoise.expressions import F

from domain.actions.events import note_event
from domain.actions.lapsing import lapse
from domain.actions.moved_deeds import note_moved
from domain.errors import Refusal
from domain.models import Problem
from domain.notices.problems import ProblemElsewhere
from domain.records import now
from domain.rules.moves import MoveName, allowed, into
from domain.rules.problem_states import State


async def held(number: int) -> Problem:
    """The problem, ours until the transaction ends: of two who move it at once one waits.

    The second then finds what the first has made of it. DoesNotExist for an unknown number.
    """
    return await Problem.select_for_update().get(id=number)


@dataclass(frozen=True)
class Step:
    """A move: who makes it (None: it happens by itself), what was said with it, byte for byte.

    `wanted` is the state it shall lead to, where the table leaves a choice. `details` are ids,
    codes, counts and days for the story; `touches` says that somebody is at it. `key` is the
    wrapped key under which the text is sealed, that of a family whose words it is; else its own.
    """

    name: MoveName
    by: int | None
    text: str | None = None
    wanted: State | None = None
    touches: bool = True
    key: int | None = None


async def move(problem: Problem, step: Step, *, details: dict[str, Any], **changes: Any) -> int:
    """Make the move and change those columns with it; returns the event's id.

    Raises Refusal with ProblemElsewhere when the table doesn't allow it from where the problem
    is now, or when somebody has moved it since it was looked at.
    """
    state = cast("State", problem.state)
    if not allowed(state, step.name):
        raise Refusal(elsewhere(problem, step.name))
    changes["state"] = into(state, step.name, step.wanted)
    if step.touches:
        changes["touched_at"] = await now()
    before = {name: getattr(problem, name) for name in changes}
    seen = Problem.filter(id=problem.id, version=problem.version, state=state)
    if not await seen.update(version=F("version") + 1, **changes):
        raise Refusal(elsewhere(await Problem.get(id=problem.id), step.name))
    await problem.refresh_from_db()
    await lapse(problem)
    event = await note_event(problem, step.name, step.by, step.text, key=step.key, **details)
    await note_moved(problem, step.name, step.by, event, before)
    return event


def elsewhere(problem: Problem, name: MoveName) -> ProblemElsewhere:
    """Why the move can't be made: where the problem is, and with whom."""
    return ProblemElsewhere(
        problem=problem.id,
        move=name,
        state=cast("State", problem.state),
        responsible=problem.responsible_id,
        merged_into=problem.merged_into_id,
    )
