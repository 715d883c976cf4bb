"""How much of a platform's month has been used, and how much it comes to at this pace."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.functions import Count

from domain.house import SCHOOL_TIME
from domain.models import Delivery, Heard
from domain.notices.digests import MonthUsed
from domain.records import now


@dataclass(frozen=True)
class Used:
    """What was used of a platform's quotas since the month began, by the school's calendar.

    `api` are calls of its interface, `messages` what was heard there and what went to the address
    that a message had brought. `passed` is the share of the month that is over, from 0 to 1.
    """

    month: str
    api: int
    messages: int
    passed: float

    def forecast(self, used: int) -> int:
        """What it comes to by the end of the month, if it goes on like this."""
        return round(used / self.passed) if self.passed else used


async def used_this_month(platform: str) -> Used:
    """By the deliveries and what was heard; answers in a response cost nothing."""
    moment = (await now()).astimezone(SCHOOL_TIME)
    first = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Delivery.filter(platform=platform, at__gte=first, quota__isnull=False)
    counted = await rows.annotate(n=Count("id")).group_by("quota").values_list("quota", "n")
    by_quota = {str(quota): int(str(number)) for quota, number in counted}
    heard = await Heard.filter(platform=platform, at__gte=first).count()
    return Used(
        month=f"{first:%Y-%m}",
        api=by_quota.get("api", 0),
        messages=by_quota.get("webhook", 0) + heard,
        passed=_passed(moment, first),
    )


async def months_so_far(at: datetime) -> tuple[MonthUsed, ...]:
    """Of each platform that counts what it brings, how its month stands at that instant."""
    moment = at.astimezone(SCHOOL_TIME)
    first = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Delivery.filter(at__gte=first, at__lte=at, quota__isnull=False)
    counted = (
        await rows.annotate(n=Count("id"))
        .group_by("platform", "quota")
        .values_list("platform", "quota", "n")
    )
    said = await (
        Heard.filter(at__gte=first, at__lte=at)
        .annotate(n=Count("id"))
        .group_by("platform")
        .values_list("platform", "n")
    )
    used = {(str(platform), str(quota)): int(str(n)) for platform, quota, n in counted}
    heard = {str(platform): int(str(n)) for platform, n in said}
    passed = _passed(moment, first)
    found = []
    for platform in sorted({platform for platform, _ in used}):
        api = used.get((platform, "api"), 0)
        messages = used.get((platform, "webhook"), 0) + heard.get(platform, 0)
        so_far = Used(f"{first:%Y-%m}", api, messages, passed)
        found.append(
            MonthUsed(
                platform=platform,
                api=api,
                messages=messages,
                api_forecast=so_far.forecast(api),
                messages_forecast=so_far.forecast(messages),
            )
        )
    return tuple(found)


def _passed(moment: datetime, first: datetime) -> float:
    _, days = calendar.monthrange(first.year, first.month)
    return (moment - first) / timedelta(days=days)
