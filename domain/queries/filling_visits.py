"""Visits, filled in for their reader."""

from __future__ import annotations

from typing import Any

from domain.models import Deed, Visit, Visitor, Voice
from domain.notices import views, visits
from domain.notices.base import Notice
from domain.notices.values import Understood
from domain.notices.views import Child, View
from domain.queries.filling import base
from domain.queries.filling_problems_intake import offered
from domain.queries.scope import Eyes, VisitText
from domain.rules.policy import Target

_KINDS = ("visit.record", "visit.add", "visit.fix", "visit.void")


async def visit_seen(
    notice: Notice,
    eyes: Eyes,
    number: int,
    *,
    voices: tuple[int, ...] = (),
    deed: int | None = None,
    grounds: bool = False,
    **more: Any,
) -> View:
    """What all notices about a visit have in common; `deed` is what this one tells of.

    `grounds`: also why it is void.
    """
    visit = await Visit.get(id=number).select_related("key")
    went = await Visitor.filter(visit_id=visit.id).order_by("id")
    visitors = tuple(one.person_id for one in went)
    name = await eyes.class_name(visit.school_class_id)
    own = eyes.standing is not None and eyes.standing.person in (visit.recorded_by_id, *visitors)
    target = Target(grade=name.grade if name else None, school_class=visit.school_class_id, own=own)
    text = await eyes.visit_text(visit, target, voices)
    child = await eyes.child(visit.student_id, own=own) if visit.student_id else None
    shared = await base(notice, eyes)
    companions = tuple(one for one in visitors if one != visit.recorded_by_id)
    return views.VisitSeen(
        **shared
        | {"understood": _with_recorded(notice.understood, shared["understood"], text, child)},
        visit=visit.id,
        class_=name,
        student=child,
        teacher=await eyes.person(visit.teacher_id),
        day=visit.day,
        today=eyes.today,
        kind=visit.kind,
        method=visit.method,
        result=visit.result,
        answers=text.answers,
        text=text.text,
        words=text.words,
        has_words=text.words is not None or await _has_words(visit.id),
        companions=await eyes.people(companions),
        grounds=await eyes.void_grounds(visit, target) if grounds else None,
        **{"by": await eyes.person(visit.recorded_by_id)} | await _since(visit, deed) | more,
    )


async def _has_words(visit: int) -> bool:
    return await Voice.filter(visit_id=visit, undone_at__isnull=True).exists()


async def _since(visit: Visit, deed: int | None) -> dict[str, Any]:
    """Whether what is told was taken back since, and whether the visit was put right."""
    deeds = await Deed.filter(kind__in=_KINDS, record_id=visit.id).order_by("id")
    undone = any(one.id == deed and one.undone_at for one in deeds)
    return {
        "undone": visit.undone_at is not None or undone,
        "voided": any(one.kind == "visit.void" and not one.undone_at for one in deeds),
        "corrected": any(one.kind == "visit.fix" and not one.undone_at for one in deeds),
    }


async def is_void(number: int) -> bool:
    """Whether the visit was marked as one that never happened."""
    return await Deed.filter(kind="visit.void", record_id=number, undone_at__isnull=True).exists()


def _with_recorded(
    understood: Understood | None, seen: dict[str, str] | None, text: VisitText, child: Child | None
) -> dict[str, str] | None:
    """What was understood, with the parts that stand in the record itself."""
    if understood is None or seen is None:
        return seen
    for field in understood.fields:
        said = text.answers.get(field.name) or getattr(text, field.name, None)
        if field.kind == "recorded" and said is not None:
            seen[field.name] = said
        if field.kind == "student" and child is not None:
            seen[field.name] = str(child)
    return seen


async def visit_recorded(notice: visits.VisitRecorded, eyes: Eyes) -> View:
    """The receipt; a group isn't told of a problem that nobody asked for: danger was read."""
    silent = not eyes.private and not notice.voices
    return await visit_seen(
        notice,
        eyes,
        notice.visit,
        voices=notice.voices,
        deed=notice.deed,
        problem=None if silent else notice.problem,
        further=() if silent else notice.further,
        late_by=0 if silent else notice.late_by,
        **await _offered(notice, eyes),
        open_questions=notice.open_questions,
        coverage=await eyes.covered(notice.coverage),
        added=notice.added,
    )


async def _offered(notice: visits.VisitRecorded, eyes: Eyes) -> dict[str, Any]:
    """What the problem seems to be about, and which others say the same: one-to-one alone."""
    if notice.problem is None or not eyes.private or not (notice.asks or notice.similar):
        return {}
    return await offered(eyes, notice.problem, notice.similar, asks=notice.asks)


async def visit_shared(notice: visits.VisitShared, eyes: Eyes) -> View:
    return await visit_seen(notice, eyes, notice.visit)


async def visit_twice(notice: visits.VisitTwice, eyes: Eyes) -> View:
    return await visit_seen(notice, eyes, notice.visit, options=await eyes.options(notice.options))


async def name_in_group(notice: visits.NameInGroup, eyes: Eyes) -> View:
    return views.NameInGroupSeen(
        **await base(notice, eyes), visit=notice.visit, others=notice.others
    )
