"""How a message is heard and answered: by the console's way in, or at DingTalk's door."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any
from unittest import mock

from aiohttp import StreamReader
from aiohttp.base_protocol import BaseProtocol
from aiohttp.test_utils import make_mocked_request

import service.dingtalk.door
from chat.console.inbound import receive
from chat.console.names import DIRECT
from chat.console.names import PLATFORM as CONSOLE
from chat.console.outbound import payload
from chat.dingtalk.values import OAPI_URL
from domain.actions.outbox import mark_said
from service.answering import answer
from service.dingtalk.door import PATH, Door
from tests.crash.stage import Stage
from tests.fixtures.broker import Broker
from tests.fixtures.dingtalk import Gateway, signed
from tests.fixtures.dingtalk_door import Ding


@dataclass(frozen=True)
class Message:
    """Something that somebody says."""

    who: str
    text: str


async def in_the_console(
    stage: Stage, message: Message, key: str = "the one"
) -> list[tuple[str, str]]:
    """Hear it, answer in the response, note that it was said; which answers those were."""
    body = {
        "person": stage.school.people[message.who],
        "chat": DIRECT,
        "text": message.text,
        "message_id": key,
    }
    replies = await answer(receive(body), "zh-CN")
    for one in replies:
        stage.post.respond(message.who, payload(one.view, one.message, DIRECT))
    await mark_said([one.entry for one in replies if one.entry], CONSOLE)
    return [(one.view.notice, one.view.outcome) for one in replies]


async def at_the_door(stage: Stage, message: Message) -> list[tuple[str, str]]:
    """From DingTalk's bytes to the bytes of the response, and on to all that is due then."""
    gateway, relay = Gateway(OAPI_URL), Broker(stage.post).relay()
    door = Door(gateway.values, relay, "zh-CN")
    # However slow the machine is, the answer is waited for: else it would go by another way.
    with mock.patch.object(service.dingtalk.door, "ANSWER_SECONDS", 60.0):
        response = await door.hear(_request(stage, gateway, message))
    said = json.loads(response.body or b"")
    stage.post.respond(message.who, said)
    await relay.drain()
    return [(str(response.status), said["markdown"]["title"].partition(" ")[0])]


def _request(stage: Stage, gateway: Gateway, message: Message) -> Any:
    """As aiohttp has it when the headers are there; it writes to nobody."""
    ding = Ding(stage.school, gateway, None, "", None)  # type: ignore[arg-type]
    body = json.dumps(ding.message(message.who, message.text, msgId="the one"), ensure_ascii=False)
    incoming = StreamReader(mock.create_autospec(BaseProtocol, instance=True), 2**16)
    incoming.feed_data(body.encode())
    incoming.feed_eof()
    headers = signed(int(time.time() * 1000))
    return make_mocked_request("POST", PATH, headers=headers, payload=incoming)
