"""What is said at our door while we measure: a teacher's /visit, as the platform sends it."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Protocol

from aiohttp import web

from benchmarks.past import WISHES
from benchmarks.school import CHILDREN, CLASSES, GRADES, TEACHERS, Platform, names
from chat.dingtalk.names import APP, PLATFORM
from chat.dingtalk.signing import signature
from chat.dingtalk.values import DingtalkValues
from service.app import application
from service.dingtalk.door import PATH, add_dingtalk
from workers.relay import Relay

# By which the bare servers know whose script to play.
SENDER = "X-Sender"
_ROBOT, _SECRET, _CORP = "dingbench", "a secret of the benchmarks", "dingcorp"
NOWHERE = "http://127.0.0.1:9"
_NOTES = ("奶奶照顾，内向", "爸妈在外地，性格开朗", "单亲，学习很自觉", "刚转来，还在适应")
_CHILDREN = tuple(islice(names(), CLASSES * CHILDREN))


def visit(teacher: int, turn: int) -> str:
    """The teacher's nth /visit: each child of the grade once, then those of the next grade."""
    grade = GRADES[(teacher // CLASSES + turn // len(_CHILDREN)) % len(GRADES)]
    # Beginning in the teacher's own class.
    place = (teacher % CLASSES * CHILDREN + turn) % len(_CHILDREN)
    number, child = place // CHILDREN + 1, _CHILDREN[place]
    note, wish = noted(turn)
    return f"/家访 {grade}-{number} {child} {note} 诉求：{wish}"


def noted(turn: int) -> tuple[str, str]:
    """What is noted at the nth visit, and what the family asks for."""
    return _NOTES[turn % len(_NOTES)], WISHES[turn % len(WISHES)]


_last = [0]


def _moment() -> int:
    """Milliseconds, never the same twice: a signature that comes with two messages is an alarm."""
    _last[0] = max(_last[0] + 1, int(time.time() * 1000))
    return _last[0]


def dingtalk_values(platform: str) -> DingtalkValues:
    """What it takes to speak with the DingTalk at that address."""
    return DingtalkValues(
        client_id=_ROBOT,
        client_secret=_SECRET,
        corp_id=_CORP,
        api_url=platform,
        oapi_url=platform,
    )


class Door(Protocol):
    """How a server is spoken to."""

    @property
    def late(self) -> tuple[bytes, ...]:
        """What an answer holds that says that it comes afterwards."""

    def request(self, port: int, teacher: int, turn: int, key: str) -> bytes:
        """A whole HTTP request: the teacher's nth visit."""


@dataclass(frozen=True)
class SignedDoor:
    """DingTalk's door, with its signature: the one that a school's teachers speak at."""

    people: tuple[int, ...]
    # Where DingTalk is: nowhere, unless something takes what is brought.
    api: str = NOWHERE
    platform = Platform(PLATFORM, APP, "staff-{teacher}")
    # The answer to a visit that was recorded begins with this sign.
    recorded = json.dumps("✅").strip('"').encode()
    # Said when the answer isn't ready in time: it comes afterwards, in a message of its own. The
    # second one where by then it isn't even sure that the message is kept.
    late = (b'"empty"', json.dumps("不确定").strip('"').encode())

    def settings(self) -> dict[str, str]:
        """What our processes need to have it."""
        return {
            "DINGTALK_CLIENT_ID": _ROBOT,
            "DINGTALK_CLIENT_SECRET": _SECRET,
            "DINGTALK_CORP_ID": _CORP,
            "DINGTALK_API_URL": self.api,
            "DINGTALK_OAPI_URL": self.api,
        }

    def application(self, relay: Relay) -> web.Application:
        """As `serve` makes it."""
        app = application()
        add_dingtalk(app, dingtalk_values(NOWHERE), relay, "zh-CN")
        return app

    def request(self, port: int, teacher: int, turn: int, key: str) -> bytes:
        """A whole HTTP request, signed now."""
        at = str(_moment())
        said = {
            "msgtype": "text",
            "msgId": key,
            "createAt": int(at),
            "conversationType": "1",
            "conversationId": f"cid{teacher}==",
            "senderId": f"$:LWCP_v1:${teacher}",
            "senderStaffId": f"staff-{teacher}",
            "senderNick": "老师",
            "senderCorpId": _CORP,
            "chatbotCorpId": _CORP,
            "chatbotUserId": "$:LWCP_v1:$bot",
            "robotCode": _ROBOT,
            "sessionWebhook": f"{NOWHERE}/robot/sendBySession?session={teacher}",
            "sessionWebhookExpiredTime": int(at) + 5_400_000,
            "text": {"content": f" {visit(teacher, turn)}"},
        }
        headers = {"timestamp": at, "sign": signature(at, _SECRET).decode()}
        return http_request(PATH, port, teacher, json.dumps(said).encode(), headers)


def http_request(
    path: str,
    port: int,
    teacher: int,
    body: bytes,
    headers: Mapping[str, str] = MappingProxyType({}),
    *,
    kind: str = "application/json",
) -> bytes:
    """A POST on a connection that is kept."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        f"{SENDER}: {teacher % TEACHERS}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
