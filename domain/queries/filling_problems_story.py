"""The story of a problem, filled in for its reader: every word of it is logged as read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.house import SCHOOL_TIME, house
from domain.merged import heard_with
from domain.models import Problem, ProblemEvent, Voice
from domain.notices import problems_story as notices
from domain.notices import views_problems_story as views
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.opening import opened
from domain.queries.problem_story import next_of
from domain.queries.problem_why import why_of
from domain.queries.problems import found
from domain.queries.scope import Eyes
from domain.queries.scope_problems import category_name, knows, problem_lines
from domain.queries.scope_voices import voices_seen
from domain.records import now
from domain.rules.calendar import school_day
from domain.rules.problem_sight import Sight
from domain.rules.rungs import rung_of
from domain.rules.why import Why

# What a step says beside words and names: codes and counts.
_CODES = ("satisfaction", "undone", "into", "days", "rung", "what", "yes", "place")

# The first page tells the first words, the second those of the other voices.
_WITH_WORDS = 2


async def story(notice: notices.ProblemStory, eyes: Eyes) -> View:
    """One-to-one alone; a room is told nothing, nor who may know nothing of it."""
    row = await Problem.get(id=notice.problem).prefetch_related("key")
    problem = (await found([row]))[0]
    if eyes.standing is None or not knows(eyes, problem.sight):
        return views.ProblemStorySeen(**await base(notice, eyes), problem=notice.problem, line=None)
    present = await now()
    coming = await next_of(row, problem, present)
    whys = await why_of(row, coming, school_day(present))
    line = (await problem_lines(eyes, (row.id,)))[0]
    return views.ProblemStorySeen(
        **await base(notice, eyes),
        problem=row.id,
        line=line,
        day_of=line.day_of,
        due=line.due,
        **await _facts(row, eyes),
        summary=_summary(row, eyes),
        words=await _words(row, problem.sight, eyes) if notice.page <= _WITH_WORDS else (),
        next_at=coming.at if coming else None,
        next_to=await eyes.people(coming.to) if coming else (),
        next_rung=coming.rung if coming else None,
        next_left=_left(coming.rung, row.due_at, coming.at) if coming else None,
        why=tuple([await _why(one, eyes) for one in whys]),
        events=await _steps(notice.steps, eyes),
        earlier=notice.earlier,
        page=notice.page,
        shown=notice.shown,
        merged=tuple(one for one in await heard_with(row.id) if one != row.id),
    )


async def _why(one: Why, eyes: Eyes) -> views.WhySeen:
    return views.WhySeen(
        code=one.code,
        day=one.day,
        days=one.days,
        by=await eyes.person(one.by),
        rest=one.rest,
        meant=one.meant,
    )


def _left(rung: str, due: datetime, at: datetime) -> int | None:
    """How many days are left at that reminder before due; None of any other rung."""
    try:
        ladder = rung_of(house().plan, rung).ladder
    except KeyError:
        return None
    left = (school_day(due) - school_day(at)).days
    return left if ladder == "due" and left >= 0 else None


async def _facts(row: Problem, eyes: Eyes) -> dict[str, Any]:
    return {
        "state": row.state,
        "category": category_name(row.category),
        "suggested": _suggested(row),
        "responsible": await eyes.person(row.responsible_id),
        "handed_to": await eyes.person(row.handed_to_id),
        "dissatisfied": row.dissatisfied,
    }


def _suggested(row: Problem) -> tuple[views.SuggestedSeen, ...]:
    """What was suggested, as long as nobody has settled it."""
    if row.category is not None:
        return ()
    found = [(category_name(key), float(confidence)) for key, confidence in row.suggested]
    return tuple(views.SuggestedSeen(category=one, confidence=sure) for one, sure in found if one)


def _summary(row: Problem, eyes: Eyes) -> str | None:
    summary = opened(row, "summary", row.key)
    if summary is not None:
        eyes.note_reading("problem", row.id, "summary")
    return summary


async def _words(row: Problem, sight: Sight, eyes: Eyes) -> tuple[views.WordsSeen, ...]:
    """What each voice said; whose it is for the one who recorded it and the office alone."""
    places = await heard_with(row.id)
    voices = Voice.filter(problem_id__in=list(places), undone_at__isnull=True)
    rows = await voices.prefetch_related("key").order_by("id")
    whose = await voices_seen(eyes, row.id, sight, tuple(one.id for one in rows))
    known = {one.place: str(one.child) for one in whose if one.child is not None}
    seen = []
    for one in rows:
        place = places[one.problem_id or row.id] + (one.place or 1) - 1
        words = opened(one, "words", one.key)
        if words is not None:
            eyes.note_reading("voice", one.id, "words")
        seen.append(
            views.WordsSeen(
                place=place, words=words, satisfaction=one.satisfaction, whose=known.get(place)
            )
        )
    return tuple(sorted(seen, key=lambda one: one.place))


async def _steps(ids: tuple[int, ...], eyes: Eyes) -> tuple[views.StepSeen, ...]:
    """In the order of the notice."""
    rows = await ProblemEvent.filter(id__in=ids).prefetch_related("key")
    by_id = {row.id: row for row in rows}
    return tuple([await _step(by_id[one], eyes) for one in ids if one in by_id])


async def _step(row: ProblemEvent, eyes: Eyes) -> views.StepSeen:
    said = row.details
    text = opened(row, "text", row.key)
    if text is not None:
        eyes.note_reading("problem_event", row.id, "text")
    department, given_to = said.get("department"), said.get("to", said.get("of"))
    return views.StepSeen(
        move=row.kind,
        at=row.at.astimezone(SCHOOL_TIME),
        by=await eyes.person(row.by_id),
        text=text,
        given_to=await eyes.person(given_to) if isinstance(given_to, int) else None,
        department=await eyes.unit(UnitRef(unit=department)) if department else None,
        category=category_name(said.get("category")),
        about={code: said[code] for code in _CODES if code in said} | _left_then(row),
    )


def _left_then(row: ProblemEvent) -> dict[str, int | None]:
    said = row.details
    if row.kind != "rung" or "due" not in said:
        return {}
    return {"left": _left(said["rung"], datetime.fromisoformat(said["due"]), row.at)}
