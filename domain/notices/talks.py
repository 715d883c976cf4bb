"""What we tell about talks: the sessions about the strategy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Option, Outcome, Reason


@dataclass(frozen=True, kw_only=True)
class TalkRecorded(Notice):
    """A talk is recorded, or (`added` names what) something was added to one."""

    talk: int
    added: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TalkShared(Notice):
    """To somebody who held it too: a talk of yours was recorded by somebody else."""

    talk: int
    by: int


@dataclass(frozen=True, kw_only=True)
class TalkTwice(Notice):
    """The same person has recorded such a talk on the same day: add, or once more."""

    outcome: ClassVar[Outcome] = "choose"

    talk: int
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """The choice is about the talk."""
        return "talk_number"


@dataclass(frozen=True, kw_only=True)
class TalkUndone(Notice):
    """A talk is taken back or, when `parts` are named, only these that had been added to it.

    `told` are those who had been told of it, and are told of this.
    """

    talk: int
    parts: tuple[str, ...] = ()
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TalkUndoneShared(Notice):
    """To somebody who held it too: it was taken back, all of it or only that they were there."""

    talk: int
    by: int
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class TalkBuiltOn(Refused):
    """Others (`by`) have added to the talk."""

    reason: ClassVar[Reason | None] = "wrong_state"

    talk: int
    by: tuple[int, ...]
