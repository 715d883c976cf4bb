"""The platform fails, is slow, throttles, is down, forgets its tokens: F14, F18 to F21."""

from __future__ import annotations

import asyncio
import time

from domain.actions.outbox import Address, put
from domain.models import Delivery, OutboxEntry
from domain.notices.visits import VisitShared
from tests.commands.dialogs import LIN
from tests.faults.platform import chaotic
from tests.fixtures.system import over
from tests.torture.asking import ask_for, ended, measures, until_first
from tests.torture.fault import Fault, Measure, Stage

# How long a call may be under way (seconds).
_ON_ITS_WAY = 0.5
# So often may what can't be worded be tried.
MOST_TRIES = 8


async def _poison(stage: Stage) -> list[Measure]:
    expected = await ask_for(stage)
    nowhere = VisitShared(visit=999_999_999, by=1)
    key = f"poison:{time.time_ns()}"
    await put(nowhere, Address(person=stage.school.people[LIN]), key)
    found = await ended(stage, expected)
    until = time.time() + 60
    while not await _parked(key) and time.time() < until:  # noqa: ASYNC110  the database changes
        await asyncio.sleep(0.2)
    row = await OutboxEntry.get(key=key)
    told = await OutboxEntry.filter(notice="NoticeStuck", key__startswith=f"stuck:{row.id}")
    await over()
    brought = await Delivery.filter(entry_id__in=[one.id for one in told]).count()
    return [
        # The alarm of it is about another number, and is no notice of these.
        *[one for one in measures(found, late=5.0) if one.name != "asked for by nobody"],
        Measure("tries of what can't be worded", row.attempts, MOST_TRIES),
        Measure("left unparked", row.parked_at is None),
        Measure("admins not told", len(told) - brought if told else 1),
    ]


async def _parked(key: str) -> bool:
    return await OutboxEntry.filter(key=key, parked_at__isnull=False).exists()


async def _chaos(stage: Stage) -> list[Measure]:
    stage.system.platform.mood = chaotic(stage.dice.randrange(2**32))
    found = await ended(stage, await ask_for(stage))
    silent = sum(one.outcome == "silent" for one in stage.system.platform.receipts())
    return [
        *measures(found, repeats=silent, late=60.0),
        Measure("nothing went wrong", not _met(stage)),
    ]


def _met(stage: Stage, *moods: str) -> int:
    """How many calls met these moods of the platform's; of none: any but that it is well."""
    return sum(
        one.mood in moods if moods else one.mood != "well" for one in stage.system.platform.brought
    )


async def _throttles(stage: Stage) -> list[Measure]:
    """A third of the time it says 429 with Retry-After: nobody calls before that is over."""
    platform, wait = stage.system.platform, 3.0
    expected = await ask_for(stage)
    await until_first(expected)
    platform.retry_after = int(wait)
    platform.mood = lambda: "429"
    await asyncio.sleep(max(stage.scale.seconds / 3, 1.0))
    platform.mood = lambda: "well"
    found = await ended(stage, expected)
    shut = [one.at for one in platform.brought if one.mood == "429"]
    # What was on its way when a 429 came is no call that ignores it.
    ignored = [
        one.at
        for one in platform.brought
        if any(at + _ON_ITS_WAY < one.at < at + wait - 0.1 for at in shut)
    ]
    return [
        *measures(found, late=stage.scale.seconds + 10),
        Measure("calls before Retry-After was over", len(ignored)),
        Measure("never throttled", not shut),
    ]


async def _throttle_page(stage: Stage) -> list[Measure]:
    """Another system's page stands before it; what it says is no answer."""
    platform = stage.system.platform
    expected = await ask_for(stage)
    await until_first(expected)
    platform.mood = lambda: "busy page"
    await asyncio.sleep(stage.scale.seconds)
    platform.mood = lambda: "well"
    return [
        *measures(await ended(stage, expected), late=stage.scale.seconds + 10),
        Measure("nobody met the page", not _met(stage, "busy page")),
    ]


async def _down(stage: Stage) -> list[Measure]:
    platform = stage.system.platform
    expected = await ask_for(stage)
    platform.mood = lambda: "500"
    await until_first(expected)
    await asyncio.sleep(stage.scale.seconds + 0.3)
    platform.mood = lambda: "well"
    back = time.time()
    found = await ended(stage, expected)
    return [
        *measures(found, late=stage.scale.seconds + 65),
        Measure("all brought after it was back, s", time.time() - back, 60),
        Measure("nobody met it down", not _met(stage, "500")),
    ]


async def _hangs(stage: Stage) -> list[Measure]:
    """It takes everything and answers nothing for a while."""
    platform = stage.system.platform
    expected = await ask_for(stage)
    await until_first(expected)
    platform.mood = lambda: "late"
    await asyncio.sleep(min(stage.scale.seconds, 5.0))
    platform.mood = lambda: "well"
    found = await ended(stage, expected)
    silent = sum(one.outcome == "silent" for one in platform.receipts())
    return [
        *measures(found, repeats=silent, late=stage.scale.seconds + 20),
        # Whoever heard nothing can't know: were none said again, it wouldn't have hung.
        Measure("taken in silence and not said again", not found.explained),
    ]


async def _token_forgotten(stage: Stage) -> list[Measure]:
    platform = stage.system.platform
    expected = await ask_for(stage)
    await until_first(expected)
    await asyncio.sleep(0.3)
    asked = platform.tokens
    platform.forget_token()
    found = await ended(stage, expected)
    return [
        *measures(found, late=10.0),
        # One for each worker: they share no token.
        Measure("tokens asked for", platform.tokens - asked, 2),
        Measure("never refreshed", platform.tokens == asked),
    ]


FAULTS = (
    Fault("F14", "What can't be worded is laid aside and told; all else flows", _poison),
    Fault("F18", "A platform in chaos gets each at last", _chaos),
    Fault("F19", "Nobody calls before Retry-After is over, and nothing is lost", _throttles),
    Fault("F19b", "A throttle's page is no answer: what met it is tried again", _throttle_page),
    Fault("F20", "After an outage each comes once, and soon", _down),
    Fault("F20b", "What was taken in silence may come again, all else once", _hangs),
    Fault("F21", "A token that is forgotten is renewed once by each worker", _token_forgotten),
)
