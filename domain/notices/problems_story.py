"""The story of a problem, as somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.notices.base import Notice


@dataclass(frozen=True, kw_only=True)
class ProblemStory(Notice):
    """What a problem is, who has it, what happened and what comes next.

    `steps` are events of its story, the newest first, `earlier` is how many came before them;
    `first`: these are the newest of all.
    """

    problem: int
    steps: tuple[int, ...]
    earlier: int = 0
    first: bool = True
