"""What the dialogs share: who speaks where, and how a reply is looked at in one line."""

from __future__ import annotations

from typing import Any

from tests.fixtures.house import School

DIRECT, GROUP = "direct", "grade-7"
# The class teachers of 七(3)班, 七(5)班 and 八(1)班.
LIN, LI, GAO = "林晓", "李梅", "高远"
# A line leader (学生管理处, 八年级), the head, a liaison, the office, the admin.
CHENG, HEAD, XU, OFFICE, ADMIN = "程龙", "邵毓君", "许宁", "唐果", "方正"

Reply = dict[str, Any]


async def dialog(school: School, who: str, *texts: str, chat: str = DIRECT) -> Reply:
    """Say these in turn; the first reply to the last."""
    replies = [await school.one(who, text, chat) for text in texts]
    return replies[-1]


def kinds(replies: list[Reply]) -> list[tuple[str, str]]:
    """Which notices, and where each is told."""
    return [(reply["notice"], reply["chat"]) for reply in replies]


def shown(reply: Reply, *names: str) -> tuple[Any, ...]:
    """Some of the facts."""
    return tuple(reply["facts"][name] for name in names)


def labels(reply: Reply) -> list[str]:
    """What can be picked."""
    return [choice["label"] for choice in reply["choices"]]


async def recorded(school: School, who: str, *texts: str) -> tuple[Any, ...]:
    """Class, child and text of the visit that these come to."""
    reply = await dialog(school, who, *texts)
    assert reply["notice"] == "VisitRecorded", reply["text"]
    return shown(reply, "class_", "student", "text")
