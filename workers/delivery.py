"""Brings notices to their readers, worded at the last moment; the one way out but the response."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Literal

from chat.errors import NotDelivered
from chat.platforms import PLATFORMS, Client
from chat.wording import compose
from domain.actions.bundles import fold, keep_only, keep_till_morning
from domain.actions.outbox import begin, give_back, mark_delivered, put_off
from domain.actions.second_way import note_failure
from domain.engines import is_away
from domain.errors import log_fault
from domain.house import house
from domain.notices.bundles import ReminderBundle
from domain.queries.outbox import Waiting, reach_of, reply_address, waiting
from domain.queries.people import language_of
from domain.queries.seen import seen_by
from domain.queries.standing import keys_of, still_standing
from domain.records import now
from domain.rules.paces import rests
from domain.trail import told_trail, trail
from workers import stuck
from workers.budget import Budget
from workers.pacing import Pacer

log = logging.getLogger(__name__)

Outcome = Literal["delivered", "not_taken", "given_up", "failed", "paced"]

# Whoever must wait no longer than this for a turn waits here, others are put off: a sweep is as
# long, so that between two of them no turn is left unused (seconds).
_SHORT_WAIT = 5.0
# A month that is spent may be bought more of any day (seconds).
_SPENT_WAIT = 21_600.0


@dataclass(frozen=True)
class Way:
    """The platform and the chat by which a notice reaches its reader."""

    platform: str
    chat: str


@dataclass(frozen=True)
class Worded:
    """A notice as it goes out: which one, by which way, and the platform's own dict."""

    told: Waiting
    way: Way
    payload: Mapping[str, Any]


def own_pacer() -> Pacer:
    """Paces what this process sends, as fast as each platform allows."""
    return Pacer(rates(), in_groups())


def rates() -> dict[str, float]:
    """Calls a second by platform, where there is a limit."""
    return {name: one.per_second for name, one in PLATFORMS.items() if one.per_second is not None}


def in_groups() -> dict[str, int]:
    """Messages a minute to one group by platform, where there is a limit."""
    limits = {name: one.per_minute_in_group for name, one in PLATFORMS.items()}
    return {name: limit for name, limit in limits.items() if limit is not None}


