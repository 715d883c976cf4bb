"""Talks, filled in for their reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.models import Correction, Deed, Speaker, Talk
from domain.notices import talks
from domain.notices.base import Notice
from domain.notices.values import UnitRef
from domain.notices.views import UnitName, View
from domain.notices.views_talks import TalkBuiltOnSeen, TalkCorrectionSeen, TalkSeen
from domain.queries.filling import base, with_recorded
from domain.queries.people import reached
from domain.queries.scope import Eyes
from domain.queries.talks import target_of_place


async def _talk(notice: Notice, eyes: Eyes, number: int, **more: Any) -> View:
    """What all notices about a talk have in common."""
    talk = await Talk.get(id=number).prefetch_related("key")
    held = await Speaker.filter(talk_id=number).order_by("id")
    people = tuple(one.person_id for one in held)
    own = eyes.standing is not None and eyes.standing.person in (talk.recorded_by_id, *people)
    target = await target_of_place(talk.unit_id, talk.school_class_id, eyes.today, own=own)
    note = await eyes.talk_note(talk, target)
    place = UnitRef(unit=talk.unit_id, school_class=talk.school_class_id)
    fixed = Deed.filter(kind="talk.fix", record_id=number, undone_at__isnull=True)
    return TalkSeen(
        **with_recorded(await base(notice, eyes), notice, {"text": note}),
        talk=number,
        form=talk.form,
        audience=talk.audience,
        people=talk.people,
        unit=await eyes.unit(place) if place != UnitRef() else None,
        day=talk.day,
        today=eyes.today,
        note=note,
        companions=await eyes.people(tuple(one for one in people if one != talk.recorded_by_id)),
        corrected=await fixed.exists(),
        **{"by": await eyes.person(talk.recorded_by_id)} | more,
    )


async def talk_recorded(notice: talks.TalkRecorded, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, added=notice.added)


async def talk_shared(notice: talks.TalkShared, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk)


async def talk_twice(notice: talks.TalkTwice, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, options=await eyes.options(notice.options))


async def talk_fixed(notice: talks.TalkFixed, eyes: Eyes) -> View:
    changes, told = await _changes(notice.deed, eyes), await eyes.people(await reached(notice.told))
    return await _talk(notice, eyes, notice.talk, told=told, **changes)


async def talk_fixed_shared(notice: talks.TalkFixedShared, eyes: Eyes) -> View:
    changes, by = await _changes(notice.deed, eyes), await eyes.person(notice.by)
    return await _talk(notice, eyes, notice.talk, **{**changes, "by": by})


async def _changes(number: int, eyes: Eyes) -> dict[str, Any]:
    """What a correction changed, and whether it was taken back since."""
    deed = await Deed.get(id=number)
    rows = await Correction.filter(id__in=deed.details["corrections"]).order_by("id")
    changes = [
        TalkCorrectionSeen(
            column=row.column,
            before=await _value(row.column, row.before, eyes),
            after=await _value(row.column, row.after, eyes),
        )
        for row in rows
    ]
    return {"changes": tuple(changes), "undone": deed.undone_at is not None}


async def _value(column: str, code: str | None, eyes: Eyes) -> str | int | date | UnitName | None:
    if code is None:
        return None
    if column == "place":
        kind, _, number = code.partition(":")
        ref = {"school_class": int(number)} if kind == "class" else {"unit": int(number)}
        return await eyes.unit(UnitRef(**ref))
    if column == "day":
        return date.fromisoformat(code)
    return int(code) if column == "people" else code


async def talk_fix_asked(notice: talks.TalkFixAsked | talks.TalkUnchanged, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk)


async def talk_fix_offered(notice: talks.TalkFixOffered, eyes: Eyes) -> View:
    options = await eyes.options(notice.options)
    wish = TalkCorrectionSeen(column="people", before=None, after=notice.people)
    return await _talk(notice, eyes, notice.talk, options=options, changes=(wish,))


async def talk_undone(notice: talks.TalkUndone, eyes: Eyes) -> View:
    told = await eyes.people(await reached(notice.told))
    return await _talk(notice, eyes, notice.talk, added=notice.parts, told=told, fix=notice.fix)


async def talk_undone_shared(notice: talks.TalkUndoneShared, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, whole=notice.whole, fix=notice.fix)


async def built_on(notice: talks.TalkBuiltOn, eyes: Eyes) -> View:
    by = await eyes.people(notice.by)
    return TalkBuiltOnSeen(**await base(notice, eyes), talk=notice.talk, by=by)
