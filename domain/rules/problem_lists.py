"""Which problems a list shows: whose, where, about what, how far, how old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.rules.problem_states import ENDED, OPEN, OWED, State

Stage = Literal[
    "open",
    "unclassified",
    "waiting",
    "claimed",
    "solved",
    "closed",
    "parked",
    "referred",
    "overdue",
    "supervised",
    "every",
]

STAGES: dict[Stage, frozenset[State]] = {
    "open": OPEN,
    "unclassified": frozenset({"listed"}),
    "waiting": frozenset({"listed"}),
    "claimed": frozenset({"claimed", "assigned"}),
    "solved": frozenset({"solved", "answered"}),
    "closed": ENDED,
    "parked": frozenset({"parked"}),
    "referred": frozenset({"referral_asked", "referred"}),
    "overdue": OWED,
    "supervised": OWED,
    "every": OPEN | ENDED,
}


@dataclass(frozen=True)
class Wanted:
    """What was asked for; all of it must hold.

    `unit` is where it arose or who answers for it, `person` who answers for it or works on it,
    `older_than` days on its clock. `mine`: what the asker has to do with.
    """

    stage: Stage = "open"
    unit: int | None = None
    school_class: int | None = None
    category: str | None = None
    person: int | None = None
    older_than: int | None = None
    mine: bool = False
