"""How long what was done can simply be taken back; after that only a correction, which shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

# Ours, for the plan is silent: long enough to see a slip on the receipt, and over before others
# have acted on it.
UNDO_MINUTES = 10

# What a change of the roster is called in its history once it is taken back.
UNDONE_AS: Mapping[str, str] = {
    "set": "undone",
    "add": "undone",
    "remove": "undone",
    "leave": "leave_undone",
    "leave_end": "leave_undone",
    "bind": "bind_undone",
    "room": "room_undone",
    "room_left": "room_undone",
}


def in_time(done_at: datetime, now: datetime) -> bool:
    """Whether it may still be taken back, by the school's clock; the last instant is in time."""
    return now - done_at <= timedelta(minutes=UNDO_MINUTES)
