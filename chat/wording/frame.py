"""The frame of every message: the sign at its head, its lines, and what can be answered."""

from __future__ import annotations

from chat.message import Choice, Form, Message
from domain.notices.values import Outcome
from domain.notices.views import View

ASK, DONE, DUE, REFUSE, TELL = "❓", "✅", "⏰", "⛔", "🔔"

SIGNS: dict[Outcome, str] = {
    "ok": DONE,
    "ask": ASK,
    "choose": ASK,
    "suggest": ASK,
    "refuse": REFUSE,
}


def message(
    view: View,
    title: str,
    *lines: str | None,
    sign: str | None = None,
    choices: tuple[Choice, ...] = (),
    form: Form | None = None,
) -> Message:
    """The message with the sign of the view's outcome, or `sign`; lines of None are left out."""
    return Message(
        title=f"{sign or SIGNS[view.outcome]} {title}",
        lines=tuple(line for line in lines if line),
        choices=choices,
        form=form,
        private=view.private,
    )
