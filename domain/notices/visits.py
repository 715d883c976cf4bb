"""What we tell about visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.notices.base import Notice
from domain.notices.values import (
    Covered,
    Option,
    Outcome,
)


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(Notice):
    """A visit is recorded, or (`added` names what) something was added to one.

    `voices` are the family's own words that came with it; `problem` the number they got, and
    `further` those of more of them, `late_by` how many days too late they were recorded. `deed`
    is by what it was done: once that is taken back, so is what this tells. `asks` and `similar`
    are about that problem, as in ProblemRecorded.
    """

    visit: int
    deed: int | None = None
    added: tuple[str, ...] = ()
    voices: tuple[int, ...] = ()
    problem: int | None = None
    further: tuple[int, ...] = ()
    late_by: int = 0
    asks: bool = False
    similar: tuple[int, ...] = ()
    open_questions: tuple[str, ...] = ()
    coverage: tuple[Covered, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VisitShared(Notice):
    """To somebody who went along: a visit of yours was recorded by somebody else."""

    visit: int
    by: int


@dataclass(frozen=True, kw_only=True)
class VisitTwice(Notice):
    """The same teacher has recorded the same family on the same day: add, or once more."""

    outcome: ClassVar[Outcome] = "choose"

    visit: int
    day: date
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """The choice is about the visit."""
        return "visit"


@dataclass(frozen=True, kw_only=True)
class NameInGroup(Notice):
    """To the speaker alone: a child's name or private words stand in a group; recall them.

    `visit`, and the `others`, are what the message recorded.
    """

    visit: int | None = None
    others: tuple[int, ...] = ()
