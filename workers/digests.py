"""The weekly digest: on the last working day of each week, to each who answers for something."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actions.digests import keep_digest
from domain.house import house
from domain.queries.digest_readers import kept_digest, reader_of, readers_on
from domain.queries.digests import digest_for, says_nothing
from domain.queries.people import reached
from domain.records import by_itself, now
from domain.rules.calendar import school_day
from domain.rules.digests import digest_after, digest_until, week_of
from domain.rules.paces import first_heard
from domain.rules.plan_whole import Plan
from domain.timing import plan_errands

# What is done for each person by a timer of their own.
ERRAND = "digest_for"


def after(instant: datetime, plan: Plan) -> datetime:
    """The next digest moment."""
    return digest_after(instant, plan.pace)


async def run(due: datetime) -> None:
    """Have each told of their week, who has been told already isn't told again."""
    until = await _over(due)
    readers = await readers_on(school_day(until))
    await plan_errands(ERRAND, (one.person for one in readers), until)


async def tell(person: int, due: datetime) -> None:
    """Tell one of them, unless there is nothing to tell; in the night it waits for the morning.

    Who has no account is told nothing, and finds it kept once they have one.
    """
    until = await _over(due)
    day, pace = school_day(until), house().plan.pace
    reader = await reader_of(person, day)
    if reader is None or await kept_digest(person, week_of(day)) is not None:
        return
    digest = await digest_for(reader, digest_until(until - timedelta(seconds=1), pace), until)
    if says_nothing(digest):
        return
    at = first_heard(await now(), pace) if await reached((person,)) else None
    async with by_itself():
        await keep_digest(person, digest, at)


async def _over(due: datetime) -> datetime:
    """The digest moment it is about: after a standstill the last one, and none before it."""
    return max(due, digest_until(await now(), house().plan.pace))
