"""How much of a platform's month has been used, and how much it comes to at this pace."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.functions import Count

from domain.house import SCHOOL_TIME
from domain.models import Delivery, Heard
from domain.notices.digests import MonthUsed
from domain.records import now


@dataclass(frozen=True)
class Used:
    """What was used of a platform's quotas since the month began, by the school's calendar.

    `api` are calls of its interface, `messages` what was heard there and what went to the address
    that a message had brought. `passed` is the share of the month that is over, from 0 to 1;
    `brought` is whether anything was brought that counts, and not only heard.
    """

    month: str
    api: int
    messages: int
    passed: float
    brought: bool = False

    def forecast(self, used: int) -> int:
        """What it comes to by the end of the month, if it goes on like this."""
        return round(used / self.passed) if self.passed else used


async def used_this_month(platform: str) -> Used:
    """By the deliveries and what was heard; answers in a response cost nothing."""
    moment = (await now()).astimezone(SCHOOL_TIME)
    used = await _used(moment, platform=platform)
    return used.get(platform) or Used(f"{moment:%Y-%m}", 0, 0, _passed(moment, _first(moment)))


async def months_so_far(at: datetime) -> tuple[MonthUsed, ...]:
    """Of each platform that counts what it brings, how its month stands at that instant."""
    used = await _used(at.astimezone(SCHOOL_TIME))
    return tuple(
        MonthUsed(
            platform=platform,
            api=one.api,
            messages=one.messages,
            api_forecast=one.forecast(one.api),
            messages_forecast=one.forecast(one.messages),
        )
        for platform, one in sorted(used.items())
        if one.brought
    )


async def _used(moment: datetime, **which: str) -> dict[str, Used]:
    """What was used of each platform's month up to that moment, or of `which` alone."""
    month: dict[str, Any] = {"at__gte": _first(moment), "at__lte": moment, **which}
    brought = await (
        Delivery.filter(quota__isnull=False, **month)
        .annotate(n=Count("id"))
        .group_by("platform", "quota")
        .values_list("platform", "quota", "n")
    )
    heard = await (
        Heard.filter(**month)
        .annotate(n=Count("id"))
        .group_by("platform")
        .values_list("platform", "n")
    )
    counts = {(str(platform), str(quota)): int(str(n)) for platform, quota, n in brought}
    said = {str(platform): int(str(n)) for platform, n in heard}
    bringing = {platform for platform, _ in counts}
    passed = _passed(moment, _first(moment))
    return {
        platform: Used(
            month=f"{moment:%Y-%m}",
            api=counts.get((platform, "api"), 0),
            messages=counts.get((platform, "webhook"), 0) + said.get(platform, 0),
            passed=passed,
            brought=platform in bringing,
        )
        for platform in bringing | said.keys()
    }


def _first(moment: datetime) -> datetime:
    return moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _passed(moment: datetime, first: datetime) -> float:
    _, days = calendar.monthrange(first.year, first.month)
    return (moment - first) / timedelta(days=days)
