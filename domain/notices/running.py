"""What we tell of the program itself: what it took in, and what doesn't do what it is to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from domain.notices.base import Notice, Pace

# The watch over all that is to come; what is due to be done; what is due to be told; the outside
# service's hearing of us; this machine's clock and the database's.
PartOfIt = Literal["watch", "timers", "notices", "heartbeat", "clocks"]


@dataclass(frozen=True, kw_only=True)
class PartStopped(Notice):
    """To the admins, at any hour, since danger may be what isn't told: a part stands still.

    `since` is in school time; `count` is how many wait, of the clocks the seconds between them.
    """

    pace: ClassVar[Pace] = "now"

    part: PartOfIt
    since: datetime | None = None
    count: int = 0

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True


@dataclass(frozen=True, kw_only=True)
class EveningReceipt(Notice):
    """To who recorded something that day: how much of it is with us; said in the evening."""

    pace: ClassVar[Pace] = "now"

    day: date
    visits: int = 0
    talks: int = 0
    problems: int = 0


@dataclass(frozen=True, kw_only=True)
class BackupFailed(Notice):
    """To the admins: the backup of that night could not be written; `why` is its fault's code."""

    day: date
    why: str

    @property
    def asks(self) -> bool:
        """Somebody is to act on it."""
        return True
