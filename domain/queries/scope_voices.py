"""Whose voice it is, for the one who recorded it and for the office; for nobody else."""

from __future__ import annotations

from domain.merged import heard_with
from domain.models import Student, Voice
from domain.notices.views import Child
from domain.notices.views_problems import VoiceSeen
from domain.queries.scope import Eyes
from domain.rules.problem_sight import Sight, knows_whose


async def voices_seen(
    eyes: Eyes, problem: int, sight: Sight, voices: tuple[int, ...]
) -> tuple[VoiceSeen, ...]:
    """These voices of the problem by their numbers there; a room is told of none."""
    if not voices or eyes.standing is None:
        return ()
    places = await heard_with(problem)
    rows = await Voice.filter(id__in=voices).prefetch_related("visit").order_by("id")
    known = [
        row
        for row in rows
        if row.problem_id in places and knows_whose(eyes.standing, sight, row.recorded_by_id)
    ]
    seen = [
        VoiceSeen(
            problem=problem,
            place=places[row.problem_id or 0] + (row.place or 1) - 1,
            child=await _child(eyes, row),
            speaker=row.speaker,
            source=row.source,
        )
        for row in known
    ]
    return tuple(sorted(seen, key=lambda one: one.place))


async def _child(eyes: Eyes, row: Voice) -> Child | None:
    """The child that was visited, else the family's first."""
    student = row.visit.student_id if row.visit else None
    if student is None and row.family_id is not None:
        first = await Student.filter(family_id=row.family_id).order_by("id").first()
        student = first.id if first else None
    return await eyes.child(student) if student is not None else None
