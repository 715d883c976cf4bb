"""Keeps what an answer must echo, sealed with the message it answers."""

from __future__ import annotations

from domain.actions.sealing import new_row_key, sealed
from domain.models import Heard
from domain.records import HeardMessage


async def keep_typed(heard: HeardMessage, typed: str) -> None:
    """Seal what was typed into the message's row."""
    key = await new_row_key()
    await Heard.filter(id=heard.id).update(
        key_id=key.id, typed=sealed(typed, Heard, "typed", heard.seal, key)
    )
