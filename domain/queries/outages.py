"""Which platforms are down, and who is reached by another way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from domain.clock import instants
from domain.models import Account, Outage
from domain.outages import DOWN_SECONDS, Down, goes_on


async def platforms_down() -> list[Down]:
    """Those that have taken nothing for DOWN_SECONDS, though they were asked."""
    moment = await instants()
    long_ago = moment.real - timedelta(seconds=DOWN_SECONDS)
    rows = await Outage.filter(since__lte=long_ago).order_by("platform")
    return [
        Down(row.platform, moment.school - (moment.real - row.since))
        for row in rows
        if await goes_on(row, moment)
    ]


async def is_down(platform: str) -> bool:
    """Whether that one is among them."""
    return any(one.platform == platform for one in await platforms_down())


async def with_account(people: Collection[int], platform: str) -> list[int]:
    """Those of them who have an account there, in their order."""
    rows = await Account.filter(platform=platform, person_id__in=list(people)).only("person_id")
    there = {row.person_id for row in rows}
    return [person for person in people if person in there]
