"""Talks, filled in for their reader."""

from __future__ import annotations

from typing import Any

from domain.models import Speaker, Talk
from domain.notices import talks
from domain.notices.base import Notice
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.notices.views_talks import TalkBuiltOnSeen, TalkSeen
from domain.queries.filling import base, with_recorded
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
        by=await eyes.person(talk.recorded_by_id),
        companions=await eyes.people(tuple(one for one in people if one != talk.recorded_by_id)),
        **more,
    )


async def talk_recorded(notice: talks.TalkRecorded, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, added=notice.added)


async def talk_shared(notice: talks.TalkShared, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk)


async def talk_twice(notice: talks.TalkTwice, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, options=await eyes.options(notice.options))


async def talk_undone(notice: talks.TalkUndone, eyes: Eyes) -> View:
    told = await eyes.people(notice.told)
    return await _talk(notice, eyes, notice.talk, added=notice.parts, told=told)


async def talk_undone_shared(notice: talks.TalkUndoneShared, eyes: Eyes) -> View:
    return await _talk(notice, eyes, notice.talk, whole=notice.whole)


async def built_on(notice: talks.TalkBuiltOn, eyes: Eyes) -> View:
    by = await eyes.people(notice.by)
    return TalkBuiltOnSeen(**await base(notice, eyes), talk=notice.talk, by=by)
