"""Watches a platform's month: what only tells waits for the morning's message when it runs low."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chat.mail.names import PLATFORM as MAIL
from domain.actions.outbox import Address, put_once
from domain.notices.budget import BudgetLow
from domain.queries.budget import Used, used_this_month
from domain.queries.outages import with_account
from domain.queries.people import holders_of
from domain.records import today

# Of the month's quota: what only tells is folded into mornings from here on.
LOW = 0.8
# How often it is counted (seconds, real time).
_EVERY = 60.0

Kind = Literal["api", "messages"]
State = Literal["free", "low", "spent"]


@dataclass(frozen=True)
class Quotas:
    """What a platform allows in a month: calls of its interface, messages; 0: any number."""

    api: int = 0
    messages: int = 0


class Budget:
    """Counts at most once a minute for each platform, and tells the admins once a month.

    With `mail` they are told by mail as well when it is spent: the platform itself can't say so.
    """

    def __init__(self, quotas: Mapping[str, Quotas], *, mail: bool = False) -> None:
        self._quotas, self._mail = quotas, mail
        self._found: dict[str, tuple[float, State]] = {}

    async def state(self, platform: str) -> State:
        """Whether that platform's month is free, low, or spent."""
        quotas = self._quotas.get(platform)
        if quotas is None:
            return "free"
        counted, state = self._found.get(platform, (-_EVERY, "free"))
        if time.monotonic() - counted >= _EVERY:
            state = await self._counted(platform, quotas)
            self._found[platform] = (time.monotonic(), state)
        return state

    async def _counted(self, platform: str, quotas: Quotas) -> State:
        used = await used_this_month(platform)
        worst: State = "free"
        kinds: tuple[tuple[Kind, int, int], ...] = (
            ("api", used.api, quotas.api),
            ("messages", used.messages, quotas.messages),
        )
        for kind, number, quota in kinds:
            if quota and number >= quota * LOW:
                worst = "spent" if number >= quota or worst == "spent" else "low"
                await self._tell(platform, kind, used, number, quota)
        return worst

    async def _tell(self, platform: str, kind: Kind, used: Used, number: int, quota: int) -> None:
        spent = number >= quota
        notice = BudgetLow(
            platform=platform,
            kind=kind,
            month=used.month,
            used=number,
            quota=quota,
            forecast=used.forecast(number),
            spent=spent,
        )
        key = f"budget:{platform}:{kind}:{used.month}:{'spent' if spent else 'low'}"
        admins = await holders_of("admin", await today())
        for admin in admins:
            await put_once(notice, Address(person=admin), f"{key}:{admin}")
        for admin in await with_account(admins, MAIL) if spent and self._mail else ():
            await put_once(notice, Address(person=admin, platform=MAIL), f"{key}:{admin}:mail")
