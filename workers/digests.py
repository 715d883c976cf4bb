"""The weekly digest: on the last working day of each week, to each who answers for something."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actions.digests import keep_digest
from domain.house import house
from domain.queries.digest_readers import Reader, readers_on
from domain.queries.digests import digest_for
from domain.records import by_itself, now
from domain.rules.calendar import school_day
from domain.rules.digests import digest_after, digest_until
from domain.rules.paces import bundle_of, prompt_at
from domain.rules.plan_whole import Plan


def after(instant: datetime, plan: Plan) -> datetime:
    """The next digest moment."""
    return digest_after(instant, plan.pace)


async def run(due: datetime) -> None:
    """Tell each of their week; who has been told already isn't told again.

    After a standstill it is about the last week that is over, and of none before it.
    """
    pace = house().plan.pace
    moment = await now()
    until = max(due, digest_until(moment, pace))
    since = digest_until(until - timedelta(seconds=1), pace)
    at = prompt_at(moment, pace) or bundle_of(moment, pace)
    for reader in await readers_on(school_day(until)):
        await _tell(reader, since, until, at)


async def _tell(reader: Reader, since: datetime, until: datetime, at: datetime) -> None:
    """In a transaction of its own; of two schedulers at once one fails, and finds it told then."""
    digest = await digest_for(reader, since, until)
    if not digest.quiet:
        async with by_itself():
            await keep_digest(reader.person, digest, at)
