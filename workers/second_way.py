"""Looks whether a platform is down, and has those written to for whom something waits."""

from __future__ import annotations

import logging

from chat.mail.names import PLATFORM as MAIL
from domain.actions.second_way import tell_by_mail
from domain.queries.outages import platforms_down

log = logging.getLogger(__name__)


async def go_second_way() -> None:
    """Whoever looks first writes; a letter is a notice like any other, and brought as they are."""
    for down in await platforms_down():
        if down.platform == MAIL:
            continue
        log.error("ALARM: %s takes nothing since %s", down.platform, down.since.isoformat())
        if told := await tell_by_mail(down, MAIL):
            log.warning("%s people are told by mail that something waits", told)
