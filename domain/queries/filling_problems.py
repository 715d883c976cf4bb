"""Problems, filled in for their reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.house import SCHOOL_TIME
from domain.models import Problem, ProblemEvent
from domain.notices import problems, views_problems
from domain.notices.values import UnitRef
from domain.notices.views import View
from domain.queries.classifying import suggested_for
from domain.queries.filling import base
from domain.queries.filling_problems_agreeing import ruling_seen
from domain.queries.people import reached
from domain.queries.scope import Eyes
from domain.queries.scope_problems import (
    because,
    category_name,
    event_text,
    problem_lines,
    sight_for,
)
from domain.queries.scope_voices import voices_seen


async def unknown(notice: problems.ProblemUnknown, eyes: Eyes) -> View:
    return views_problems.ProblemUnknownSeen(**await base(notice, eyes), number=notice.number)


async def elsewhere(notice: problems.ProblemElsewhere, eyes: Eyes) -> View:
    known = await _may_be_spoken_of(notice.problem, eyes)
    return views_problems.ProblemElsewhereSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        state=notice.state if known else "",
        responsible=await eyes.person(notice.responsible) if known else None,
        merged_into=notice.merged_into if known else None,
        known=known,
    )


async def not_your_move(notice: problems.NotYourMove, eyes: Eyes) -> View:
    known = await _may_be_spoken_of(notice.problem, eyes)
    return views_problems.NotYourMoveSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        roles=notice.roles if known else (),
        people=await eyes.people(notice.people) if known else (),
        known=known,
    )


async def _may_be_spoken_of(number: int, eyes: Eyes) -> bool:
    """A red flag is nothing to be spoken of in a group; the asker was looked at before."""
    return eyes.private or not await Problem.exists(id=number, red_flag=True)


async def moved(notice: problems.ProblemMoved | problems.ProblemNews, eyes: Eyes) -> View:
    """The move as it was, beside the problem as it is now."""
    lines = await problem_lines(eyes, (notice.problem,))
    sight = await sight_for(eyes, notice.problem)
    receipt = notice if isinstance(notice, problems.ProblemMoved) else None
    news = notice if isinstance(notice, problems.ProblemNews) else None
    me = eyes.standing.person if eyes.standing else None
    of_receipt = await _of_receipt(receipt, eyes) if receipt and lines else {}
    return views_problems.ProblemMovedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        by=await eyes.person(notice.by) if lines else None,
        line=lines[0] if lines else None,
        text=await event_text(eyes, notice.event, sight),
        to_do=news.to_do if news and me not in sight.barred else None,
        ruling=await ruling_seen(notice.ruling, eyes) if lines else None,
        mine=receipt is not None and receipt.responsible is not None and receipt.responsible == me,
        **await _suggestion(news, eyes) if lines else {},
        to_tell=await voices_seen(eyes, notice.problem, sight, news.voices) if news else (),
        **await _of_event(notice.event, eyes) if lines else {},
        **of_receipt,
    )


async def _suggestion(news: problems.ProblemNews | None, eyes: Eyes) -> dict[str, Any]:
    """To who is to classify it: what its words sound like, and which of them."""
    if news is None or news.to_do != "classify":
        return {}
    keys = await suggested_for(news.problem)
    if not keys:
        return {}
    return {"suggested": category_name(keys[0]), "because": await because(eyes, news.problem)}


async def _of_receipt(receipt: problems.ProblemMoved, eyes: Eyes) -> dict[str, Any]:
    return {
        "responsible": await eyes.person(receipt.responsible),
        "due": receipt.due.astimezone(SCHOOL_TIME) if receipt.due else None,
        "told": await eyes.people(await reached(receipt.told)),
    }


async def _of_event(event: int, eyes: Eyes) -> dict[str, Any]:
    """What the step of the story says beside its words."""
    said = (await ProblemEvent.get(id=event)).details
    department, review = said.get("department"), said.get("review")
    return {
        "satisfaction": said.get("satisfaction"),
        "undone": said.get("undone"),
        "into": said.get("into"),
        "review": date.fromisoformat(review) if review else None,
        "given_to": await eyes.person(said.get("to")),
        "had_it": await eyes.person(said["before"]) if "to" in said else None,
        "department": await eyes.unit(UnitRef(unit=department)) if department else None,
    }


async def listed(notice: problems.ClaimsAwaited, eyes: Eyes) -> View:
    """Several problems in a line each; what the reader may not know of is left out."""
    lines = await problem_lines(eyes, notice.problems)
    return views_problems.ProblemsSeen(**await base(notice, eyes), lines=lines, more=notice.more)
