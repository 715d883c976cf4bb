"""What a life is lived on: the small school, its chats, and how messages and time are dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import domain.clock
from chat.console.inbound import receive
from chat.console.names import DIRECT
from chat.console.names import PLATFORM as CONSOLE
from chat.console.outbound import payload
from chat.dingtalk.names import APP, PLATFORM, direct_chat
from domain.actions.outbox import lease_due, mark_said
from domain.actions.school import add_account
from domain.actions.timers import lease_timers
from domain.models import Person
from domain.queries.outbox import together
from service.answering import answer
from tests.crash.post import Post
from tests.fixtures.dingtalk_door import account
from tests.fixtures.house import School
from workers.delivery import Delivering
from workers.firing import Firing
from workers.schedule import DUTIES

# Longer than any lease, and than the first wait before another try (seconds).
LATER = 60


@dataclass(frozen=True)
class Message:
    """Something that somebody says."""

    who: str
    text: str


@dataclass(frozen=True)
class Stage:
    """The school in this life."""

    school: School
    post: Post

    async def hear(self, message: Message, key: str = "the one") -> list[tuple[str, str]]:
        """Hear it, answer in the response, note that it was said; which answers those were."""
        body = {
            "person": self.school.people[message.who],
            "chat": DIRECT,
            "text": message.text,
            "message_id": key,
        }
        replies = await answer(receive(body), "zh-CN")
        for one in replies:
            self.post.respond(message.who, payload(one.view, one.message, DIRECT))
        await mark_said([one.entry for one in replies if one.entry], CONSOLE)
        return [(one.view.notice, one.view.outcome) for one in replies]

    async def turns(self) -> None:
        """Do and tell all that is due, as the relay and the actors do, until nothing is."""
        firing = Firing(DUTIES, lambda: None)
        clients = {CONSOLE: self.post, PLATFORM: self.post}
        delivering = Delivering(clients, "zh-CN", lambda _person, _chat: None)
        while await _turn(firing, delivering):
            pass


async def _turn(firing: Firing, delivering: Delivering) -> bool:
    timers = await lease_timers()
    for timer in timers:
        await firing.fire(timer)
    entries = await lease_due()
    for group in await together(entries):
        await delivering.deliver(*group)
    return bool(timers or entries)


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
