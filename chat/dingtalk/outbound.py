"""A message in DingTalk's own shapes: one for its webhooks and responses, one for its API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from chat.markup.cutting import Room, cut
from chat.markup.markdown import markdown
from chat.message import Message
from domain.notices.views import View

# The API takes 15,000 bytes of parameters, phones show less than the vendor allows.
ROOM = Room(characters=3500, bytes=10_000)
# The vendor's words for a new line: it is lost without the spaces around.
BETWEEN = "  \n  "
_BETWEEN_ANSWERS = "\n\n"
# What the list of chats and the notification show.
_LONGEST_TITLE = 60

# An answer in the response that says nothing: what there is to say comes later.
EMPTY: Mapping[str, Any] = {"msgtype": "empty"}


def payload(view: View, message: Message, chat: str) -> dict[str, Any]:
    """The message as a webhook, or a response, takes it."""
    del view, chat
    # In a group a tap would say it to everyone, and without calling us.
    tap = _said_by_tapping if message.private else None
    return _markdown(message.title, markdown(message, room=ROOM, between=BETWEEN, tap=tap))


def _said_by_tapping(say: str) -> str:
    return f"dtmd://dingtalkclient/sendMessage?content={quote(say, safe='')}"


def _markdown(title: str, text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"title": cut(title, _LONGEST_TITLE), "text": text}}


def in_one(payloads: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Any], int]:
    """As many of them as one message holds, as one, and how many that are.

    Several commands in a message have several answers, and a response has room for one.
    """
    titles, texts = [], list[str]()
    for one in payloads:
        texts.append(one["markdown"]["text"])
        titles.append(one["markdown"]["title"])
        if not ROOM.holds(_BETWEEN_ANSWERS.join(texts)):
            texts.pop()
            break
    if not texts:
        return dict(EMPTY), 0
    return _markdown(titles[0], _BETWEEN_ANSWERS.join(texts)), len(texts)


def for_api(payload: Mapping[str, Any]) -> dict[str, str]:
    """The same as the API takes it: a template's key, and its parameters as text."""
    return {
        "msgKey": "sampleMarkdown",
        "msgParam": json.dumps(payload["markdown"], ensure_ascii=False),
    }
