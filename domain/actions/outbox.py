"""The one way out: what is to be told becomes a row, in the transaction of what it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, Q
from tortoise.transactions import in_transaction

from domain.actions.bundles import add
from domain.clock import Instants, instants, now
from domain.house import house
from domain.models import Delivery, OutboxEntry, Timer
from domain.notices.base import NOTICES, Notice, notice_facts
from domain.notices.bundles import BUNDLE
from domain.records import HeardMessage
from domain.rules.paces import prompt_at

# How long the door has to say an answer in the platform's own response (seconds, real time).
DOOR_SECONDS = 3
# How long a delivery may take before somebody else tries (seconds, real time).
LEASE_SECONDS = 30
# How long a morning's bundle waits for what is still being looked at (seconds, school time).
BUNDLE_PATIENCE = 120
# So many are taken at a look.
BATCH = 100


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
) -> None:
    """Write a notice down to be told: at that instant, else when its pace says.

    What would disturb somebody's rest comes with all else of their next morning. `key` is unique
    for the effect. `heard` is a message of somebody who can be reached by answering it alone.
    """
    moment = await now()
    if at is None and to.person is not None and heard is None and _can_wait(notice, moment):
        await add(to.person, notice, key)
    else:
        await _written(notice, to, key, available_at=at or moment, heard_id=heard)


def _can_wait(notice: Notice, moment: datetime) -> bool:
    if notice.pace == "prompt":
        return prompt_at(moment, house().plan.pace) is None
    return notice.pace == "bundled"


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


async def lease_due(limit: int = BATCH, *, but: Collection[int] = ()) -> list[int]:
    """Take the ids of what is due and nobody is at; ours for LEASE_SECONDS.

    Danger comes first, reminders last: where a platform's turns are few, they are the ones to wait.
    A morning's bundle waits until all is in it that falls due that morning, but not for ever.
    `but` are those that have been said, and aren't marked yet: they may still become more.
    """
    # Looking comes first: a transaction takes the write lock, and mostly nothing is due.
    moment = await instants()
    if not await _due(moment).exists():
        return []
    due = _due(moment)
    if but:
        # Read after the clock: whatever's lease was over by then had been said before.
        due = due.filter(~Q(id__in=sorted(but)))
    if await Timer.filter(due_at__lte=moment.school).exists():
        long_ago = moment.school - timedelta(seconds=BUNDLE_PATIENCE)
        due = due.filter(~Q(notice=BUNDLE) | Q(available_at__lt=long_ago))
    async with in_transaction():
        ids: list[int] = []
        for pace in ("now", "prompt", "bundled"):
            names = [name for name, kind in NOTICES.items() if kind.pace == pace]
            # As rows: a list of values would be read without taking them from the others.
            some = due.filter(notice__in=names).limit(limit - len(ids)).only("id")
            ids += [entry.id for entry in await some] if len(ids) < limit else []
        if ids:
            await OutboxEntry.filter(id__in=ids).update(
                lease_until=moment.real + timedelta(seconds=LEASE_SECONDS),
                attempts=F("attempts") + 1,
            )
    return ids


async def lease_keys(keys: Collection[str]) -> list[int]:
    """Take these at once, whichever of them nobody is at or has said; ours for LEASE_SECONDS."""
    moment = await instants()
    async with in_transaction():
        rows = await _due(moment).filter(key__in=list(keys)).only("id")
        ids = [row.id for row in rows]
        await OutboxEntry.filter(id__in=ids).update(
            lease_until=moment.real + timedelta(seconds=LEASE_SECONDS), attempts=F("attempts") + 1
        )
    return ids


async def begin(entry_id: int) -> bool:
    """Set out to say it; whether nobody else has for this attempt. Ours for LEASE_SECONDS anew.

    A message of the broker may lie there until its lease is over, and then there is a second one
    for the same row: whoever is first takes the attempt, and the other does nothing.
    """
    until = (await instants()).real + timedelta(seconds=LEASE_SECONDS)
    free = OutboxEntry.filter(
        Q(begun__isnull=True) | Q(begun__lt=F("attempts")),
        id=entry_id,
        done_at__isnull=True,
        parked_at__isnull=True,
    )
    return bool(await free.update(begun=F("attempts"), lease_until=until))


async def give_back(ids: list[int]) -> None:
    """Nobody will be at these after all: who looks next may take them."""
    await OutboxEntry.filter(id__in=ids, done_at__isnull=True).update(lease_until=None)


async def put_off(entry_id: int, attempt: int, seconds: float, *, unworded: bool = False) -> None:
    """It could not be said: nobody tries before so many seconds (real time) are over.

    `attempt` is how often it had been begun when it was taken: whoever holds it since decides.
    `unworded` counts it as one that couldn't be worded; to wait for a turn counts as nothing.
    """
    until = (await instants()).real + timedelta(seconds=seconds)
    mine = OutboxEntry.filter(id=entry_id, attempts=attempt, done_at__isnull=True)
    more = {"unworded": F("unworded") + 1} if unworded else {}
    await mine.update(not_before=until, lease_until=None, **more)


async def reached_at_last(person: int) -> None:
    """What waited because nothing reached the person can be said now."""
    waits = OutboxEntry.filter(person_id=person, done_at__isnull=True)
    await waits.update(lease_until=None, not_before=None)


async def give_up(entry_id: int) -> bool:
    """It can never be said where it was to be said: done, and delivered to nobody.

    Whether it was still to be said: then whoever gives it up sees to it who hears instead, in the
    same transaction.
    """
    unsaid = OutboxEntry.filter(id=entry_id, done_at__isnull=True)
    return bool(await unsaid.update(done_at=(await instants()).real))


async def park(entry_id: int) -> None:
    """It can't be worded: laid aside for a human to look at, so that it holds up no other."""
    laid = (await instants()).real
    await OutboxEntry.filter(id=entry_id, done_at__isnull=True).update(
        parked_at=laid, lease_until=None
    )


async def alarm(entry_id: int, admins: Iterable[int], notice: Notice, key: str) -> bool:
    """Tell the admins of what doesn't get through, once; whether they hadn't been told."""
    async with in_transaction():
        unalarmed = OutboxEntry.filter(id=entry_id, alarmed_at__isnull=True)
        if not await unalarmed.update(alarmed_at=(await instants()).real):
            return False
        for admin in admins:
            await put_once(notice, Address(person=admin), f"{key}:{admin}")
    return True


def _due(moment: Instants):  # type: ignore[no-untyped-def]  # Tortoise's own query type
    return (
        OutboxEntry.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=moment.real),
            Q(not_before__isnull=True) | Q(not_before__lte=moment.real),
            done_at__isnull=True,
            parked_at__isnull=True,
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


async def mark_delivered(
    entry_ids: int | Sequence[int], platform: str, quota: str | None = None
) -> None:
    """A message of its own brought this one, or one call all of these.

    `quota` is the platform's monthly quota that the call used.
    """
    ids = [entry_ids] if isinstance(entry_ids, int) else list(entry_ids)
    async with in_transaction():
        unsaid = OutboxEntry.filter(id__in=ids, done_at__isnull=True)
        entries = await unsaid.order_by("id").select_for_update()
        await _deliver(entries, platform, in_response=False, quota=quota)


async def _deliver(
    entries: list[OutboxEntry], platform: str, *, in_response: bool, quota: str | None = None
) -> None:
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
                # One call, however many it told.
                quota=quota if place == 0 else None,
            )
            for place, entry in enumerate(entries)
        ]
    )
    await OutboxEntry.filter(id__in=[entry.id for entry in entries]).update(done_at=moment.real)
