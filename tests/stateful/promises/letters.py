"""Each letter is noted as brought once, unless its sender died with it or got no answer."""

from __future__ import annotations

from domain.models import Delivery, OutboxEntry
from tests.stateful.life import Life


async def each_letter_is_accounted_for(life: Life) -> None:
    """So nobody reads a thing twice without a reason, and nothing is noted that nobody read."""
    brought = await Delivery.filter(in_response=False).count()
    explained = life.unmarked + life.post.unanswered
    assert len(life.post.letters) == brought + explained, (
        f"{len(life.post.letters)} letters, {brought} noted, {explained} more explained"
    )
    undone = OutboxEntry.filter(done_at__isnull=True, delivery__id__isnull=False)
    assert not await undone.exists(), "brought, and still to be told"
