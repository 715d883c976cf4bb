"""Notes what happened to a problem: a step of its story that is never changed."""

from __future__ import annotations

from typing import Any

from domain.actions.sealing import new_row_key, sealed
from domain.chaining import event_noted, salted_digest
from domain.models import Problem, ProblemEvent
from domain.records import now
from domain.rules.moves import MoveName
from domain.sealing import new_seal_id


async def note_event(
    problem: Problem, kind: MoveName, by: int | None, text: str | None = None, **details: Any
) -> int:
    """Note that it happened, and to which state it led; returns the event's id.

    `text` is what was said with it, byte for byte, sealed under a key of its own. `details` are
    ids, codes, counts and days in ISO form. `by` is None for what happened by itself.
    """
    event_noted()
    row: dict[str, Any] = {"seal": new_seal_id()}
    if text:
        key, salt = await new_row_key(), new_seal_id()
        row |= {
            "key_id": key.id,
            "text": sealed(text, ProblemEvent, "text", row["seal"], key),
            "salt": sealed(salt, ProblemEvent, "salt", row["seal"], key),
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
