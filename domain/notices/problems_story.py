"""The story of a problem, as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, kw_only=True)
class ProblemStory(Notice):
    """What a problem is, who has it, what happened and what comes next.

    `steps` are events of its story, the newest first, as many as are `shown` at once before 更多;
    `earlier` is how many came before all of them. `page` counts from 1.
    """

    problem: int
    steps: tuple[int, ...]
    earlier: int = 0
    page: int = 1
    shown: int = 2
