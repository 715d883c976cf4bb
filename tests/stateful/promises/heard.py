"""I1: a message that was answered was heard exactly once, and its answers are kept."""

from __future__ import annotations

from collections import Counter

from domain.models import Heard, OutboxEntry
from tests.stateful.life import Life


async def heard_once_and_answered(life: Life) -> None:
    """Who wasn't answered, since the process died, was heard once or not at all."""
    rows = {row.message_key: row.id for row in await Heard.all().only("id", "message_key")}
    assert rows.keys() <= life.said.keys(), "something was heard that nobody said"
    kept = Counter(
        await OutboxEntry.filter(heard_id__isnull=False).values_list("heard_id", flat=True)
    )
    for said in life.said.values():
        if said.replies:
            assert said.key in rows, f"{said} was answered, and isn't kept"
            assert len(said.entries) == kept[rows[said.key]] > 0, f"{said} has other answers"
        elif said.key in rows:
            assert kept[rows[said.key]] > 0, f"{said} was heard, and has no answer"
