"""How near to its day an arranged visit counts as the one that was arranged."""

from __future__ import annotations

# Days before or after (ours): a family asks for another evening more often than not.
AROUND_DAYS = 3
