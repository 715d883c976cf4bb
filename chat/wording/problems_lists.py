"""Lists of problems: what was asked for, a line each to pick, and how many may not be shown."""

from __future__ import annotations

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import message
from chat.wording.problem_lines import category, problem_line
from chat.words import Words
from domain.notices.views_problems_lists import ProblemsListedSeen


def problems_listed(view: ProblemsListedSeen, words: Words) -> Message:
    """How many there are; a number shows one, 更多 the next page."""
    hidden = words.plural("ProblemsListed.hidden", view.hidden) if view.hidden else None
    if not view.lines:
        return message(view, words.text("ProblemsListed.none", what=_what(view, words)), hidden)
    return message(
        view,
        words.plural("ProblemsListed.title", view.total, what=_what(view, words)),
        hidden,
        choices=_choices(view, words),
    )


def _what(view: ProblemsListedSeen, words: Words) -> str:
    """What was asked for: 七年级，后勤安全，逾期."""
    parts = (
        words.text("ProblemsListed.mine") if view.mine else None,
        names.unit(words, view.unit) if view.unit else None,
        category(words, view.category) if view.category else None,
        view.person,
        words.plural("ProblemsListed.older", view.older_than) if view.older_than else None,
        words.text(f"choice.stage.{view.stage}"),
    )
    return names.joined(words, (part for part in parts if part))


def _choices(view: ProblemsListedSeen, words: Words) -> tuple[Choice, ...]:
    labels = [problem_line(words, line, private=view.private) for line in view.lines]
    shown = zip(labels, view.places, strict=True)
    more = [(words.text("option.more"), view.more_at)] if view.more_at else []
    return tuple(Choice(label, str(place)) for label, place in (*shown, *more))
