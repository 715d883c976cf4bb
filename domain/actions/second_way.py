"""Notes that a platform takes nothing, and has those told by mail for whom something waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tortoise.expressions import Q, Subquery
from tortoise.transactions import in_transaction

from domain.actions.outbox import Address, put
from domain.clock import instants
from domain.models import Account, Outage, OutboxEntry
from domain.notices.base import NOTICES, notice_from
from domain.notices.bundles import parts_of
from domain.notices.running import PartStopped
from domain.notices.second_way import PlatformAway
from domain.outages import Down, goes_on

# So many people are written to with one look.
_BATCH = 200


async def note_failure(platform: str) -> None:
    """That platform didn't take something: an outage begins, or goes on."""
    moment = await instants()
    row = await Outage.get_or_none(platform=platform)
    if row is None:
        fresh = Outage(platform=platform, since=moment.real, last_at=moment.real)
        # Two may fail at once.
        await Outage.bulk_create([fresh], ignore_conflicts=True)
        return
    since = row.since if await goes_on(row, moment) else moment.real
    await Outage.filter(id=row.id).update(since=since, last_at=moment.real)


async def tell_by_mail(down: Down, mail: str) -> int:
    """Tell by `mail` each who has a box there what waits for them; how many were.

    What was tried and not taken counts, each once in its life. It goes on waiting: the chat
    brings it when it is back. What answers a message, and what is for a group, isn't told.
    """
    moment = await instants()
    readers = Account.filter(platform=mail).values("person_id")
    there = Account.filter(platform=down.platform).values("person_id")
    waits = OutboxEntry.filter(
        Q(platform__isnull=True) | Q(platform=down.platform),
        Q(person_id__in=Subquery(readers)),
        Q(person_id__in=Subquery(there)),
        available_at__lte=moment.school,
        not_before__isnull=False,
        done_at__isnull=True,
        parked_at__isnull=True,
        mailed_at__isnull=True,
        heard_id__isnull=True,
        chat__isnull=True,
    )
    async with in_transaction():
        rows = await waits.order_by("id").limit(_BATCH).select_for_update(skip_locked=True)
        await OutboxEntry.filter(id__in=[row.id for row in rows]).update(mailed_at=moment.real)
        people = list(dict.fromkeys(row.person_id for row in rows))
        for person in people:
            theirs = [row for row in rows if row.person_id == person]
            await _write(down, theirs, Address(person=person, platform=mail), moment.school)
    return len(people)


async def _write(down: Down, waits: Sequence[OutboxEntry], to: Address, at: datetime) -> None:
    told = [one for row in waits for one in _told(row)]
    numbered = [(name, number) for name, number in told if number is not None]
    notice = PlatformAway(
        platform=down.platform,
        since=down.since,
        problems=_once(number for _, number in numbered),
        urgent=_once(number for name, number in numbered if NOTICES[name].pace == "now"),
        more=sum(number is None and name != PartStopped.__name__ for name, number in told),
    )
    if notice.problems or notice.more:
        await put(notice, to, f"away:{waits[-1].id}", at=at)


def _told(row: OutboxEntry) -> list[tuple[str, int | None]]:
    """The names of what it tells, each with the problem it is about, if it is about one."""
    parts = parts_of(notice_from(row.notice, row.facts))
    return [(type(part).__name__, getattr(part, "problem", None)) for part in parts]


def _once(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
