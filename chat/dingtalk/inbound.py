"""What somebody said to the robot, read from DingTalk's own words for it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from chat.dingtalk.address import is_dingtalks
from chat.dingtalk.names import APP, PLATFORM, direct_chat
from chat.dingtalk.values import DingtalkValues
from chat.errors import Outsider, QuotaUsedUp, Unreadable, Unsupported
from chat.inbound import Inbound
from chat.strict_json import read_object

log = logging.getLogger(__name__)

# What the records hold of an account, of a chat's name and of a message's key.
_LONGEST = 128
_LONGEST_KEY = 200
_LONGEST_NAME = 64
_MOST_MENTIONS = 20
_QUOTA_USED_UP = "20001"
_GROUPS = {"1": False, "2": True}
# What can be sent to a robot and says nothing that we could read.
_WITHOUT_TEXT = frozenset({"picture", "audio", "video", "file", "unknownMsgType"})
# DingTalk takes the call out of a text, mostly; what is left of it is a space, or all of it.
_HEAD = re.compile(
    r"[\s\u200b\u2060\ufeff]*(?:@[^\s@/／、\u200b\u2005]{1,64}(?:[\s\u200b\u2005]+|\Z|(?=[/／、])))?"
)
_BLANK = re.compile(r"[\s\u200b\u2060\ufeff]*")
# Milliseconds up to the year 2100.
_LAST_INSTANT = 4_102_444_800_000


def receive(body: bytes, values: DingtalkValues) -> Inbound:
    """The message in a request's body, whose signature has been verified already.

    Unreadable if it isn't one, Unsupported for a kind that we don't know, Outsider when its
    sender is not of our organisation, QuotaUsedUp when DingTalk kept the text.
    """
    said = read_object(body)
    group = _is_group(said)
    _ours(said, values)
    account = _account(said)
    expires = _instant(said.get("sessionWebhookExpiredTime"))
    reply_to = _reply_to(said, values) if expires else None
    return Inbound(
        platform=PLATFORM,
        app=APP,
        account=account,
        conversation=_name(said, "conversationId") if group else direct_chat(account),
        group=group,
        addressed=not group or said.get("isInAtList") is not False,
        text=_text(said, group=group),
        key=_key(said),
        at=_instant(said.get("createAt")),
        sender_name=_sender_name(said),
        # Nobody else has an account of the organisation.
        inside=True,
        mentions=tuple(_mentions(said))[:_MOST_MENTIONS],
        reply_to=reply_to,
        reply_until=expires if reply_to else None,
    )


def _ours(said: dict[str, Any], values: DingtalkValues) -> None:
    """What names no organisation at all can't be known to be of ours."""
    if values.corp_id is None:
        return
    named = [said.get(name) for name in ("chatbotCorpId", "senderCorpId")]
    corps = [corp for corp in named if corp is not None]
    if not corps or any(corp != values.corp_id for corp in corps):
        raise Outsider("another organisation")


def _is_group(said: dict[str, Any]) -> bool:
    kind = said.get("conversationType")
    if isinstance(kind, bool) or str(kind) not in _GROUPS:
        raise Unreadable("Unreadable.body")
    return _GROUPS[str(kind)]


def _account(said: dict[str, Any]) -> str:
    """The id in the organisation. Someone from outside has none; nobody has before the robot is
    published."""
    if said.get("senderStaffId") in (None, ""):
        raise Outsider("no account of the organisation")
    return _name(said, "senderStaffId")


def _name(said: dict[str, Any], field: str) -> str:
    value = said.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise Unreadable("Unreadable.body")
    return value


def _key(said: dict[str, Any]) -> str:
    """Of two robots called in one message both get the same msgId. A group's own robot has no
    robotCode."""
    robot = said.get("robotCode") or said.get("chatbotUserId") or ""
    key = f"{robot}:{_name(said, 'msgId')}"
    return key if len(key) <= _LONGEST_KEY else sha256(key.encode()).hexdigest()


def _instant(value: object) -> datetime | None:
    """Milliseconds, which the vendor writes as a number and documents as text."""
    digits = str(value)
    if isinstance(value, bool) or not (digits.isascii() and digits.isdigit() and len(digits) < 15):
        return None
    return datetime.fromtimestamp(min(int(digits), _LAST_INSTANT) / 1000, UTC)


def _sender_name(said: dict[str, Any]) -> str | None:
    nick = said.get("senderNick")
    return nick[:_LONGEST_NAME] if isinstance(nick, str) and nick else None


def _reply_to(said: dict[str, Any], values: DingtalkValues) -> str | None:
    url = said.get("sessionWebhook")
    if url is None:
        return None
    if not isinstance(url, str) or not is_dingtalks(url, values.oapi_url):
        log.warning("a reply address that is not DingTalk's own was left out")
        return None
    return url


def _mentions(said: dict[str, Any]) -> Iterator[str]:
    """Who else was called, of those in our organisation."""
    called = said.get("atUsers")
    for one in called if isinstance(called, list) else ():
        account = one.get("staffId") if isinstance(one, dict) else None
        if not isinstance(account, str) or not 0 < len(account) <= _LONGEST:
            continue
        if one.get("dingtalkId") != said.get("chatbotUserId"):
            yield account


# --- what was said ------------------------------------------------------------------------


def _text(said: dict[str, Any], *, group: bool) -> str | None:
    """The text without the call that it was addressed with; None for what has none."""
    if _kept_back(said):
        raise QuotaUsedUp
    kind = said.get("msgtype")
    if not isinstance(kind, str):
        raise Unreadable("Unreadable.body")
    if kind in _WITHOUT_TEXT:
        return None
    if kind not in _READ:
        raise Unsupported(kind[:_LONGEST_NAME])
    text = _READ[kind](said)
    if text is None and kind == "text":
        raise Unreadable("Unreadable.body")
    return None if text is None else text[_head(text, group=group) :]


def _kept_back(said: dict[str, Any]) -> bool:
    """Whether DingTalk delivers that something was said, and not what."""
    fault = said.get("errorCode", said.get("errCode"))
    return str(fault) == _QUOTA_USED_UP and "text" not in said and "content" not in said


def _head(text: str, *, group: bool) -> int:
    match = (_HEAD if group else _BLANK).match(text)
    return match.end() if match else 0


def _plain_text(said: dict[str, Any]) -> str | None:
    """`text.content`; one of the vendor's own examples has it at the top."""
    text = said.get("text")
    content = text.get("content") if isinstance(text, dict) else said.get("content")
    return content if isinstance(content, str) else None


def _rich_text(said: dict[str, Any]) -> str | None:
    """Its texts in one; pictures and calls are left out."""
    content = said.get("content")
    parts = content.get("richText") if isinstance(content, dict) else None
    texts = [
        part["text"]
        for part in (parts if isinstance(parts, list) else ())
        if isinstance(part, dict) and part.get("type", "text") == "text"
        if isinstance(part.get("text"), str)
    ]
    return "".join(texts) if texts else None


_READ = {"text": _plain_text, "richText": _rich_text}
