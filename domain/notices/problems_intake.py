"""What we tell of a problem when it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.notices.base import Notice, Pace
from domain.notices.values import Outcome


@dataclass(frozen=True, kw_only=True)
class ProblemRecorded(Notice):
    """The receipt of a problem: its number, until when, what it seems to be about.

    `late_by` is how many days too late it was recorded. `asks`: what it seems to be about is to be
    agreed to; `similar` sound the same and may be known of, `alike` are how many others do.
    """

    problem: int
    late_by: int = 0
    asks: bool = False
    similar: tuple[int, ...] = ()
    alike: int = 0


@dataclass(frozen=True, kw_only=True)
class CategoryAsked(Notice):
    """Which category the problem has: a number picks one.

    `categories` are keys of the plan's, `suggested` those of them that the words suggest.
    """

    outcome: ClassVar[Outcome] = "choose"

    problem: int
    categories: tuple[str, ...]
    suggested: tuple[str, ...] = ()

    @property
    def about(self) -> str | None:
        """The field that the choice is for."""
        return "category"


@dataclass(frozen=True, kw_only=True)
class ToClassify(Notice):
    """What waits for a category, the oldest first, and how often suggestions were right."""

    problems: tuple[int, ...]
    more: int = 0
    right: int = 0
    suggested: int = 0


@dataclass(frozen=True, kw_only=True)
class RedFlagRaised(Notice):
    """To those who are alerted, day or night: danger was read in what somebody said."""

    pace: ClassVar[Pace] = "now"

    problem: int


@dataclass(frozen=True, kw_only=True)
class RedFlagAdvice(Notice):
    """To who recorded it, alone and at once: what to do now, whom to phone, who knows of it.

    `told` are those who were alerted; `in_group`: what was typed stands in a group.
    """

    problem: int
    told: tuple[int, ...] = ()
    in_group: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedAsked(Notice):
    """To who recorded it: whom the words name, to be agreed to; a namesake is nobody of ours."""

    outcome: ClassVar[Outcome] = "choose"

    problem: int
    person: int


@dataclass(frozen=True, kw_only=True)
class NamedSettled(Notice):
    """Whether the words mean that person: then nothing of it is ever told to them."""

    problem: int
    person: int
    them: bool
