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

    `fix`: these had been corrected. `told` are those who had been told of it, and are told of this.
    """

    talk: int
    parts: tuple[str, ...] = ()
    told: tuple[int, ...] = ()
    fix: bool = False


@dataclass(frozen=True, kw_only=True)
class TalkUndoneShared(Notice):
    """To somebody who held it too: all of it was taken back, a `fix`, or that they were there."""

    talk: int
    by: int
    whole: bool = True
    fix: bool = False


@dataclass(frozen=True, kw_only=True)
class TalkFixed(Notice):
    """A talk is put right; the `deed` says what, `told` hear of it too."""

    talk: int
    deed: int
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TalkFixedShared(Notice):
    """To whoever recorded or held it: somebody else has put the talk right."""

    talk: int
    by: int
    deed: int


@dataclass(frozen=True, kw_only=True)
class TalkFixAsked(Notice):
    """Which part is to be put right? The talk as it stands is shown."""

    outcome: ClassVar[Outcome] = "ask"

    talk: int

    @property
    def about(self) -> str:
        """Any part would do; how many came is what is mostly wrong."""
        return "people"


@dataclass(frozen=True, kw_only=True)
class TalkFixOffered(Notice):
    """What was to be added reads like how many came: put that right, or a note."""

    outcome: ClassVar[Outcome] = "choose"

    talk: int
    people: int
    options: tuple[Option, ...] = ()

    @property
    def about(self) -> str:
        """It is about how many came."""
        return "people"


@dataclass(frozen=True, kw_only=True)
class TalkUnchanged(Refused):
    """The talk says all that already."""

    reason: ClassVar[Reason | None] = "wrong_state"

    talk: int


@dataclass(frozen=True, kw_only=True)
class TalkBuiltOn(Refused):
    """Others (`by`) have added to the talk."""

    reason: ClassVar[Reason | None] = "wrong_state"

    talk: int
    by: tuple[int, ...]
