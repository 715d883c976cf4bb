"""How a letter says that something waits in the chat: which numbers, since when, what to do."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.words import Words
from domain.notices.views_second_way import PlatformAwaySeen


def platform_away(view: PlatformAwaySeen, words: Words) -> Message:
    """What can't wait comes first; the chat brings the rest when it is back."""
    platform = words.text(f"choice.platform.{view.platform}")
    waits = len(view.problems) + view.more
    calm = tuple(one for one in view.problems if one not in view.urgent)
    return message(
        view,
        words.plural("PlatformAway.title", waits, platform=platform),
        words.text("PlatformAway.urgent", numbers=_numbers(view.urgent, words))
        if view.urgent
        else None,
        words.text("PlatformAway.problems", numbers=_numbers(calm, words)) if calm else None,
        words.plural("PlatformAway.more", view.more) if view.more else None,
        words.text(
            "PlatformAway.since",
            platform=platform,
            since=names.moment(words, view.since, view.today),
        ),
        sign=TELL,
    )


def _numbers(problems: tuple[int, ...], words: Words) -> str:
    return names.joined(words, [f"#{one}" for one in problems])
