"""How an admin is told that something doesn't get through, and what to do about it."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, message
from chat.words import Words
from domain.notices.views_stuck import NoticeStuckSeen


def notice_stuck(view: NoticeStuckSeen, words: Words) -> Message:
    """Which one it is, whom it is for, why it doesn't, and the mend."""
    about = names.joined(words, (words.text("problem", problem=one) for one in view.problems))
    return message(
        view,
        words.text(
            f"NoticeStuck.{view.why}",
            person=names.person(words, view.person) if view.person else words.text("stuck.group"),
            about=about or words.text("stuck.about", entry=view.entry),
        ),
        words.text(
            f"NoticeStuck.{view.why}.next",
            entry=view.entry,
            command=names.command(words, "roster"),
        ),
        sign=DUE,
    )