@dataclass(frozen=True)
class Delivering:
    """What a delivery needs: the platforms' clients, the school's language, whom to tell.

    `delivered` is called with the person (one-to-one) or the chat that something reached,
    `measure` after each attempt with the platform, what became of it, and the seconds it took;
    `pacer` says when a platform may be called, `budget` what its month has left.
    """

    clients: Mapping[str, Client]
    language: str
    delivered: Callable[[int | None, str | None], None]
    measure: Callable[[str, Outcome, float], None] = lambda *_: None
    pacer: Pacer = field(default_factory=own_pacer)
    budget: Budget = field(default_factory=lambda: Budget({}))

    async def deliver(self, *entries: int) -> None:
        """Say the notices of those outbox rows, unless they have been said already.

        Those that come out alike for several people go in one call. What a platform doesn't take
        is tried again later, unless it never will be taken.
        """
        worded = []
        for entry in entries:
            with trail(told_trail(entry)):
                one = await self._worded(entry)
                worded += [one] if one else []
        for group in _alike(worded):
            with trail(told_trail(group[0].told.id)):
                await self._bring(group)

    # --- wording ------------------------------------------------------------------------------

    async def _worded(self, entry: int) -> Worded | None:
        """The notice as it is to go out now; None if it isn't, or can't."""
        told = await self._still_to_tell(entry) if await begin(entry) else None
        if told is None or await self._waits_for_morning(told):
            return None
        way = await self._way(told)
        if way is None:
            await stuck.unreachable(told)
            return None
        try:
            return Worded(told, way, await self._payload(told, way))
        except Exception as error:  # noqa: BLE001  the broker would log the error's own words
            self.measure(way.platform, "failed", 0.0)
            if is_away(error):
                # The row's lease ends, and somebody tries again.
                log_fault(log, f"notice {told.id} could not be worded now", error)
            else:
                await stuck.unwordable(told, error)
        return None

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

    async def _waits_for_morning(self, told: Waiting) -> bool:
        """What comes late, for we or a platform were away, wakes nobody up; danger does."""
        if told.person is None or told.heard is not None or told.notice.pace == "now":
            return False
        moment = await now()
        if not rests(moment, told.since or moment, house().plan.pace):
            return False
        await keep_till_morning(told.id, told.person, told.notice, told.key)
        return True

    async def _way(self, told: Waiting) -> Way | None:
        """To the group it is for; else to the reader, by one of the platforms that are on."""
        if told.chat is not None:
            there = told.platform in self.clients
            return Way(told.platform, told.chat) if told.platform and there else None
        if told.person is None:
            return None
        on = [name for name in self.clients if _may_go_by(name, told.platform)]
        reach = await reach_of(told.person, on)
        return (
            Way(reach.platform, PLATFORMS[reach.platform].direct(reach.account)) if reach else None
        )

    async def _payload(self, told: Waiting, way: Way) -> Mapping[str, Any]:
        reader = None if told.chat else told.person
        view = await seen_by(told.notice, reader, occasion=told.key, heard=told.heard)
        language = (await language_of(reader) if reader else None) or self.language
        return PLATFORMS[way.platform].payload(view, compose(view, language), way.chat)

    # --- bringing -----------------------------------------------------------------------------

    async def _bring(self, group: Sequence[Worded]) -> None:
        """Call the platform when it may be called, and note what became of each."""
        platform = group[0].way.platform
        group = [one for one in group if await self._affordable(one)]
        if not group:
            return
        # A group's message is alone in its call.
        wait = await self.pacer.wait(platform, group[0].told.chat, most=_SHORT_WAIT)
        if wait > _SHORT_WAIT:
            await self._wait_until(group, wait)
            return
        if wait:
            await asyncio.sleep(wait)
            group = [one for one in group if await self._holds_still(one)]
            if not group:
                return
        began = perf_counter()
        try:
            quota, missed = await self._sent(group)
        except NotDelivered as error:
            quota, missed = None, {one.way.chat: error for one in group}
        except Exception as error:  # noqa: BLE001  the broker would log the error's own words
            log_fault(log, f"notice {group[0].told.id} could not be sent", error)
            unknown = NotDelivered("a fault of ours", for_good=False)
            quota, missed = None, {one.way.chat: unknown for one in group}
        reached = [one for one in group if one.way.chat not in missed]
        if reached:
            await mark_delivered([one.told.id for one in reached], platform, quota)
        for one in group:
            why = missed.get(one.way.chat)
            outcome = await (self._reached(one) if why is None else self._missed(one, why))
            self.measure(platform, outcome, perf_counter() - began)

    async def _holds_still(self, one: Worded) -> bool:
        """Whether what was worded before the wait is still to be told, and all of it."""
        told = await self._still_to_tell(one.told.id)
        if told == one.told:
            return True
        if told is not None:
            # What is left of a bundle is worded anew.
            await give_back([told.id])
        return False

    async def _affordable(self, one: Worded) -> bool:
        """Whether it is to go out now, with what the platform's month has left."""
        told, state = one.told, await self.budget.state(one.way.platform)
        if state == "free" or told.notice.pace == "now" or told.heard is not None:
            return True
        if state == "spent":
            await note_failure(one.way.platform)
            await put_off(told.id, told.attempts, _SPENT_WAIT)
            self.measure(one.way.platform, "paced", 0.0)
            return False
        bundle = isinstance(told.notice, ReminderBundle)
        if told.person is None or told.notice.asks or bundle:
            return True
        await fold(told.id, told.person, told.notice, told.key)
        return False

    async def _wait_until(self, group: Sequence[Worded], seconds: float) -> None:
        for one in group:
            await put_off(one.told.id, one.told.attempts, seconds)
            self.measure(one.way.platform, "paced", 0.0)

    async def _sent(self, group: Sequence[Worded]) -> tuple[str | None, Mapping[str, NotDelivered]]:
        """Which quota the call used, and for whom it wasn't taken."""
        first = group[0]
        client = self.clients[first.way.platform]
        if len(group) > 1:
            return await client.send_together([one.way.chat for one in group], first.payload)
        heard = first.told.heard
        reply_to = await reply_address(heard, first.way.chat) if heard is not None else None
        return await client.send(first.way.chat, first.payload, reply_to), {}

    async def _reached(self, one: Worded) -> Outcome:
        told = one.told
        self.delivered(None if told.chat else told.person, told.chat)
        log.info("notice %s was brought by %s", told.id, one.way.platform)
        return "delivered"

    async def _missed(self, one: Worded, why: NotDelivered) -> Outcome:
        if why.for_good:
            await stuck.never_taken(one.told, str(why))
            return "given_up"
        chat = None if why.for_all else one.told.chat
        if chat is None:
            # One group that takes nothing doesn't make the platform one that is down.
            await note_failure(one.way.platform)
        if why.retry_after and (why.for_all or chat):
            # Of a group, what is said to it is muted, and to nobody else.
            await self.pacer.shut(one.way.platform, why.retry_after, chat)
        await stuck.not_taken(one.told, str(why), why.retry_after)
        return "not_taken"


def _may_go_by(name: str, wanted: str | None) -> bool:
    """By any platform where people speak, unless one is named; mail is for what names it."""
    return PLATFORMS[name].hears if wanted is None else name == wanted


def _alike(worded: Iterable[Worded]) -> list[list[Worded]]:
    """Those that are the same message for people of one platform, as many as one call reaches."""
    groups: dict[object, list[list[Worded]]] = {}
    for one in worded:
        most = PLATFORMS[one.way.platform].together
        alone = one.told.chat is not None or one.told.heard is not None
        same = one.told.id if alone else (one.way.platform, json.dumps(one.payload, sort_keys=True))
        calls = groups.setdefault(same, [[]])
        if len(calls[-1]) >= most:
            calls.append([])
        calls[-1].append(one)
    return [call for calls in groups.values() for call in calls]
