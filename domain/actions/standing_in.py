"""Who stands in is reminded of what is arranged for an absent leader; who arranged it hears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.actions.outbox import Address, put
from domain.house import house
from domain.models import Arrangement, Leave
from domain.notices.arrangements import LeaderAway
from domain.records import now, today
from domain.rules.calendar import at_hour
from domain.timing import ARRANGED, plan_errands

# Days away, both included, and who stands in.
Away = tuple[date, date, int | None]


async def stands_in(leader: int, day: date) -> bool:
    """Whether somebody stands in for the leader on that day."""
    return _deputy(await _days_away(leader), day) is not None


async def remind_on(number: int, day: date) -> None:
    """Whoever is to go by then is reminded that morning, on the day itself at once.

    What was planned for another day isn't any more; who was reminded that day isn't again.
    """
    morning = at_hour(day, house().plan.pace.bundle_at)
    await plan_errands(ARRANGED, (number,), max(morning, await now()))


async def _days_away(leader: int) -> list[Away]:
    rows = await Leave.filter(person_id=leader).order_by("id")
    return [(row.since, row.until, row.deputy_id) for row in rows]


def _deputy(away: Sequence[Away], day: date) -> int | None:
    return next((deputy for since, until, deputy in away if since <= day <= until and deputy), None)


def _state(away: Sequence[Away], day: date) -> tuple[bool, int | None]:
    return any(since <= day <= until for since, until, _ in away), _deputy(away, day)


async def away_before(leader: int) -> list[Away]:
    """The leader's days away, to be compared with once they have changed."""
    return await _days_away(leader)


async def follow_leave(leader: int, before: Sequence[Away], occasion: str) -> None:
    """After a change of somebody's days away: whoever stands in is reminded, who arranged hears.

    `occasion` is unique for the change.
    """
    after = await _days_away(leader)
    for row in await _to_come(leader):
        if _state(before, row.day) == _state(after, row.day):
            continue
        await remind_on(row.id, row.day)
        if row.arranged_by_id != leader:
            to, key = Address(person=row.arranged_by_id), f"{occasion}:arrangement:{row.id}"
            await put(LeaderAway(arrangement=row.id), to, key)


async def _to_come(leader: int) -> list[Arrangement]:
    rows = Arrangement.filter(
        leader_id=leader,
        day__gte=await today(),
        called_off_at__isnull=True,
        visit_id__isnull=True,
        talk_id__isnull=True,
    )
    return await rows.order_by("day", "id")


async def absent_for(people: Sequence[int], day: date) -> list[int]:
    """For whom these people stand in on that day."""
    rows = Leave.filter(deputy_id__in=list(people), since__lte=day, until__gte=day)
    return [row.person_id for row in await rows.order_by("id")]
