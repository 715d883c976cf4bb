"""Says whose group a chat is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actions.deeds import note_deed
from domain.actions.roster_told import tell_each
from domain.models import Room, RosterChange
from domain.notices.base import Notice
from domain.notices.newcomers import RoomBoundForYou
from domain.records import now


@dataclass(frozen=True)
class RoomWish:
    """The group, as its platform names it, is to be the unit's; `watchers` are told."""

    by: int
    platform: str
    app: str
    chat: str
    unit: int
    watchers: tuple[int, ...] = ()


async def bind_room(wish: RoomWish) -> bool:
    """The group is that unit's from now on; False when it was already, and nothing is written."""
    made, _ = await Room.get_or_create(platform=wish.platform, app=wish.app, chat=wish.chat)
    room = await Room.select_for_update().get(id=made.id)
    before = room.unit_id
    if before == wish.unit:
        return False
    await Room.filter(id=room.id).update(unit_id=wish.unit)
    rows = [await _change(wish.by, "room", wish.unit)]
    if before is not None:
        rows.append(await _change(wish.by, "room_left", before))
    changes = [row.id for row in rows]
    await note_deed(
        wish.by,
        "roster.room",
        changes[0],
        changes=changes,
        room=room.id,
        before=before,
        after=wish.unit,
    )
    await _tell(wish, before, changes[0])
    return True


async def _change(by: int, action: str, unit: int) -> RosterChange:
    return await RosterChange.create(at=await now(), by_id=by, action=action, unit_id=unit)


async def _tell(wish: RoomWish, before: int | None, change: int) -> None:
    notice = RoomBoundForYou(by=wish.by, unit=wish.unit, before=before)
    told: Iterable[int] = dict.fromkeys(wish.watchers)
    notices: dict[int, Notice] = dict.fromkeys(told, notice)
    await tell_each(notices, wish.by, f"roster:{change}")
