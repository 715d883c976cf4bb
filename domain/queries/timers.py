"""What is due to be done, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from domain.clock import instants, now
from domain.models import Timer


@dataclass(frozen=True)
class Due:
    """A timer that has fallen due: what is to be done, about which record, since when."""

    id: int
    duty: str
    subject: int | None
    due: datetime
    attempts: int


async def due_timer(timer: int) -> Due | None:
    """The timer, unless it isn't due any more."""
    row = await Timer.get_or_none(id=timer, due_at__lte=await now())
    if row is None or row.due_at is None:
        return None
    return Due(row.id, row.duty, row.subject, row.due_at, row.attempts)


async def next_timer(until: datetime) -> datetime | None:
    """The first instant to come, up to and with `until`, at which a timer falls due."""
    coming = Timer.filter(due_at__gt=await now(), due_at__lte=until)
    first = await coming.order_by("due_at").first()
    return first.due_at if first else None


@dataclass(frozen=True)
class Overdue:
    """How many timers are due, and how long the oldest has been (seconds of school time).

    `unattended` is the same of those that nobody is at: a scheduler that works leaves none for
    long.
    """

    due: int
    oldest: float
    unattended: float


async def overdue() -> Overdue:
    """What is due to be done at this moment."""
    moment = await instants()
    due = Timer.filter(due_at__lte=moment.school)
    alone = due.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=moment.real))
    oldest, unattended = [
        (moment.school - row.due_at).total_seconds() if row and row.due_at else 0.0
        for row in [await which.order_by("due_at").first() for which in (due, alone)]
    ]
    return Overdue(await due.count(), oldest, unattended)
