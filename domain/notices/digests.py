"""What we tell each week: how things stand in a line, or in the whole school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from domain.notices.base import Notice
from domain.notices.refusals import Refused
from domain.notices.values import Covered, Outcome

Why = Literal["approve", "overdue", "due", "claim"]


@dataclass(frozen=True, kw_only=True)
class WeekCounts:
    """What happened in a week: counts of problems, and of voices that said how it helped.

    `solved` were answered, on the spot or later, `on_time` of them by their day; `told` voices
    said something to it, `satisfied` of them that it helped; `repeated` were opened again.
    """

    new: int = 0
    claimed: int = 0
    solved: int = 0
    on_time: int = 0
    told: int = 0
    satisfied: int = 0
    repeated: int = 0


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that waits for the reader: which problem, and what for."""

    problem: int
    why: Why


@dataclass(frozen=True, kw_only=True)
class WeeklyDigest(Notice):
    """A week up to `until`, for who answers for `units`; for none it is the whole school.

    `overdue` and `due_next` (until the next digest) are the first of them by number, and how many
    there are; `hidden` red flags are a number and nothing else to the reader. `coverage` are the
    grades with how many families had been seen a week ago; `voices` are ids. `right` of
    `suggested` categories were right, for the office. `so_far`: the week isn't over.
    """

    week: str
    since: datetime
    until: datetime
    units: tuple[int, ...] = ()
    needs: tuple[Need, ...] = ()
    needs_in_all: int = 0
    this: WeekCounts = WeekCounts()
    before: WeekCounts = WeekCounts()
    open: int = 0
    overdue: tuple[int, ...] = ()
    overdue_in_all: int = 0
    due_next: tuple[int, ...] = ()
    due_in_all: int = 0
    hidden: int = 0
    coverage: tuple[Covered, ...] = ()
    seen_before: tuple[int, ...] = ()
    talks: int = 0
    own_visits: int = 0
    own_talks: int = 0
    voices: tuple[int, ...] = ()
    right: int | None = None
    suggested: int = 0
    so_far: bool = False

    @property
    def quiet(self) -> bool:
        """Nothing is open, nothing happened, and no grade lacks anything."""
        happened = self.this != WeekCounts() or self.talks or self.hidden
        counts = [one.count for one in self.coverage]
        reached = all(one.families == 0 or _passed(one.visited, one) for one in counts)
        return not (self.open or self.needs or happened) and reached


def _passed(visited: int, count: object) -> bool:
    minimum, families = getattr(count, "minimum", None), getattr(count, "families", 0)
    # No minimum is none that was reached.
    return minimum is not None and visited > minimum * families


@dataclass(frozen=True, kw_only=True)
class DigestUnknown(Refused):
    """No digest of that week for that person; `week` is None where none could be read."""

    outcome: ClassVar[Outcome] = "refuse"

    week: str | None = None
    person: int | None = None
