"""Brings one notice to its reader, worded at the last moment; the one way out but the response."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Literal

from chat.errors import NotDelivered
from chat.platforms import PLATFORMS, Client
from chat.wording import compose
from domain.actions.outbox import mark_delivered
from domain.errors import log_fault
from domain.queries.outbox import Waiting, platform_of, waiting
from domain.queries.people import language_of
from domain.queries.seen import seen_by
from domain.trail import told_trail, trail

log = logging.getLogger(__name__)

Outcome = Literal["delivered", "not_taken", "failed"]


@dataclass(frozen=True)
class Delivering:
    """What a delivery needs: the platforms' clients, the school's language, whom to tell.

    `delivered` is called with the person (one-to-one) or the chat that something reached,
    `measure` after each attempt with the platform, what became of it, and the seconds it took.
    """

    clients: Mapping[str, Client]
    language: str
    delivered: Callable[[int | None, str | None], None]
    measure: Callable[[str, Outcome, float], None] = lambda *_: None

    async def deliver(self, entry: int) -> None:
        """Say the notice of that outbox row, unless it has been said already.

        A platform that fails leaves the row as it is: its lease ends and it is tried again.
        """
        with trail(told_trail(entry)):
            told = await waiting(entry)
            if told is None:
                return
            platform = told.platform or (await platform_of(told.person) if told.person else None)
            if platform is None or platform not in self.clients:
                log.warning("notice %s waits: no platform that is on reaches its reader", entry)
                return
            began = perf_counter()
            outcome = await self._brought(told, platform)
            self.measure(platform, outcome, perf_counter() - began)

    async def _brought(self, told: Waiting, platform: str) -> Outcome:
        try:
            await self._say(told, platform)
        except NotDelivered:
            log.warning("notice %s was not taken by %s", told.id, platform)
            return "not_taken"
        except Exception as error:  # noqa: BLE001  the broker would log the error's own words
            log_fault(log, f"notice {told.id} could not be said", error)
            return "failed"
        await mark_delivered(told.id, platform)
        self.delivered(None if told.chat else told.person, told.chat)
        log.info("notice %s was brought by %s", told.id, platform)
        return "delivered"

    async def _say(self, told: Waiting, platform: str) -> None:
        reader = None if told.chat else told.person
        view = await seen_by(told.notice, reader, occasion=told.key, heard=told.heard)
        language = (await language_of(reader) if reader else None) or self.language
        chat = told.chat or "direct"
        payload = PLATFORMS[platform].payload(view, compose(view, language), chat)
        await self.clients[platform].send(chat, payload)
