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
from domain.actions.bundles import keep_only
from domain.actions.outbox import give_up, mark_delivered, put_off
from domain.errors import log_fault
from domain.queries.outbox import Waiting, reach_of, reply_address, waiting
from domain.queries.people import language_of
from domain.queries.seen import seen_by
from domain.queries.standing import keys_of, still_standing
from domain.trail import told_trail, trail

log = logging.getLogger(__name__)

Outcome = Literal["delivered", "not_taken", "given_up", "failed"]

# How long to wait before the next try where a platform doesn't say; twice as long each time
# (seconds).
FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0


@dataclass(frozen=True)
class Way:
    """The platform and the chat by which a notice reaches its reader."""

    platform: str
    chat: str


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

        What a platform doesn't take is tried again later, unless it never will be taken.
        """
        with trail(told_trail(entry)):
            told = await self._still_to_tell(entry)
            if told is None:
                return
            way = await self._way(told)
            if way is None:
                log.warning("notice %s waits: no platform that is on reaches its reader", entry)
                await put_off(entry, told.attempts, _wait(told))
                return
            began = perf_counter()
            outcome = await self._brought(told, way)
            self.measure(way.platform, outcome, perf_counter() - began)

    async def _still_to_tell(self, entry: int) -> Waiting | None:
        """The notice, if its reason still holds at this moment; of a bundle, that of its parts."""
        told = await waiting(entry)
        if told is None:
            return None
        standing = await still_standing(told)
        if standing == keys_of(told):
            return told
        await keep_only(entry, standing)
        return await waiting(entry)

    async def _way(self, told: Waiting) -> Way | None:
        """To the group it is for; else to the reader, by one of the platforms that are on."""
        if told.chat is not None:
            there = told.platform in self.clients
            return Way(told.platform, told.chat) if told.platform and there else None
        if told.person is None:
            return None
        on = [name for name in self.clients if told.platform in (None, name)]
        reach = await reach_of(told.person, on)
        return (
            Way(reach.platform, PLATFORMS[reach.platform].direct(reach.account)) if reach else None
        )

    async def _brought(self, told: Waiting, way: Way) -> Outcome:
        try:
            await self._say(told, way)
        except NotDelivered as error:
            return await self._not_taken(told, way, error)
        except Exception as error:  # noqa: BLE001  the broker would log the error's own words
            log_fault(log, f"notice {told.id} could not be said", error)
            return "failed"
        await mark_delivered(told.id, way.platform)
        self.delivered(None if told.chat else told.person, told.chat)
        log.info("notice %s was brought by %s", told.id, way.platform)
        return "delivered"

    async def _say(self, told: Waiting, way: Way) -> None:
        reader = None if told.chat else told.person
        view = await seen_by(told.notice, reader, occasion=told.key, heard=told.heard)
        language = (await language_of(reader) if reader else None) or self.language
        payload = PLATFORMS[way.platform].payload(view, compose(view, language), way.chat)
        reply_to = await reply_address(told.heard, way.chat) if told.heard is not None else None
        await self.clients[way.platform].send(way.chat, payload, reply_to)

    async def _not_taken(self, told: Waiting, way: Way, error: NotDelivered) -> Outcome:
        if error.for_good:
            log.error(
                "notice %s is given up: %s will never take it (%s)", told.id, way.platform, error
            )
            await give_up(told.id)
            return "given_up"
        log.warning("notice %s was not taken by %s (%s)", told.id, way.platform, error)
        await put_off(told.id, told.attempts, error.retry_after or _wait(told))
        return "not_taken"


def _wait(told: Waiting) -> float:
    return min(FIRST_WAIT * float(2 ** min(told.attempts, 10)), LONGEST_WAIT)
