"""A message in the console's own shape: what people read, and the facts for programs."""

from __future__ import annotations

from typing import Any

from chat.console.names import NAME
from chat.markup.plain import plain
from chat.message import Message
from domain.notices.facts import facts
from domain.notices.views import View


def payload(view: View, message: Message, chat: str) -> dict[str, Any]:
    """One reply in the chat of that id; `text` is all of it, its first line included."""
    return {
        "chat": chat,
        "notice": view.notice,
        "outcome": view.outcome,
        "about": view.about,
        "reason": view.reason,
        "understood": None if view.understood is None else dict(view.understood),
        "facts": facts(view),
        "title": message.title,
        "text": plain(message),
        "choices": [
            {"label": choice.label, "say": _addressed(choice.say, view)}
            for choice in message.choices
        ],
    }


def _addressed(say: str, view: View) -> str:
    """In a group only what calls us by name, or is a command, is an answer to us."""
    return say if view.private or say.startswith("/") else f"@{NAME} {say}"
