"""What was said to us, by whom and where, whichever platform it came by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One message, checked and read.

    `account` is the user's id and `conversation` the chat's, as `platform` names them in its
    `app`. `addressed` is true one-to-one and where we were called by name. `text` is byte for
    byte what was typed, without the calling by name; None for a picture, a file and the like.
    `key` is how a repeat of the same message is known. `at` is the platform's own time, in
    UTC, if it tells one. `sender_name` is what an account that we don't know calls itself.
    `inside`: the platform vouches that the account is of our own organisation.
    `mentions` are the accounts of the people it calls by name, in order, where the platform
    takes their names out of the text. `reply_to` is an address for late answers in this chat,
    checked to be the platform's own, good until `reply_until` (real time).
    """

    platform: str
    app: str
    account: str
    conversation: str
    group: bool
    addressed: bool
    text: str | None
    key: str
    at: datetime | None = None
    sender_name: str | None = None
    inside: bool = False
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    reply_until: datetime | None = None
