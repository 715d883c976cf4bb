"""What we tell of a problem: that it was moved, by whom, and why it can't be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Reason

# What the reader of a piece of news is to do about it. `nothing`: it was theirs, and is it no more.
ToDo = Literal[
    "bureau", "claim", "classify", "decide", "go_on", "look", "nothing", "refer", "tell", "work"
]


@dataclass(frozen=True)
class Ruling:
    """What somebody was asked to agree to (a kind of rules/approvals.py), and what they said.

    `yes` is empty where it is asked.
    """

    approval: int
    kind: str
    yes: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemUnknown(Refused):
    """No problem of that number for this person (there may be one for others)."""

    reason: ClassVar[Reason | None] = "no_such_problem"

    number: int


@dataclass(frozen=True, kw_only=True)
class ProblemElsewhere(Refused):
    """The problem is in a state from which that move can't be made; who has it."""

    reason: ClassVar[Reason | None] = "wrong_state"

    problem: int
    move: str
    state: str
    responsible: int | None = None
    merged_into: int | None = None


@dataclass(frozen=True, kw_only=True)
class NotYourMove(Refused):
    """The person sees the problem, but others make that move: `who`, by role or by name."""

    reason: ClassVar[Reason | None] = "not_allowed"

    problem: int
    move: str
    roles: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProblemMoved(Notice):
    """The receipt of a move: what became of the problem, and who is told of it.

    `event` is the step of its story that this is, `ruling` what was asked or answered with it.
    """

    problem: int
    move: str
    event: int
    by: int | None = None
    responsible: int | None = None
    due: datetime | None = None
    told: tuple[int, ...] = ()
    ruling: Ruling | None = None


@dataclass(frozen=True, kw_only=True)
class ProblemNews(Notice):
    """To somebody whom it concerns: another one's move, and what is theirs to do now.

    `voices` are those whom the reader is to tell what was done.
    """

    problem: int
    move: str
    event: int
    by: int | None = None
    to_do: ToDo | None = None
    ruling: Ruling | None = None
    voices: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """News may ask for something."""
        return self.to_do is not None


@dataclass(frozen=True, kw_only=True)
class ClaimsAwaited(Notice):
    """To a leader, when asked: the problems that wait for their claim, oldest first."""

    problems: tuple[int, ...]
    more: int = 0
