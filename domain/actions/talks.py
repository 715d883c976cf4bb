"""Records a talk about the strategy, and adds to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actions.arrangements import fulfil_by_talk
from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.actions.sealing import new_row_key, row_key, sealed
from domain.models import Speaker, Talk, TalkNote
from domain.notices.talks import TalkShared
from domain.records import now
from domain.sealing import new_seal_id


@dataclass(frozen=True)
class TalkMade:
    """A talk that was held on `day` (the school's date), by `by` and with `companions`."""

    by: int
    form: str
    audience: str
    day: date
    people: int | None = None
    unit: int | None = None
    school_class: int | None = None
    companions: tuple[int, ...] = ()
    note: str | None = None


async def record_talk(made: TalkMade) -> int:
    """Write the talk down and tell those who held it too; returns its number."""
    key = await new_row_key()
    seal = new_seal_id()
    talk = await Talk.create(
        seal=seal,
        key_id=key.id,
        form=made.form,
        audience=made.audience,
        people=made.people,
        unit_id=made.unit,
        school_class_id=made.school_class,
        day=made.day,
        recorded_at=await now(),
        recorded_by_id=made.by,
        note=sealed(made.note, Talk, "note", seal, key) if made.note else None,
    )
    await Speaker.create(talk_id=talk.id, person_id=made.by)
    others = await _held_too(talk.id, made.companions)
    await fulfil_by_talk(talk, (made.by, *others))
    deed = await note_deed(made.by, "talk.record", talk.id)
    await _share(TalkShared(talk=talk.id, by=made.by), others, deed)
    return talk.id


async def _held_too(talk: int, companions: tuple[int, ...]) -> list[int]:
    """Those who held it too stand in the record, each once; who is new there."""
    known = {one.person_id for one in await Speaker.filter(talk_id=talk)}
    others = [person for person in dict.fromkeys(companions) if person not in known]
    await Speaker.bulk_create([Speaker(talk_id=talk, person_id=one) for one in others])
    return others


async def _share(notice: TalkShared, people: list[int], deed: int) -> None:
    """Tell them; who was taken out of the record and stands there anew is told anew."""
    for person in people:
        key = f"talk:{notice.talk}:shared:{person}:{deed}"
        await put(notice, Address(person=person), key)


async def add_to_talk(number: int, by: int, note: str | None, companions: tuple[int, ...]) -> None:
    """Add a note, or people who held it too; nothing that stands there already is changed."""
    talk = await Talk.get(id=number)
    kept = await _noted(talk, by, note) if note else None
    others = await _held_too(number, companions)
    await fulfil_by_talk(talk, others)
    deed = await note_deed(by, "talk.add", number, note=kept, people=others)
    await _share(TalkShared(talk=number, by=by), others, deed)


async def _noted(talk: Talk, by: int, note: str) -> int:
    if talk.key_id is None:
        talk.key_id = (await new_row_key()).id
        # What was sealed with the key that is gone can't be read any more.
        await Talk.filter(id=talk.id).update(key_id=talk.key_id, note=None)
    seal = new_seal_id()
    row = await TalkNote.create(
        seal=seal,
        talk_id=talk.id,
        text=sealed(note, TalkNote, "text", seal, await row_key(talk.key_id)),
        recorded_by_id=by,
        recorded_at=await now(),
    )
    return row.id
