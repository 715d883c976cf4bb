"""A problem that was just recorded, filled in for its reader."""

from __future__ import annotations

from typing import Any

from domain.house import SCHOOL_TIME, house
from domain.models import Problem, ProblemNamed, Student, Voice
from domain.notices import problems_intake, views_problems_intake
from domain.notices.values import UnitRef
from domain.notices.views import Child, View
from domain.notices.views_problems import CategoryName
from domain.notices.views_problems_intake import DangerName, Suggested
from domain.queries.classifying import suggested_for
from domain.queries.filling import base, with_recorded
from domain.queries.opening import opened
from domain.queries.people import names_of
from domain.queries.scope import Eyes
from domain.queries.scope_problems import (
    because,
    because_of,
    category_name,
    knows,
    problem_lines,
    sights_for,
    voices_with,
)

_QUOTED = ("summary", "because")


async def recorded(notice: problems_intake.ProblemRecorded, eyes: Eyes) -> View:
    """The receipt; what quotes the words is for one-to-one alone, and its reading is logged."""
    row = await Problem.get(id=notice.problem).select_related("key")
    sight = (await sights_for(eyes, [row]))[row.id]
    reads = eyes.private and knows(eyes, sight)
    said = {name: opened(row, name, row.key) for name in _QUOTED} if reads else {}
    said["words"] = await _words(row.id) if reads else None
    if any(said.values()):
        eyes.note_reading("problem", row.id, " ".join(name for name in said if said[name]))
    silent = row.red_flag and not eyes.private
    return views_problems_intake.ProblemRecordedSeen(
        **with_recorded(await base(notice, eyes), notice, said),
        problem=row.id,
        unit=None if silent else await eyes.unit(_where(row)),
        category_suggested=() if silent else _suggested(row),
        because=tuple((said.get("because") or "").split("\n")) if said.get("because") else (),
        words=said["words"],
        summary=said.get("summary"),
        due=None if silent or row.ended_at else row.due_at.astimezone(SCHOOL_TIME),
        days=house().plan.clock.days,
        late_by=0 if silent else notice.late_by,
        red_flag=row.red_flag and not silent,
        closed=row.ending == "on_the_spot",
        undone=row.state == "withdrawn",
        names=await _named(row) if reads else (),
        similar=notice.similar if reads else (),
        alike=notice.alike if reads else 0,
        asks=notice.asks and reads and row.category is None,
    )


async def offered(
    eyes: Eyes, problem: int, similar: tuple[int, ...], *, asks: bool
) -> dict[str, Any]:
    """What a visit's receipt tells of its problem beside its number; the reading is logged."""
    row = await Problem.get(id=problem).select_related("key")
    mine = eyes.standing is not None and eyes.standing.person == row.recorded_by_id
    if not mine or row.category is not None or row.state != "listed":
        return {}
    suggested = _suggested(row)
    return {
        "asks": suggested[0].name if asks and suggested else None,
        "because": await because_of(eyes, row),
        "similar": similar,
    }


async def _named(row: Problem) -> tuple[str, ...]:
    """Whom the words name, for who recorded them, as far as it isn't denied."""
    rows = await ProblemNamed.filter(problem_id=row.id).order_by("person_id")
    people = [one.person_id for one in rows if one.confirmed is not False]
    names = await names_of(set(people))
    return tuple(names[one] for one in people if one in names)


async def category_asked(notice: problems_intake.CategoryAsked, eyes: Eyes) -> View:
    # The reason is the likeliest one's, which may have been turned down.
    likeliest = (await suggested_for(notice.problem))[:1]
    told = notice.suggested[:1] == likeliest != ()
    return views_problems_intake.CategoryAskedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        categories=_called(notice.categories),
        suggested=_called(notice.suggested),
        because=await because(eyes, notice.problem) if told else (),
    )


def _called(keys: tuple[str, ...]) -> tuple[CategoryName, ...]:
    return tuple(name for key in keys if (name := category_name(key)) is not None)


