"""The states that a problem can be in, and which of them still wait for an answer."""

from __future__ import annotations

from typing import Literal, get_args

State = Literal[
    "listed",
    "claimed",
    "assigned",
    "solved",
    "closed",
    "merged",
    "parked",
    "referral_asked",
    "referred",
    "answered",  # by the bureau; the family is still to be told
    "withdrawn",
]
STATES: tuple[State, ...] = get_args(State)

# Nothing more happens to these: a voice that was merged goes on with the other problem.
ENDED: frozenset[State] = frozenset({"closed", "merged", "withdrawn"})
# Of these the school still owes the answer, also while a referral waits for its yes.
OWED: frozenset[State] = frozenset({"listed", "claimed", "assigned", "referral_asked"})
# These wait for an answer, or for somebody to tell it.
OPEN: frozenset[State] = frozenset(STATES) - ENDED
