"""Takes what has fallen due to be done, and says when it is to be done again."""

from __future__ import annotations

from datetime import datetime, timedelta

from tortoise.expressions import F, Q
from tortoise.transactions import in_transaction

from domain.clock import Instants, instants
from domain.models import Timer

# How long doing it may take before somebody else tries (seconds, real time).
LEASE_SECONDS = 30
# What fails is tried again after that long, twice as long each time (seconds, real time).
FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0
_BATCH = 100


async def lease_timers(limit: int = _BATCH) -> list[int]:
    """Take the ids of what is due and nobody is at; each is ours for LEASE_SECONDS."""
    # Looking comes first: a transaction takes the write lock, and mostly nothing is due.
    moment = await instants()
    if not await _due(moment).exists():
        return []
    async with in_transaction():
        # As rows: a list of values would be read without taking them from the others.
        ids = [timer.id for timer in await _due(moment).limit(limit).only("id")]
        if ids:
            await Timer.filter(id__in=ids).update(
                lease_until=moment.real + timedelta(seconds=LEASE_SECONDS),
                attempts=F("attempts") + 1,
            )
    return ids


def _due(moment: Instants):  # type: ignore[no-untyped-def]  # Tortoise's own query type
    return (
        Timer.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=moment.real),
            due_at__lte=moment.school,
        )
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True)
    )


async def give_timers_back(ids: list[int]) -> None:
    """Nobody will be at these after all: who looks next may take them."""
    await Timer.filter(id__in=ids).update(lease_until=None)


async def hold_timer(timer: int, attempts: int) -> None:
    """Somebody is still at it: it is theirs for LEASE_SECONDS more, unless others took it since."""
    until = (await instants()).real + timedelta(seconds=LEASE_SECONDS)
    await Timer.filter(id=timer, attempts=attempts).update(lease_until=until)


async def timer_dropped(timer: int, due: datetime) -> None:
    """What was due then isn't wanted any more, and nothing of the kind is to come."""
    await Timer.filter(id=timer, due_at=due).delete()


async def timer_done(timer: int, due: datetime, again: datetime | None) -> None:
    """What was due then is done; it is next due `again`, None: never, as far as is known.

    A timer that was set anew meanwhile stays as it was set.
    """
    as_it_was = Timer.filter(id=timer, due_at=due)
    if not await as_it_was.update(due_at=again, last_at=due, lease_until=None, attempts=0):
        await Timer.filter(id=timer).update(lease_until=None)


async def timer_failed(timer: int, attempts: int) -> None:
    """It could not be done: nobody tries before a while is over, longer each time."""
    seconds = min(FIRST_WAIT * float(2 ** min(attempts, 10)), LONGEST_WAIT)
    until = (await instants()).real + timedelta(seconds=seconds)
    await Timer.filter(id=timer, attempts=attempts).update(lease_until=until)
