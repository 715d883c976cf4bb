"""How long what was done can simply be taken back; after that only a correction, which shows."""

from __future__ import annotations

from datetime import datetime, timedelta

# Ours, for the plan is silent: long enough to see a slip on the receipt, and over before others
# have acted on it.
UNDO_MINUTES = 10


def in_time(done_at: datetime, now: datetime) -> bool:
    """Whether it may still be taken back, by the school's clock; the last instant is in time."""
    return now - done_at <= timedelta(minutes=UNDO_MINUTES)
