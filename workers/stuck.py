"""What becomes of a notice that doesn't get through: later, to the next one up, or to a human."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta

from domain.actions.moving import held
from domain.actions.outbox import alarm, give_up, park, put_off
from domain.actions.rungs import Firing, fire
from domain.errors import log_fault
from domain.house import house
from domain.notices.base import Notice
from domain.notices.bundles import parts_of
from domain.notices.problems_intake import RedFlagRaised
from domain.notices.rungs import RedFlagUnclaimed, RungFired
from domain.notices.stuck import NoticeStuck, Why
from domain.queries.outbox import Waiting
from domain.queries.people import holders_of
from domain.queries.rungs import still_to_pass
from domain.records import by_itself, now, today
from domain.rules.plan_clock import RED_FLAG
from domain.rules.rungs import rung_of

log = logging.getLogger(__name__)

# How long to wait before the next try where a platform doesn't say; twice as long each time
# (seconds).
FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0
# So often may a notice fail to be worded before it is laid aside.
MOST_TRIES = 8
# What hasn't got through for so long is told to a human.
_TOO_LONG = timedelta(days=1)


def later(attempts: int) -> float:
    """How long to wait before the next try (seconds), a little different for each."""
    wait = min(FIRST_WAIT * float(2 ** min(attempts, 10)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311  so that not all come back at once


async def unwordable(told: Waiting, error: Exception) -> None:
    """It can't be worded: a fault of ours. After some tries it is laid aside, and told."""
    log_fault(log, f"notice {told.id} could not be worded", error)
    tries = told.unworded + 1
    if tries < MOST_TRIES:
        await put_off(told.id, told.attempts, later(tries), unworded=True)
        return
    async with by_itself():
        # Both or neither: what is laid aside is looked at by nobody who wasn't told of it.
        await park(told.id)
        await _tell_admins(told, "wording")


async def unreachable(told: Waiting) -> None:
    """No platform that is on reaches its reader: it waits, and after a day a human is told."""
    log.warning("notice %s waits: no platform that is on reaches its reader", told.id)
    await put_off(told.id, told.attempts, later(told.attempts))
    await _tell_when_old(told, "no_account")


async def not_taken(told: Waiting, why: str, wait: float | None) -> None:
    """The platform didn't take it now: it is tried again for as long as its reason holds."""
    log.warning("notice %s was not taken (%s)", told.id, why)
    await put_off(told.id, told.attempts, wait or later(told.attempts))
    await _tell_when_old(told, "slow")


async def never_taken(told: Waiting, why: str) -> None:
    """The platform will never take it for that reader: reminders go to the next one up."""
    log.error("notice %s is given up: it will never be taken (%s)", told.id, why)
    # All or nothing: given up and not passed on, danger would be known to nobody.
    async with by_itself():
        if not await give_up(told.id):
            return
        if told.person is not None:
            for notice in sorted(parts_of(told.notice), key=_number):
                await _pass_on(notice, told.person, told.since)
        await _tell_admins(told, "never")


def _number(notice: Notice) -> int:
    """In this order problems are taken hold of, so that no two who do wait for each other."""
    number = getattr(notice, "problem", None)
    return number if isinstance(number, int) else 0


async def _pass_on(notice: Notice, past: int, since: datetime | None) -> None:
    """What waits for somebody doesn't wait for whom it can't reach."""
    if not isinstance(notice, RungFired | RedFlagUnclaimed | RedFlagRaised):
        return
    await held(notice.problem)
    event = None if isinstance(notice, RedFlagRaised) else notice.event
    found = await still_to_pass(notice.problem, event, past, since)
    if found is None:
        return
    key, to = found
    rung = rung_of(house().plan, key)
    firing = Firing(rung, to, again=key != RED_FLAG)
    await fire(notice.problem, firing, await holders_of("admin", await today()))


async def _tell_when_old(told: Waiting, why: Why) -> None:
    if told.since is not None and await now() - told.since > _TOO_LONG:
        await _tell_admins(told, why)


async def _tell_admins(told: Waiting, why: Why) -> None:
    """Once for each notice; of one about a notice that is stuck itself, nobody is told again."""
    if isinstance(told.notice, NoticeStuck):
        return
    problems = tuple(dict.fromkeys(filter(None, map(_number, parts_of(told.notice)))))
    notice = NoticeStuck(entry=told.id, why=why, person=told.person, problems=problems)
    admins = await holders_of("admin", await today())
    await alarm(told.id, admins, notice, f"stuck:{told.id}")
