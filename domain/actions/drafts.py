"""Keeps what a person has typed and is still being asked about, for an hour, sealed."""

from __future__ import annotations

import json
from typing import Any

from domain.actions.sealing import new_row_key, sealed
from domain.models import Draft, WrappedKey
from domain.records import now
from domain.rules.questions import OPEN_FOR
from domain.sealing import new_seal_id


async def keep_draft(person: int, content: dict[str, Any], *, question: bool) -> None:
    """Replace the person's draft; a person has one, whichever chat it began in."""
    await drop_draft(person)
    key = await new_row_key()
    seal = new_seal_id()
    await Draft.create(
        seal=seal,
        key_id=key.id,
        person_id=person,
        expires_at=await now() + OPEN_FOR,
        question=question,
        content=sealed(json.dumps(content), Draft, "content", seal, key),
    )


async def drop_draft(person: int, *, questions_only: bool = False) -> bool:
    """Forget the person's draft and destroy its key; whether there was one."""
    draft = await Draft.get_or_none(person_id=person)
    if draft is None or (questions_only and not draft.question):
        return False
    await draft.delete()
    if draft.key_id is not None:
        await WrappedKey.filter(id=draft.key_id).delete()
    return True
