"""What is typed in the console, checked for its shape and read."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

from chat.console.names import APP, DIRECT, LONGEST, NAME, PLATFORM
from chat.errors import Unreadable
from chat.inbound import Inbound

# What stands before a message in a group that is meant for the bot.
_CALL = re.compile(rf"\s*@({NAME}|zoufang)(?=[\s/／、]|$)", re.IGNORECASE)
_LARGEST = 2**63 - 1


def receive(body: bytes | dict[str, Any]) -> Inbound:
    """The message in a request's body; Unreadable, with the key of a sentence, if it isn't one.

    The clock is the console's own, so the message brings no time.
    """
    said = _object(body)
    person, text = said.get("person"), said.get("text")
    chat, key = _name(said.get("chat")), said.get("message_id")
    key = uuid4().hex if key is None else _name(key)
    if type(person) is not int or not 0 < person <= _LARGEST:
        raise Unreadable("Unreadable.person")
    if chat is None or _is_of_another(chat, person):
        raise Unreadable("Unreadable.chat")
    if not isinstance(text, str) or not _is_unicode(text):
        raise Unreadable("Unreadable.text")
    if key is None:
        raise Unreadable("Unreadable.message_id")
    return _inbound(person, chat, text, key)


def _object(body: bytes | dict[str, Any]) -> dict[str, Any]:
    if isinstance(body, dict):
        return body
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("Unreadable.body") from None
    if not isinstance(said, dict):
        raise Unreadable("Unreadable.body")
    return said


def _name(value: object) -> str | None:
    """The value if it can name a chat or a message, else None."""
    if isinstance(value, str) and 0 < len(value) <= LONGEST and _is_unicode(value):
        return value
    return None


def _is_unicode(text: str) -> bool:
    # JSON can spell half of a character, which no record can keep.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_of_another(chat: str, person: int) -> bool:
    return is_direct(chat) and chat not in {DIRECT, f"{DIRECT}:{person}"}


def is_direct(chat: str) -> bool:
    """Whether that is somebody's own chat with the bot: `direct`, or `direct:7` for person 7."""
    return chat == DIRECT or chat.startswith(DIRECT + ":")


def _inbound(person: int, chat: str, text: str, key: str) -> Inbound:
    group = not is_direct(chat)
    called = _CALL.match(text) if group else None
    return Inbound(
        platform=PLATFORM,
        app=APP,
        account=str(person),
        # One chat under two names would let one message count twice.
        conversation=chat if group else DIRECT,
        group=group,
        addressed=not group or called is not None,
        text=text[called.end() :] if called else text,
        key=key,
    )
