"""What is said at our door while we measure: a teacher's /visit, as the platform sends it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice

from aiohttp import web

from benchmarks.school import CHILDREN, CLASSES, GRADES, TEACHERS, Platform, names
from chat.console.names import APP, DIRECT, PLATFORM
from service.app import application, console_app
from service.console.hub import Hub
from workers.relay import Relay

# By which the bare servers know whose script to play.
SENDER = "X-Sender"
_NOTES = ("奶奶照顾，内向", "爸妈在外地，性格开朗", "单亲，学习很自觉", "刚转来，还在适应")
_WISHES = ("希望有晚托", "想多听听选科的事", "食堂的菜能不能换换花样", "作业想少一点")
_CHILDREN = tuple(islice(names(), CLASSES * CHILDREN))


def visit(teacher: int, turn: int) -> str:
    """The teacher's nth /visit: each child of the grade once, then those of the next grade."""
    grade = GRADES[(teacher // CLASSES + turn // len(_CHILDREN)) % len(GRADES)]
    # Beginning in the teacher's own class.
    place = (teacher % CLASSES * CHILDREN + turn) % len(_CHILDREN)
    number, child = place // CHILDREN + 1, _CHILDREN[place]
    note, wish = _NOTES[turn % len(_NOTES)], _WISHES[turn % len(_WISHES)]
    return f"/家访 {grade}-{number} {child} {note} 诉求：{wish}"


@dataclass(frozen=True)
class ConsoleDoor:
    """The console's API, which asks for no signature."""

    people: tuple[int, ...]
    platform = Platform(PLATFORM, APP, "{person}")
    path = "/console/api/messages"
    signed = False
    # The answer to a visit that was recorded holds this.
    recorded = b"VisitRecorded"

    def settings(self) -> dict[str, str]:
        """What `serve` needs to have it."""
        return {"CONSOLE": "on"}

    def application(self, relay: Relay) -> web.Application:
        """As `serve` makes it."""
        return application(console_app(relay, Hub(), "zh-CN"))

    def request(self, port: int, teacher: int, turn: int, key: str) -> bytes:
        """A whole HTTP request."""
        said = {
            "person": self.people[teacher],
            "chat": DIRECT,
            "text": visit(teacher, turn),
            "message_id": key,
        }
        return http_request(self.path, port, teacher, json.dumps(said).encode())


Door = ConsoleDoor


def http_request(
    path: str, port: int, teacher: int, body: bytes, headers: dict[str, str] | None = None
) -> bytes:
    """A POST on a connection that is kept."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"{SENDER}: {teacher % TEACHERS}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
