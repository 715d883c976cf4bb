"""Why two problems can't be heard as one, or one can't be taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from domain.notices.refusals import Refused
from domain.notices.values import Reason


@dataclass(frozen=True, kw_only=True)
class SameProblem(Refused):
    """A problem can't be merged into itself."""

    reason: ClassVar[Reason | None] = "same_problem"

    problem: int


@dataclass(frozen=True, kw_only=True)
class MergeKeptApart(Refused):
    """The two are for different people: `why` is red_flag or named, and not for a group."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    into: int
    why: Literal["red_flag", "named"]


@dataclass(frozen=True, kw_only=True)
class NotMerged(Refused):
    """There is nothing to take apart: the problem stands for itself."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int


@dataclass(frozen=True, kw_only=True)
class StillHeardWith(Refused):
    """Others are heard with it, who would be lost: they are taken apart first."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    merged: tuple[int, ...]
