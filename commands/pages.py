"""What doesn't fit on a phone is shown a page at a time: 更多 asks for the next one."""

from __future__ import annotations

from commands.turn import Question, Turn
from domain.notices.base import Notice
from domain.notices.values import Option

MORE = "more"
_PAGE, _SKIPPED = "page", "skipped"

# A list has so many lines beside its title and what to type; one of them is 更多.
_LINES = 4


def lines_of(many: int) -> int:
    """How many of so many stand on a page."""
    return _LINES if many <= _LINES else _LINES - 1


def next_page(turn: Turn, size: int) -> int:
    """How many were shown before, the page that was just asked for left out."""
    skipped = int(turn.filling.picks.get(_SKIPPED, 0))
    if turn.filling.picks.pop(_PAGE, None) == MORE:
        skipped += size
        turn.filling.picks[_SKIPPED] = skipped
    return skipped


def picked_on(turn: Turn) -> int | None:
    """Which of the things on the page was picked by its number, by its id."""
    picked = turn.pick(_PAGE)
    return picked if isinstance(picked, int) else None


def with_more(notice: Notice, *options: Option, more: bool = True) -> Question:
    """Show it, what can be picked on it, and with `more` the next page; one-to-one alone."""
    last = (Option("word", MORE),) if more else ()
    return Question(notice, _PAGE, (*options, *last), private=True)
