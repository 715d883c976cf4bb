"""Nothing of ours fails: no message, no duty, no wording; and nothing is laid aside."""

from __future__ import annotations

from domain.models import OutboxEntry
from tests.stateful.life import Life


async def nothing_of_ours_fails(life: Life) -> None:
    """What a platform refuses is no fault of ours."""
    assert not life.faults, "\n".join(life.faults)
    assert not await OutboxEntry.filter(parked_at__isnull=False).exists(), "laid aside"
