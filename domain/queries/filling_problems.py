"""Problems, filled in for their reader."""

from __future__ import annotations

from datetime import date

from domain.house import SCHOOL_TIME
from domain.models import Problem, ProblemEvent
from domain.notices import problems, views_problems
from domain.notices.views import View
from domain.queries.filling import base
from domain.queries.filling_problems_agreeing import ruling_seen
from domain.queries.problems import sights_of
from domain.queries.scope import Eyes
from domain.queries.scope_problems import event_text, problem_lines


async def unknown(notice: problems.ProblemUnknown, eyes: Eyes) -> View:
    return views_problems.ProblemUnknownSeen(**await base(notice, eyes), number=notice.number)


async def elsewhere(notice: problems.ProblemElsewhere, eyes: Eyes) -> View:
    return views_problems.ProblemElsewhereSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        state=notice.state,
        responsible=await eyes.person(notice.responsible),
        merged_into=notice.merged_into,
    )


async def not_your_move(notice: problems.NotYourMove, eyes: Eyes) -> View:
    return views_problems.NotYourMoveSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        roles=notice.roles,
        people=await eyes.people(notice.people),
    )


async def moved(notice: problems.ProblemMoved | problems.ProblemNews, eyes: Eyes) -> View:
    """The move as it was, beside the problem as it is now."""
    lines = await problem_lines(eyes, (notice.problem,))
    sight = (await sights_of([await Problem.get(id=notice.problem)]))[notice.problem]
    receipt = notice if isinstance(notice, problems.ProblemMoved) else None
    details = (await ProblemEvent.get(id=notice.event)).details
    me = eyes.standing.person if eyes.standing else None
    return views_problems.ProblemMovedSeen(
        **await base(notice, eyes),
        problem=notice.problem,
        move=notice.move,
        by=await eyes.person(notice.by),
        responsible=await eyes.person(receipt.responsible) if receipt else None,
        due=receipt.due.astimezone(SCHOOL_TIME) if receipt and receipt.due else None,
        line=lines[0] if lines else None,
        text=await event_text(eyes, notice.event, sight),
        to_do=None if receipt else notice.to_do,  # type: ignore[union-attr]
        told=await eyes.people(receipt.told) if receipt else (),
        into=details.get("into"),
        review=date.fromisoformat(details["review"]) if "review" in details else None,
        ruling=await ruling_seen(notice.ruling, eyes),
        mine=receipt is not None and receipt.responsible is not None and receipt.responsible == me,
    )


async def listed(notice: problems.ClaimsAwaited, eyes: Eyes) -> View:
    """Several problems in a line each; what the reader may not know of is left out."""
    lines = await problem_lines(eyes, notice.problems)
    return views_problems.ProblemsSeen(**await base(notice, eyes), lines=lines, more=notice.more)
