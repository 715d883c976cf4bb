"""I5: who waits for a problem is reminded no more once it has ended."""

from __future__ import annotations

from domain.models import Delivery, ProblemEvent
from domain.notices.base import notice_from
from domain.notices.bundles import parts_of
from domain.notices.rungs import NobodyToTell, RedFlagUnclaimed, RungFired
from domain.rules.problem_states import ENDED
from tests.stateful.life import Life


async def nothing_after_its_end(life: Life) -> None:
    """Looked at when it was told: then it hadn't ended, or it ended at that very instant."""
    since = life.looked_up_to("end")
    rows = await Delivery.filter(id__gt=since, in_response=False).prefetch_related("entry")
    for row in rows:
        for notice in parts_of(notice_from(row.entry.notice, row.entry.facts)):
            if isinstance(notice, RungFired | RedFlagUnclaimed | NobodyToTell):
                last = await ProblemEvent.filter(problem_id=notice.problem).order_by("-id").first()
                assert last is not None
                over = last.state in ENDED and last.at < row.at
                assert not over, f"{notice} was told, and it is {last.state}"
    life.look_up_to("end", (row.id for row in rows))
