"""Takes back a talk, what was added to one, something arranged, and that it was called off."""

from __future__ import annotations

from collections.abc import Iterable

from domain.actions.arrangements import end, reopen, restore
from domain.actions.fixing_talks import ADD, FIX, talk_built_on_by_nobody
from domain.actions.moving_arrangements import MOVED
from domain.actions.outbox import Address, put
from domain.errors import Refusal
from domain.models import Arrangement, Deed, Speaker, Talk, TalkNote
from domain.notices.arrangements import (
    ArrangementCalledOff,
    ArrangementClosed,
    ArrangementRestored,
)
from domain.notices.base import Notice
from domain.notices.talks import TalkUndone, TalkUndoneShared


async def undo_talk(deed: Deed) -> Notice:
    """The talk counts no more; what was arranged is open again.

    Refused once somebody else has added to it; one's own additions go with it.
    """
    number = _record(deed)
    await talk_built_on_by_nobody(deed, ADD, FIX)
    await Talk.filter(id=number).update(undone_at=deed.undone_at)
    await TalkNote.filter(talk_id=number, undone_at__isnull=True).update(undone_at=deed.undone_at)
    await reopen(talk_id=number)
    held = await Speaker.filter(talk_id=number).order_by("id")
    told = await _tell(deed, (one.person_id for one in held), whole=True)
    return TalkUndone(talk=number, told=told)


async def undo_talk_addition(deed: Deed) -> Notice:
    """What was added is as if it had never been; the talk itself stays."""
    number, people, note = _record(deed), deed.details["people"], deed.details["note"]
    if note is not None:
        await TalkNote.filter(id=note).update(undone_at=deed.undone_at)
    await Speaker.filter(talk_id=number, person_id__in=people).delete()
    await reopen(talk_id=number, leader_id__in=people)
    told = await _tell(deed, people, whole=False)
    parts = ["text"] * (note is not None) + ["companions"] * bool(people)
    return TalkUndone(talk=number, parts=tuple(parts), told=told)


def _record(deed: Deed) -> int:
    assert deed.record_id is not None
    return int(deed.record_id)


async def _tell(deed: Deed, people: Iterable[int], *, whole: bool) -> tuple[int, ...]:
    """Tell those who had been told of it; who they are."""
    others = tuple(one for one in people if one != deed.person_id)
    for person in others:
        notice = TalkUndoneShared(talk=_record(deed), by=deed.person_id, whole=whole)
        await put(notice, Address(person=person), f"deed:{deed.id}:undone:{person}")
    return others


async def undo_plan(deed: Deed) -> Notice:
    """What was arranged is off, and the leader told; refused once it took place or is off."""
    number = _record(deed)
    row = await Arrangement.get(id=number)
    moved = Deed.filter(kind=MOVED, record_id=number, undone_at__isnull=True)
    if await moved.exclude(person_id=deed.person_id).exists():
        raise Refusal(ArrangementClosed(arrangement=number, moved=True))
    if row.called_off_at is not None or row.visit_id is not None or row.talk_id is not None:
        raise Refusal(ArrangementClosed(arrangement=number))
    told = await end(number, deed.person_id, deed.id)
    return ArrangementCalledOff(arrangement=number, told=told)


async def undo_call_off(deed: Deed) -> Notice:
    """What was called off stands again, and the other side is told."""
    told = await restore(_record(deed), deed.person_id, deed.id)
    return ArrangementRestored(arrangement=_record(deed), told=told)
