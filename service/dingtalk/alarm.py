"""Tells the admins that DingTalk keeps messages back, once a day."""

from __future__ import annotations

import logging

from chat.dingtalk.names import PLATFORM
from domain.actions.outbox import Address, put_once
from domain.notices.refusals import QuotaUsedUp
from domain.queries.people import holders_of
from domain.records import today

log = logging.getLogger(__name__)


async def tell_admins_of_quota() -> None:
    """By whichever platform reaches them; what they are told goes by another quota than this."""
    log.error("ALARM: DingTalk's quota for messages to us is used up; what people say is lost")
    day = await today()
    for person in await holders_of("admin", day):
        key = f"quota:{PLATFORM}:{day.isoformat()}:{person}"
        await put_once(QuotaUsedUp(), Address(person=person), key)
