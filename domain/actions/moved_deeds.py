"""Notes of each move of a problem who made it and how it was before, so that it can be undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.actions.deeds import note_deed
from domain.models import Problem
from domain.rules.moves import MoveName
from domain.sealing import Sealed


async def note_moved(
    problem: Problem, name: MoveName, by: int | None, event: int, before: dict[str, Any]
) -> None:
    """Note the move as a deed of who made it; `before` is what the changed columns held.

    What happened by itself, and what takes something back, is nobody's to take back.
    """
    if by is None or name in ("undo", "take_back"):
        return
    kept = {column: _plain(value) for column, value in before.items() if not _is_sealed(value)}
    await note_deed(by, f"problem.{name}", problem.id, event=event, before=kept)


def _is_sealed(value: Any) -> bool:
    return isinstance(value, Sealed)


def _plain(value: Any) -> Any:
    """As JSON has it: days and instants in ISO form."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value
