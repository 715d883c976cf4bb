"""What we tell when something has waited too long: a reminder, or that it went a step higher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.notices.base import Notice, Pace


@dataclass(frozen=True, kw_only=True)
class RungFired(Notice):
    """To whom a rung goes: that problem waits for you; `event` is the step of its story."""

    pace: ClassVar[Pace] = "bundled"

    problem: int
    event: int


@dataclass(frozen=True, kw_only=True)
class RedFlagUnclaimed(Notice):
    """To the leading group, at any hour: nobody has taken a red flag in the time there is."""

    pace: ClassVar[Pace] = "now"

    problem: int
    event: int


@dataclass(frozen=True, kw_only=True)
class NobodyToTell(Notice):
    """To the admins: a problem should have gone to somebody, and nobody is there; the number."""

    problem: int
    event: int

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True


@dataclass(frozen=True, kw_only=True)
class DangerToNobody(NobodyToTell):
    """To the admins, at any hour: danger reaches nobody at all; the number alone."""

    pace: ClassVar[Pace] = "now"
