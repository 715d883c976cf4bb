"""Why two problems can't be heard as one, or apart, as one reader may see it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.views import View


@dataclass(frozen=True, kw_only=True)
class MergeRefusedSeen(View):
    """SameProblem, MergeKeptApart, NotMerged, StillHeardWith: which problems, and why."""

    problem: int
    into: int | None = None
    why: str | None = None
    merged: tuple[int, ...] = ()
