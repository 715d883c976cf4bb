"""The one way out: what is to be told becomes a row, in the transaction of what it tells of."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, Q
from tortoise.transactions import in_transaction

from domain.clock import Instants, instants, now
from domain.models import Delivery, OutboxEntry
from domain.notices.base import Notice, notice_facts
from domain.records import HeardMessage

# How long the door has to say an answer in the platform's own response (seconds, real time).
DOOR_SECONDS = 3
# How long a delivery may take before somebody else tries (seconds, real time).
LEASE_SECONDS = 30
_BATCH = 100


@dataclass(frozen=True)
class Address:
    """Where a notice goes: to a person one-to-one, or to a group of a platform."""

    person: int | None = None
    platform: str | None = None
    chat: str | None = None


async def put(
    notice: Notice,
    to: Address,
    key: str,
    *,
    at: datetime | None = None,
    heard: int | None = None,
) -> int:
    """Write a notice down to be told, now or at that instant; returns the row's id.

    `key` is unique for the effect. `heard` is a message of somebody who can be reached by
    answering it alone.
    """
    return await _written(notice, to, key, available_at=at or await now(), heard_id=heard)


async def take_back(key: str) -> None:
    """What was to be told under that key isn't any more, unless it has been said."""
    await OutboxEntry.filter(key=key, done_at__isnull=True).delete()


async def put_once(notice: Notice, to: Address, key: str) -> None:
    """The same, unless it was written down before."""
    # A savepoint: PostgreSQL gives up the whole transaction on a key that is taken.
    with suppress(IntegrityError):
        async with in_transaction():
            await put(notice, to, key)


async def put_answer(
    notice: Notice, to: Address, heard: HeardMessage, place: int, *, door: bool
) -> int:
    """Write an answer down; `door` leases it to the door, which says it in the response."""
    door_until = (await instants()).real + timedelta(seconds=DOOR_SECONDS) if door else None
    return await _written(
        notice,
        to,
        f"heard:{heard.id}:{place}",
        heard_id=heard.id,
        available_at=heard.at,
        lease_until=door_until,
    )


async def _written(notice: Notice, to: Address, key: str, **more: Any) -> int:
    entry = await OutboxEntry.create(
        key=key,
        notice=type(notice).__name__,
        facts=notice_facts(notice),
        person_id=to.person,
        platform=to.platform,
        chat=to.chat,
        **more,
    )
    return entry.id


async def lease_due(limit: int = _BATCH) -> list[int]:
    """Take the ids of what is due and nobody is at; each is ours for LEASE_SECONDS."""
    # Looking comes first: a transaction takes the write lock, and mostly nothing is due.
    moment = await instants()
    if not await _due(moment).exists():
        return []
    async with in_transaction():
        # As rows: a list of values would be read without taking them from the others.
        ids = [entry.id for entry in await _due(moment).limit(limit).only("id")]
        if ids:
            await OutboxEntry.filter(id__in=ids).update(
                lease_until=moment.real + timedelta(seconds=LEASE_SECONDS),
                attempts=F("attempts") + 1,
            )
    return ids


async def give_back(ids: list[int]) -> None:
    """Nobody will be at these after all: who looks next may take them."""
    await OutboxEntry.filter(id__in=ids, done_at__isnull=True).update(lease_until=None)


async def put_off(entry_id: int, seconds: float) -> None:
    """It could not be said: nobody tries before so many seconds (real time) are over."""
    until = (await instants()).real + timedelta(seconds=seconds)
    await OutboxEntry.filter(id=entry_id, done_at__isnull=True).update(lease_until=until)


async def reached_at_last(person: int) -> None:
    """What waited because nothing reached the person can be said now."""
    await OutboxEntry.filter(person_id=person, done_at__isnull=True).update(lease_until=None)


async def give_up(entry_id: int) -> None:
    """It can never be said where it was to be said: done, and delivered to nobody."""
    done = (await instants()).real
    await OutboxEntry.filter(id=entry_id, done_at__isnull=True).update(done_at=done)


def _due(moment: Instants):  # type: ignore[no-untyped-def]  # Tortoise's own query type
    return (
        OutboxEntry.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=moment.real),
            done_at__isnull=True,
            available_at__lte=moment.school,
        )
        .order_by("id")
        .select_for_update(skip_locked=True)
    )


async def mark_said(ids: list[int], platform: str) -> None:
    """The door has said these in its response."""
    if not ids:
        return
    async with in_transaction():
        entries = await OutboxEntry.filter(id__in=ids, done_at__isnull=True).select_for_update()
        await _deliver(entries, platform, in_response=True)


async def mark_delivered(entry_id: int, platform: str) -> None:
    """A message of its own brought this one."""
    async with in_transaction():
        entries = await OutboxEntry.filter(id=entry_id, done_at__isnull=True).select_for_update()
        await _deliver(entries, platform, in_response=False)


async def _deliver(entries: list[OutboxEntry], platform: str, *, in_response: bool) -> None:
    moment = await instants()
    await Delivery.bulk_create(
        [
            Delivery(
                entry_id=entry.id,
                platform=platform,
                person_id=entry.person_id,
                chat=entry.chat,
                at=moment.school,
                in_response=in_response,
            )
            for entry in entries
        ]
    )
    await OutboxEntry.filter(id__in=[entry.id for entry in entries]).update(done_at=moment.real)
