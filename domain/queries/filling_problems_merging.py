"""Why two problems can't be heard as one, or apart, filled in for its reader."""

from __future__ import annotations

from domain.notices import problems_merging as notices
from domain.notices.views import View
from domain.notices.views_problems_merging import MergeRefusedSeen
from domain.queries.filling import base
from domain.queries.scope import Eyes


async def alone(notice: notices.SameProblem | notices.NotMerged, eyes: Eyes) -> View:
    return MergeRefusedSeen(**await base(notice, eyes), problem=notice.problem)


async def kept_apart(notice: notices.MergeKeptApart, eyes: Eyes) -> View:
    """Why they are kept apart is nothing for a group."""
    why = notice.why if eyes.private else None
    facts = await base(notice, eyes)
    return MergeRefusedSeen(**facts, problem=notice.problem, into=notice.into, why=why)


async def still_heard_with(notice: notices.StillHeardWith, eyes: Eyes) -> View:
    facts = await base(notice, eyes)
    return MergeRefusedSeen(**facts, problem=notice.problem, merged=notice.merged)