async def to_classify(notice: problems_intake.ToClassify, eyes: Eyes) -> View:
    return views_problems_intake.ToClassifySeen(
        **await base(notice, eyes),
        lines=await problem_lines(eyes, notice.problems),
        more=notice.more,
        right=notice.right,
        suggested=notice.suggested,
    )


async def red_flag(
    notice: problems_intake.RedFlagRaised | problems_intake.RedFlagAdvice, eyes: Eyes
) -> View:
    """The danger with its words, for those alone who were alerted, or recorded it."""
    row = await Problem.get(id=notice.problem).select_related("key")
    sight = (await sights_for(eyes, [row]))[row.id]
    reads = eyes.private and knows(eyes, sight)
    lines = await problem_lines(eyes, (row.id,)) if reads else ()
    advice = notice if isinstance(notice, problems_intake.RedFlagAdvice) else None
    words = opened(row, "flag_words", row.key) if reads else None
    if reads:
        eyes.note_reading("problem", row.id, "flag_words words")
    return views_problems_intake.RedFlagSeen(
        **await base(notice, eyes),
        problem=row.id,
        kinds=_dangers(row) if reads else (),
        words=tuple(words.split("\n")) if words else (),
        said=await _words(row.id) if reads else None,
        line=lines[0] if lines else None,
        children=await _children(eyes, row) if reads and advice is None else (),
        by=await eyes.person(row.recorded_by_id) if reads else None,
        told=await eyes.people(advice.told) if advice and reads else (),
        in_group=advice is not None and advice.in_group,
        hours=house().plan.red_flags.claim_hours,
    )


def _dangers(row: Problem) -> tuple[DangerName, ...]:
    known = {one.key: one for one in house().plan.red_flags.kinds}
    return tuple(
        DangerName(key, known[key].name, known[key].name_en, known[key].phones)
        for key in row.flags
        if key in known
    )


async def _children(eyes: Eyes, row: Problem) -> tuple[Child, ...]:
    """The children whom the alert is about: who was visited, else the family's in that class.

    A sister elsewhere would look like another victim.
    """
    voices = await Voice.filter(problem_id=row.id).prefetch_related("visit").order_by("id")
    visited = {one.visit.student_id for one in voices if one.visit is not None} - {None}
    families = {one.family_id for one in voices} - {None}
    if visited:
        rows = await Student.filter(id__in=list(visited)).order_by("id")
    else:
        there = Student.filter(family_id__in=list(families), listed=True)
        if row.school_class_id is not None:
            there = there.filter(school_class_id=row.school_class_id)
        rows = await there.order_by("id")
    seen = await eyes.children(tuple(one.id for one in rows))
    return tuple(seen.values())


async def named(
    notice: problems_intake.NamedAsked | problems_intake.NamedSettled, eyes: Eyes
) -> View:
    """Whom the words name; a group hears no name."""
    settled = notice if isinstance(notice, problems_intake.NamedSettled) else None
    return views_problems_intake.NamedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        person=await eyes.person(notice.person) if eyes.private else None,
        them=settled is None or settled.them,
    )


def _where(row: Problem) -> UnitRef:
    if row.school_class_id is not None:
        return UnitRef(school_class=row.school_class_id)
    return UnitRef(unit=row.unit_id)


def _suggested(row: Problem) -> tuple[Suggested, ...]:
    """The categories as the plan names them today; one that it has no more is left out."""
    found = [(category_name(key), confidence) for key, confidence in row.suggested]
    known = {one.key for one in house().plan.categories}
    return tuple(
        Suggested(name.key, name.level, confidence, name)
        for name, confidence in found
        if name is not None and name.key in known
    )


async def _words(problem: int) -> str | None:
    """All that was said, a line for each voice, byte for byte."""
    voices = await voices_with(problem)
    words = [opened(one, "words", one.key) for one in voices]
    return "\n".join(filter(None, words)) or None
