"""An admin who types anything is told what stands still: the answer goes where nothing else may."""

from __future__ import annotations

from collections.abc import Sequence

from commands.turn import Told
from domain.queries.people import Asker
from domain.queries.watching import told_lately, what_stopped


async def warnings_for(asker: Asker) -> Sequence[Told]:
    """What an admin is to know; nothing for others, and nothing again within the hour."""
    if "admin" not in asker.standing.roles:
        return ()
    stopped = await what_stopped()
    if not stopped or await told_lately(asker.person):
        return ()
    return [Told(one, private=True) for one in stopped]
