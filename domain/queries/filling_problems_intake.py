"""A problem that was just recorded, filled in for its reader."""

from __future__ import annotations

from domain.house import SCHOOL_TIME, house
from domain.models import Problem
from domain.notices import problems_intake, views_problems_intake
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.notices.views_problems_intake import Suggested
from domain.queries.filling import base, with_recorded
from domain.queries.opening import opened
from domain.queries.problems import sights_of
from domain.queries.scope import Eyes
from domain.queries.scope_problems import category_name, knows, voices_with

_QUOTED = ("summary", "because")


async def recorded(notice: problems_intake.ProblemRecorded, eyes: Eyes) -> View:
    """The receipt; what quotes the words is for one-to-one alone, and its reading is logged."""
    row = await Problem.get(id=notice.problem).prefetch_related("key")
    sight = (await sights_of([row]))[row.id]
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
