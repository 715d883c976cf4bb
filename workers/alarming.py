"""Tells the admins what stands still: in the chat and by mail, and only a few times a day."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from chat.mail.names import PLATFORM as MAIL
from domain.actions.outbox import Address, lease_keys, put_once
from domain.notices.running import PartStopped
from domain.queries.outages import with_account
from domain.queries.people import holders_of
from domain.records import now, today
from workers.delivery import Delivering

log = logging.getLogger(__name__)

# What goes on standing still is told again after that long (seconds).
_AGAIN = 4 * 3600


async def tell_admins(stopped: Iterable[PartStopped]) -> None:
    """Have each of them told to each admin, once in some hours whoever finds it."""
    for one in stopped:
        log.error("ALARM: %s stands still since %s (%s)", one.part, one.since, one.count)
        key = await _key(one)
        for admin in await holders_of("admin", await today()):
            await put_once(one, Address(person=admin), f"{key}:{admin}")


async def write_to_admins(stopped: Iterable[PartStopped], letters: Delivering) -> None:
    """Write the same to each admin who has a box, from here and now.

    Whoever else brings notices may be what stands still. If we are stopped, they bring it.
    """
    for one in stopped:
        key = await _key(one)
        admins = await with_account(await holders_of("admin", await today()), MAIL)
        keys = [f"{key}:{admin}:mail" for admin in admins]
        for admin, theirs in zip(admins, keys, strict=True):
            await put_once(one, Address(person=admin, platform=MAIL), theirs)
        await letters.deliver(*await lease_keys(keys))


async def _key(stopped: PartStopped) -> str:
    return f"stopped:{stopped.part}:{int((await now()).timestamp()) // _AGAIN}"
