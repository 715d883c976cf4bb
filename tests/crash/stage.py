"""What a life is lived on: the small school, its chats, and how messages and time are dealt with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import domain.clock
from chat.console.names import PLATFORM as CONSOLE
from chat.dingtalk.names import APP, PLATFORM, direct_chat
from domain.actions.school import add_account
from domain.models import Person
from tests.crash.post import Post
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School
from workers.broker import DELIVER, FIRE
from workers.delivery import Delivering
from workers.firing import Firing
from workers.relay import Relay
from workers.schedule import DUTIES

# Longer than any lease, and than the first wait before another try (seconds).
LATER = 60


@dataclass
class Broker:
    """A broker that keeps what it is handed in memory, and does it when it is asked to."""

    post: Post
    handed: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)

    def relay(self) -> Relay:
        """What hands it all that is due."""
        return Relay(lambda actor, *ids: self.handed.append((actor, ids)), self.carry_out)

    async def carry_out(self) -> None:
        """Do all that it was handed, as the actors do."""
        firing = Firing(DUTIES, lambda: None)
        clients = {CONSOLE: self.post, PLATFORM: self.post}
        delivering = Delivering(clients, "zh-CN", lambda _person, _chat: None)
        actors: dict[str, Callable[..., Awaitable[None]]]
        actors = {FIRE: firing.fire, DELIVER: delivering.deliver}
        while self.handed:
            actor, ids = self.handed.pop(0)
            await actors[actor](*ids)


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
