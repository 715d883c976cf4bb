"""What a life is lived on: the small school, its chats, and how messages and time are dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import domain.clock
from chat.dingtalk.names import APP, PLATFORM, direct_chat
from domain.actions.school import add_account
from domain.models import Person
from tests.crash.post import Post
from tests.fixtures.broker import Broker
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School

# Longer than any lease, and than the first wait before another try (seconds).
LATER = 60


@dataclass(frozen=True)
class Stage:
    """The school in this life."""

    school: School
    post: Post

    async def turns(self) -> None:
        """Do and tell all that is due, until nothing is."""
        await Broker(self.post).relay().drain()


async def on_dingtalk(school: School) -> None:
    """Give everybody an account where calls of ours go, and have them prefer it."""
    for name, person in school.people.items():
        await add_account(person, PLATFORM, APP, account(name))
    await Person.all().update(platform=PLATFORM)


def chats(names: Sequence[str]) -> frozenset[str]:
    """Where calls of ours reach these."""
    return frozenset(direct_chat(account(name)) for name in names)


def a_minute_later() -> None:
    """Let this process, and its database, live a minute later than it is."""
    real: Any = domain.clock.real_now
    domain.clock.real_now = lambda: real() + timedelta(seconds=LATER)
    later = f"clock_timestamp() + interval '{LATER} seconds' AS real"
    domain.clock._POSTGRES = domain.clock._POSTGRES.replace("clock_timestamp() AS real", later)
