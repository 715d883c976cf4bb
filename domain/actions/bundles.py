"""Puts what can wait until the morning into one message for each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from domain.clock import instants
from domain.house import SCHOOL_TIME, house
from domain.models import Leave, OutboxEntry, Seat
from domain.notices.base import Notice, notice_facts, notice_from
from domain.notices.bundles import BUNDLE, Bundled, ReminderBundle, bundled
from domain.rules.calendar import at_hour
from domain.rules.paces import bundle_of


async def add(person: int, notice: Notice, key: str) -> None:
    """Have it told with all else of the person's next morning that is one for such notices.

    Teachers have two mornings a week for reminders; what somebody's act tells or asks of them
    comes on the next working morning, whoever they are. `key` is unique for the effect.
    """
    moment = await instants()
    pace = house().plan.pace
    day = moment.school.astimezone(SCHOOL_TIME).date()
    seldom = notice.pace == "bundled" and await _only_teaches(person, day)
    morning = bundle_of(moment.school, pace, teacher=seldom)
    await _add(person, bundled(notice, key), morning)


async def add_today(person: int, notice: Notice, key: str) -> None:
    """Have it told with all else of this day's morning: it is of today, be it a day of rest."""
    day = (await instants()).school.astimezone(SCHOOL_TIME).date()
    await _add(person, bundled(notice, key), at_hour(day, house().plan.pace.bundle_at))


async def fold(entry: int, person: int, notice: Notice, key: str) -> None:
    """What was to be told by itself is told with all else of the next morning."""
    pace = house().plan.pace
    today = (await instants()).school.astimezone(SCHOOL_TIME).date()
    morning = bundle_of(at_hour(today, pace.quiet_from), pace)
    await _moved(entry, person, (bundled(notice, key),), morning)


async def keep_till_morning(entry: int, person: int, notice: Notice, key: str) -> None:
    """What is late is told with all else of the next morning: by now its reader is at rest.

    What stands in a bundle goes on to that morning's.
    """
    morning = bundle_of((await instants()).school, house().plan.pace)
    items = notice.items if isinstance(notice, ReminderBundle) else (bundled(notice, key),)
    await _moved(entry, person, items, morning)


async def _moved(entry: int, person: int, items: Sequence[Bundled], morning: datetime) -> None:
    async with in_transaction():
        unsaid = OutboxEntry.filter(id=entry, done_at__isnull=True)
        if await unsaid.update(done_at=(await instants()).real):
            for item in items:
                await _add(person, item, morning)


async def _only_teaches(person: int, day: date) -> bool:
    """Whether they hold, or stand in for, no seat but that of a teacher."""
    absent = await Leave.filter(deputy_id=person, since__lte=day, until__gte=day)
    people = [person, *(leave.person_id for leave in absent)]
    held = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    others = Seat.filter(held, person_id__in=people).exclude(role="teacher")
    return not await others.exists()


async def _add(person: int, item: Bundled, morning: datetime) -> None:
    """Into the bundle of that morning; where it is on its way already, into a further one."""
    first = f"bundle:{person}:{morning.astimezone(SCHOOL_TIME).date()}"
    place = 1
    while not await _taken(f"{first}:{place}" if place > 1 else first, person, item, morning):
        place += 1


async def _taken(key: str, person: int, item: Bundled, morning: datetime) -> bool:
    row = await OutboxEntry.select_for_update().get_or_none(key=key)
    if row is None:
        return await _begun(key, person, item, morning)
    if any(one.key == item.key for one in _items(row)):
        # A duty may be done twice for one time, and what it tells is told once.
        return True
    # Once somebody is at it, or died at it, what it held may have been said.
    if row.lease_until or row.done_at or row.parked_at:
        return False
    held = ReminderBundle(items=(*_items(row), item))
    await OutboxEntry.filter(id=row.id).update(facts=notice_facts(held))
    return True


async def _begun(key: str, person: int, item: Bundled, morning: datetime) -> bool:
    """Whether the bundle could be begun; somebody else may have done so at the same moment."""
    try:
        async with in_transaction():
            await OutboxEntry.create(
                key=key,
                notice=BUNDLE,
                facts=notice_facts(ReminderBundle(items=(item,))),
                person_id=person,
                available_at=morning,
            )
    except IntegrityError:
        return await _taken(key, person, item, morning)
    return True


async def keep_only(entry: int, keys: Sequence[str]) -> None:
    """Of what was to be told only the items of these keys are, the others have lost their reason.

    Where none is left it is done with, and reaches nobody.
    """
    row = await OutboxEntry.get(id=entry)
    kept = tuple(item for item in _items(row) if item.key in keys)
    unsaid = OutboxEntry.filter(id=entry, done_at__isnull=True)
    if kept:
        await unsaid.update(facts=notice_facts(ReminderBundle(items=kept)))
    else:
        await unsaid.update(done_at=(await instants()).real)


def _items(row: OutboxEntry) -> tuple[Bundled, ...]:
    bundle = notice_from(row.notice, row.facts)
    return bundle.items if isinstance(bundle, ReminderBundle) else ()
