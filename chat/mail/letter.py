"""A message as a letter: its first line is the subject, all of it the text; nothing to tap."""

from __future__ import annotations

from typing import Any

from chat.markup.plain import plain
from chat.message import Message
from domain.notices.views import View


def payload(_view: View, message: Message, _chat: str) -> dict[str, Any]:
    """The letter's two parts; a subject is one line, whatever is in it."""
    return {"subject": " ".join(message.title.split()), "text": plain(message)}
