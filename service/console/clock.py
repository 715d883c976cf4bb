"""Moves the school's clock forward, in the demo alone."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from chat.errors import Unreadable
from domain.house import SCHOOL_TIME
from domain.queries.outbox import next_due
from domain.queries.timers import next_timer
from domain.records import now, set_now

# As far as anybody will want to look; a clock at the end of all calendars could not go on.
_LAST = datetime(2100, 1, 1, tzinfo=SCHOOL_TIME)
# So much may pass at once: each of its days is lived through, with all that happens on it.
_AT_ONCE = timedelta(days=366)


async def moved_to(
    body: bytes, settle: Callable[[], Awaitable[None]], show: Callable[[datetime], None]
) -> datetime:
    """Move the clock as `advance` (an ISO duration) or `to` (an instant with its zone) says.

    It stops at each instant at which something is due, `settle` lets that happen, and `show` is
    told where it stands.
    Returns the new instant; Unreadable, with the key of a sentence, if it can't be moved so.
    """
    said = _object(body)
    present = await now()
    target = _target(said, present)
    if target < present:
        raise Unreadable("Unreadable.clock_back")
    if target >= _LAST or target - present > _AT_ONCE:
        raise Unreadable("Unreadable.clock_far")
    await settle()
    while (due := await _next_due(target)) is not None:
        await set_now(due)
        await settle()
        show(due)
    await set_now(target)
    await settle()
    show(target)
    return target


async def _next_due(until: datetime) -> datetime | None:
    """The first instant up to and with `until` at which something is to be done or told."""
    coming = [await next_timer(until), await next_due(until)]
    return min((instant for instant in coming if instant is not None), default=None)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Unreadable("Unreadable.body")
    return said


def _target(said: Mapping[str, Any], present: datetime) -> datetime:
    try:
        if isinstance(said.get("advance"), str):
            return present + msgspec.convert(said["advance"], timedelta)
        if isinstance(said.get("to"), str):
            target = datetime.fromisoformat(said["to"])
            return target if target.tzinfo else target.replace(tzinfo=SCHOOL_TIME)
    except (ValueError, OverflowError, msgspec.ValidationError):
        pass
    raise Unreadable("Unreadable.clock")
