"""Whether what was to be told still need be told, looked at just before it is said."""

from __future__ import annotations

from domain.house import house
from domain.models import Problem, ProblemEvent
from domain.notices.arrangements import ArrangedToday
from domain.notices.base import Notice
from domain.notices.bundles import ReminderBundle
from domain.notices.problems import ProblemNews
from domain.notices.rungs import RedFlagUnclaimed, RungFired
from domain.notices.running import EveningReceipt
from domain.notices.second_way import PlatformAway
from domain.queries.arrangements import who_goes
from domain.queries.outages import is_down
from domain.queries.outbox import Waiting
from domain.queries.problem_people import tellers_of
from domain.queries.problem_times import times_of
from domain.queries.problems import found
from domain.records import today
from domain.rules.rungs import stands


def keys_of(told: Waiting) -> tuple[str, ...]:
    """The keys of all that it tells: of a bundle its items', else its own."""
    if isinstance(told.notice, ReminderBundle):
        return tuple(item.key for item in told.notice.items)
    return (told.key,)


async def still_standing(told: Waiting) -> tuple[str, ...]:
    """Those of the keys of what still need be told."""
    if isinstance(told.notice, ReminderBundle):
        items = told.notice.items
        return tuple([item.key for item in items if await _stands(item.told(), told.person)])
    return (told.key,) if await _stands(told.notice, told.person) else ()


async def _stands(notice: Notice, person: int | None) -> bool:
    """A reminder loses its reason once what it waits for has been done; news hardly do."""
    if isinstance(notice, EveningReceipt):
        # Where the month runs low it is kept for the morning, and then it is yesterday's.
        return notice.day == await today()
    if isinstance(notice, PlatformAway):
        # What is back brings everything by itself.
        return await is_down(notice.platform)
    if isinstance(notice, ArrangedToday):
        return await who_goes(notice.arrangement, await today()) == person
    if isinstance(notice, ProblemNews):
        return notice.to_do != "classify" or await _lacks_category(notice.problem)
    if not isinstance(notice, RungFired | RedFlagUnclaimed):
        return True
    event = await ProblemEvent.get(id=notice.event)
    problem = await Problem.get(id=notice.problem)
    times = (await times_of([problem]))[problem.id]
    if not stands(str(event.details["rung"]), times, event.at, house().plan):
        return False
    return event.details["seat"] != "teller" or await _is_to_tell(problem, person)


async def _lacks_category(problem: int) -> bool:
    """Whoever recorded it may have said it meanwhile: then nobody else is asked."""
    return await Problem.exists(id=problem, category__isnull=True)


async def _is_to_tell(problem: Problem, person: int | None) -> bool:
    """Of several voices each has its teller; whoever has told theirs is reminded no more."""
    (found_one,) = await found([problem])
    return person in await tellers_of(found_one, await today())
