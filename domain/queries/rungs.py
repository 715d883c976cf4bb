"""What is to happen by itself to a problem now, to whom it goes, and when it is next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.clock import now
from domain.house import SCHOOL_TIME, house
from domain.models import Delivery, OutboxEntry, Problem, ProblemEvent
from domain.notices.base import notice_from
from domain.notices.bundles import parts_of
from domain.notices.rungs import RedFlagUnclaimed, RungFired
from domain.queries.problem_times import times_of
from domain.queries.problems import found
from domain.queries.receiving import receiving
from domain.rules.around import Received
from domain.rules.plan_clock import RED_FLAG, Rung
from domain.rules.rung_times import Coming
from domain.rules.rungs import next_step, reached, rung_of, stands

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reached:
    """A rung that is to fire now, with those passed over below it, and whom it goes to."""

    coming: Coming
    rung: Rung
    to: Received


async def reached_of(problem: int) -> Reached | None:
    """The rung of a problem that is to fire now; None if it isn't time for any."""
    row, moment, plan = await Problem.get(id=problem), await now(), house().plan
    coming = reached((await times_of([row]))[row.id], plan, moment)
    if coming is None:
        return None
    rung = rung_of(plan, coming.rung)
    (one,) = await found([row])
    day = moment.astimezone(SCHOOL_TIME).date()
    return Reached(coming, rung, await receiving(one, rung, day))


async def next_look(problem: int) -> datetime | None:
    """When the problem is to be looked at again; None where nothing is left to come."""
    row = await Problem.get(id=problem)
    coming = next_step((await times_of([row]))[row.id], house().plan, await now())
    return coming.at if coming else None


async def still_to_pass(
    problem: int, event: int | None, past: int, alerted: datetime | None
) -> tuple[str, Received] | None:
    """Which rung it was, and to whom it goes when it goes past somebody whom it didn't reach.

    None when its reason is gone. Without an `event` it is danger, of which they were `alerted`; it
    goes to the leading group, once however many of them it doesn't reach.
    """
    row, moment, plan = await Problem.get(id=problem), await now(), house().plan
    step = await ProblemEvent.get(id=event) if event is not None else None
    key = str(step.details["rung"]) if step else RED_FLAG
    since = step.at if step else moment
    if not stands(key, (await times_of([row]))[row.id], since, plan):
        return None
    if step is None and await _gone_up(problem, alerted or moment):
        return None
    (one,) = await found([row])
    day = moment.astimezone(SCHOOL_TIME).date()
    unreached = frozenset({past}) | (await _never_reached(step) if step else frozenset())
    told = {*step.details["to"], *step.details["along"]} - unreached if step else set()
    to = await receiving(one, rung_of(plan, key), day, unreached)
    fresh = replace(to, proper=tuple(p for p in to.proper if p not in told), along=())
    return (key, fresh) if fresh.proper or not to.proper else None


async def _gone_up(problem: int, since: datetime) -> bool:
    """Whether danger went up since: if that reaches somebody in vain, it goes on from there."""
    steps = await ProblemEvent.filter(problem_id=problem, kind="rung", at__gte=since)
    return any(step.details["rung"] == RED_FLAG for step in steps)


async def _never_reached(step: ProblemEvent) -> frozenset[int]:
    """Whom that rung went to, and those before whom it went past, in vain.

    All of them, or it would go round among those who can't be reached for ever.
    """
    before = [one["person"] for one in step.details["passed_over"] if one["why"] == "no_account"]
    rows = await OutboxEntry.filter(
        person_id__in=[*step.details["to"], *step.details["along"]],
        done_at__isnull=False,
        # A morning's message is made when the first of what is in it is.
        available_at__gte=step.at - _A_DAY,
    )
    brought = Delivery.filter(entry_id__in=[row.id for row in rows]).only("id", "entry_id")
    delivered = {one.entry_id for one in await brought}
    given_up = [row for row in rows if row.id not in delivered and step.id in _events_in(row)]
    return frozenset([*before, *(row.person_id for row in given_up if row.person_id)])


def _events_in(row: OutboxEntry) -> list[int]:
    """The steps of stories that it tells of."""
    parts = parts_of(notice_from(row.notice, row.facts))
    return [one.event for one in parts if isinstance(one, RungFired | RedFlagUnclaimed)]
