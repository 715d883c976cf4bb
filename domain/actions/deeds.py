"""Notes what a person did by a command, so that it can be taken back for a while."""

from __future__ import annotations

from typing import Any

from domain.models import Deed
from domain.records import now


async def note_deed(person: int, kind: str, record: int, **details: Any) -> int:
    """Note a deed; `details` are ids and codes, all that taking it back needs to know.

    `kind` is the record's kind and what was done to it ("visit.record"); how each is taken back
    stands in domain/actions/undoing.py. Returns the deed's id.
    """
    deed = await Deed.create(
        person_id=person, at=await now(), kind=kind, record_id=record, details=details
    )
    return deed.id
