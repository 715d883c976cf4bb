"""What waits to be told, what was told to whom, and the stored answer to a repeat."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.clock import instants, now
from domain.house import house
from domain.models import Account, Delivery, Heard, OutboxEntry, Person
from domain.notices.base import Notice, notice_from
from domain.notices.bundles import BUNDLE
from domain.sealing import open_reply

# So many may be with those who deliver: handed over sooner than they get to it, they would be
# handed over once more when the lease ends.
MANY_IN_HAND = 1000


@dataclass(frozen=True)
class Waiting:
    """A notice with its address: `person` one-to-one, or `chat` of `platform`.

    `at` is when it was told, `since` when it was to be, `attempts` how often it was begun,
    `unworded` how often it couldn't be worded.
    """

    id: int
    key: str
    notice: Notice
    person: int | None
    platform: str | None
    chat: str | None
    heard: int | None
    at: datetime | None = None
    attempts: int = 0
    unworded: int = 0
    since: datetime | None = None


async def waiting(entry_id: int) -> Waiting | None:
    """The entry, unless it has been said meanwhile."""
    entry = await OutboxEntry.get_or_none(id=entry_id, done_at__isnull=True)
    return _waiting(entry) if entry else None


async def together(ids: Sequence[int]) -> list[list[int]]:
    """The same entries, those that tell several people the very same side by side.

    They are one message if they are worded alike; a group, and who is answered, stay alone.
    """
    alike: dict[object, list[int]] = {}
    for entry in await OutboxEntry.filter(id__in=list(ids)).only(
        "id", "notice", "facts", "chat", "heard_id"
    ):
        alone = entry.chat is not None or entry.heard_id is not None or entry.notice == BUNDLE
        same = json.dumps([entry.notice, entry.facts], sort_keys=True)
        alike.setdefault(entry.id if alone else same, []).append(entry.id)
    order = {one: place for place, one in enumerate(ids)}
    groups = [sorted(group, key=order.__getitem__) for group in alike.values()]
    return sorted(groups, key=lambda group: order[group[0]])


def _waiting(entry: OutboxEntry, at: datetime | None = None) -> Waiting:
    return Waiting(
        id=entry.id,
        key=entry.key,
        notice=notice_from(entry.notice, entry.facts),
        person=entry.person_id,
        platform=entry.platform,
        chat=entry.chat,
        heard=entry.heard_id,
        at=at,
        attempts=entry.attempts,
        unworded=entry.unworded,
        since=entry.available_at,
    )


async def stored_answer(
    platform: str, key: str, account: str, conversation: str
) -> list[Waiting] | None:
    """What was answered to this very message; None unless sender and conversation agree."""
    heard = await Heard.get_or_none(platform=platform, message_key=key)
    if heard is None or (heard.account, heard.conversation) != (account, conversation):
        return None
    entries = await OutboxEntry.filter(heard_id=heard.id).order_by("id")
    return [_waiting(entry) for entry in entries]


async def answers_to(ids: list[int]) -> list[Waiting]:
    """These entries, in their order."""
    return [_waiting(entry) for entry in await OutboxEntry.filter(id__in=ids).order_by("id")]


async def inbox_of(platform: str, person: int) -> list[Waiting]:
    """What was brought to a person one-to-one, oldest first; answers in a response are not."""
    return await _delivered(platform=platform, person_id=person, chat=None, in_response=False)


async def said_in(platform: str, chat: str) -> list[Waiting]:
    """All that was said in a group, oldest first."""
    return await _delivered(platform=platform, chat=chat)


async def _delivered(**which: object) -> list[Waiting]:
    rows = await Delivery.filter(**which).order_by("id").prefetch_related("entry")
    return [_waiting(row.entry, row.at) for row in rows]


async def unsaid_count() -> int:
    """How many notices wait."""
    return await OutboxEntry.filter(done_at__isnull=True).count()


async def many_in_hand() -> bool:
    """Whether so many are being delivered that no more need be handed over yet."""
    moment = await instants()
    taken = OutboxEntry.filter(
        done_at__isnull=True, parked_at__isnull=True, lease_until__gte=moment.real
    )
    return len(await taken.limit(MANY_IN_HAND).only("id")) >= MANY_IN_HAND


async def next_due(until: datetime) -> datetime | None:
    """The first instant to come, up to and with `until`, at which something is to be told."""
    coming = OutboxEntry.filter(
        done_at__isnull=True, available_at__gt=await now(), available_at__lte=until
    )
    first = await coming.order_by("available_at", "id").first()
    return first.available_at if first else None


@dataclass(frozen=True)
class Queue:
    """How many notices are due and not said, and how long the oldest has waited (seconds).

    `unattended` is the same of those that nobody is at: a relay that works leaves none for long.
    """

    due: int
    oldest: float
    unattended: float


async def queue() -> Queue:
    """What waits to be told at this moment."""
    moment = await instants()
    due = OutboxEntry.filter(
        done_at__isnull=True, parked_at__isnull=True, available_at__lte=moment.school
    )
    alone = due.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=moment.real))
    return Queue(
        await due.count(), await _waited(due, moment.school), await _waited(alone, moment.school)
    )


async def _waited(entries: QuerySet[OutboxEntry], at: datetime) -> float:
    first = await entries.order_by("available_at").first()
    return (at - first.available_at).total_seconds() if first else 0.0


@dataclass(frozen=True)
class Reach:
    """Where a person is reached one-to-one: an account of a platform."""

    platform: str
    account: str


async def reach_of(person: int, on: Collection[str]) -> Reach | None:
    """By which account a person is reached, of the platforms that are on.

    That of the preferred platform, else the first; None when there is none.
    """
    rows = await Account.filter(person_id=person, platform__in=on).order_by("id")
    if not rows:
        return None
    preferred = (await Person.get(id=person)).platform if len(rows) > 1 else None
    chosen = next((row for row in rows if row.platform == preferred), rows[0])
    return Reach(chosen.platform, chosen.user_id)


async def reply_address(heard: int, conversation: str) -> str | None:
    """The address that this chat gave with that message for late answers, while it is good."""
    row = await Heard.get_or_none(id=heard)
    if row is None or row.reply_to is None or row.reply_until is None:
        return None
    # What is for one of a group alone must not go where the group reads it.
    if row.conversation != conversation or row.reply_until <= (await instants()).real:
        return None
    return open_reply(row.reply_to, house().keyring, row.seal)
