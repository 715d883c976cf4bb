"""Notes what happened to a problem: a step of its story that is never changed."""

from __future__ import annotations

from typing import Any

from domain.actions.sealing import new_row_key, row_key, sealed
from domain.chaining import event_noted, salted_digest
from domain.models import Problem, ProblemEvent
from domain.records import now
from domain.rules.moves import MoveName
from domain.sealing import new_seal_id


async def note_event(
    problem: Problem,
    kind: MoveName,
    by: int | None,
    text: str | None = None,
    *,
    key: int | None = None,
    **details: Any,
) -> int:
    """Note that it happened, and to which state it led; returns the event's id.

    `text` is what was said with it, byte for byte, sealed under the wrapped key of that id, or
    under one of its own. `details` are ids, codes, counts and days in ISO form. `by` is None for
    what happened by itself.
    """
    event_noted(problem.id)
    row: dict[str, Any] = {"seal": new_seal_id()}
    if text:
        under = await (new_row_key() if key is None else row_key(key))
        salt = new_seal_id()
        row |= {
            "key_id": under.id,
            "text": sealed(text, ProblemEvent, "text", row["seal"], under),
            "salt": sealed(salt, ProblemEvent, "salt", row["seal"], under),
            "text_digest": salted_digest(salt, text),
        }
    event = await ProblemEvent.create(
        problem_id=problem.id,
        kind=kind,
        state=problem.state,
        by_id=by,
        at=await now(),
        details=details,
        **row,
    )
    return event.id
