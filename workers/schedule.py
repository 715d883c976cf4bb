"""The duties that come again and again: what each does, and when it is next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from domain.house import house
from domain.records import now
from domain.rules.evenings import after_evening
from domain.rules.nights import after_night
from domain.rules.plan_whole import Plan
from domain.rules.preflight import after_preflight
from domain.timing import ARRANGED, plan_duty
from workers import arranged, digests, mornings
from workers.backups import back_up
from workers.preflight import preflight
from workers.receipts import receipts


@dataclass(frozen=True)
class Duty:
    """Something that is done at a time of its own, once for each such time.

    `run` is given the instant at which it was due, and does nothing twice however often it is
    called with the same one; it says when it is to be tried again before its next time, None if it
    needn't. `after` is the first instant of it after another.
    """

    run: Callable[[datetime], Awaitable[datetime | None]]
    after: Callable[[datetime, Plan], datetime]


def duties_of(
    *, backup_folder: Path | None = None, evening_receipt: bool = False
) -> Mapping[str, Duty]:
    """All that are wanted, as they are set."""
    wanted = {
        "preflight": Duty(preflight, after_preflight),
        "digest": Duty(digests.run, digests.after),
        "morning": Duty(mornings.run, mornings.after),
    }
    if backup_folder is not None:
        wanted["backup"] = Duty(partial(back_up, backup_folder), after_night)
    if evening_receipt:
        wanted["receipts"] = Duty(receipts, after_evening)
    return wanted


# Those that are done only where they are wanted; a timer that is left of one goes when it is due.
OPTIONAL = frozenset({"backup", "receipts"})


# What is done for one person or record by a timer of its own: one that fails holds up no other.
ERRANDS: Mapping[str, Callable[[int, datetime], Awaitable[None]]] = {
    digests.ERRAND: digests.tell,
    ARRANGED: arranged.remind,
}

# As they are where nothing is set.
DUTIES = duties_of()


async def plan_duties(duties: Mapping[str, Duty] = DUTIES) -> None:
    """See to it that each duty has its timer; one that stands already stays."""
    present, plan = await now(), house().plan
    for name, duty in duties.items():
        await plan_duty(name, duty.after(present, plan))
