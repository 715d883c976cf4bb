"""Puts a talk right where it was recorded wrongly; what stood there before is kept and shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.actions.arrangements import match_talk_anew
from domain.actions.deeds import note_deed
from domain.actions.outbox import Address, put
from domain.errors import Refusal
from domain.models import Correction, Deed, Speaker, Talk
from domain.notices.base import Notice
from domain.notices.refusals import NumberUnknown
from domain.notices.talks import TalkBuiltOn, TalkFixedShared, TalkUndone, TalkUndoneShared
from domain.notices.values import UnitRef
from domain.records import now

ADD, FIX = "talk.add", "talk.fix"


@dataclass(frozen=True)
class TalkFix:
    """What a talk should say: only what is named is changed.

    `codes` are form, audience, people (how many), day (a date) and place (a UnitRef), by name.
    """

    talk: int
    by: int
    codes: Mapping[str, Any]


@dataclass(frozen=True)
class TalkFixKept:
    """The deed, and those who are told."""

    deed: int
    told: tuple[int, ...]


async def fix_talk(fix: TalkFix) -> TalkFixKept | None:
    """Put it right and tell those who held it; None when it says all that already.

    Raises Refusal when the talk was taken back.
    """
    talk = await Talk.select_for_update().get(id=fix.talk)
    if talk.undone_at is not None:
        raise Refusal(NumberUnknown(letter="T", number=talk.id))
    corrections = [
        await _fixed(talk, name, value, fix.by)
        for name, value in fix.codes.items()
        if _stands(talk, name) != value
    ]
    if not corrections:
        return None
    await match_talk_anew(talk.id)
    deed = await note_deed(fix.by, FIX, talk.id, corrections=corrections)
    told = tuple(one for one in await _whose(talk) if one != fix.by)
    for person in told:
        notice = TalkFixedShared(talk=talk.id, by=fix.by, deed=deed)
        await put(notice, Address(person=person), f"deed:{deed}:fixed:{person}")
    return TalkFixKept(deed, told)


def _stands(talk: Talk, name: str) -> Any:
    if name == "place":
        return UnitRef(unit=talk.unit_id, school_class=talk.school_class_id)
    return getattr(talk, name)


async def _fixed(talk: Talk, name: str, value: Any, by: int) -> int:
    row = await Correction.create(
        record="talk",
        record_id=talk.id,
        column=name,
        before=_coded(_stands(talk, name)),
        after=_coded(value),
        by_id=by,
        at=await now(),
    )
    await _write(talk.id, name, value)
    return row.id


async def _write(number: int, name: str, value: Any) -> None:
    columns = {name: value}
    if isinstance(value, UnitRef):
        columns = {"unit_id": value.unit, "school_class_id": value.school_class}
    await Talk.filter(id=number).update(**columns)


def _coded(value: Any) -> str | None:
    """As a correction keeps it; a place by what it is and its id."""
    if isinstance(value, UnitRef):
        if value.school_class is not None:
            return f"class:{value.school_class}"
        return f"unit:{value.unit}" if value.unit is not None else None
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _decoded(name: str, code: str | None) -> Any:
    if name == "place":
        kind, _, number = (code or "").partition(":")
        if kind == "class":
            return UnitRef(school_class=int(number))
        return UnitRef(unit=int(number)) if number else UnitRef()
    if code is None:
        return None
    if name == "day":
        return date.fromisoformat(code)
    return int(code) if name == "people" else code


async def _whose(talk: Talk) -> list[int]:
    held = await Speaker.filter(talk_id=talk.id).order_by("id")
    return list(dict.fromkeys([talk.recorded_by_id, *(one.person_id for one in held)]))


async def undo_talk_fix(deed: Deed) -> Notice:
    """The talk says what it said before; refused once somebody else has corrected or added."""
    assert deed.record_id is not None
    talk = await Talk.select_for_update().get(id=deed.record_id)
    await talk_built_on_by_nobody(deed, ADD, FIX)
    rows = await Correction.filter(id__in=deed.details["corrections"]).order_by("-id")
    for row in rows:
        await _write(talk.id, row.column, _decoded(row.column, row.before))
    await match_talk_anew(talk.id)
    await Correction.filter(id__in=deed.details["corrections"]).delete()
    told = tuple(one for one in await _whose(talk) if one != deed.person_id)
    for person in told:
        notice = TalkUndoneShared(talk=talk.id, by=deed.person_id, whole=False, fix=True)
        await put(notice, Address(person=person), f"deed:{deed.id}:undone:{person}")
    parts = tuple(row.column for row in reversed(rows))
    return TalkUndone(talk=talk.id, parts=parts, fix=True, told=told)


async def talk_built_on_by_nobody(deed: Deed, *kinds: str) -> None:
    """Nobody else has done anything with it since; one's own later deeds are taken back first."""
    later = Deed.filter(
        kind__in=kinds, record_id=deed.record_id, id__gt=deed.id, undone_at__isnull=True
    )
    others: Iterable[Deed] = await later.exclude(person_id=deed.person_id).order_by("id")
    if by := tuple(dict.fromkeys(one.person_id for one in others)):
        assert deed.record_id is not None
        raise Refusal(TalkBuiltOn(talk=deed.record_id, by=by))
