"""Says whose group a chat is."""

from __future__ import annotations

from domain.actions.deeds import note_deed
from domain.models import Room, RosterChange
from domain.records import now


async def bind_room(by: int, platform: str, app: str, chat: str, unit: int) -> None:
    """The group is that unit's from now on."""
    room, _ = await Room.update_or_create(
        platform=platform, app=app, chat=chat, defaults={"unit_id": unit}
    )
    change = await RosterChange.create(at=await now(), by_id=by, action="bind", unit_id=unit)
    await note_deed(by, "roster.bind", change.id, room=room.id)
