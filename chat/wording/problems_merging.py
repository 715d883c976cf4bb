"""How we say that two problems stay apart, or that one is already on its own."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import message
from chat.words import Words
from domain.notices.views_problems_merging import MergeRefusedSeen


def same_problem(view: MergeRefusedSeen, words: Words) -> Message:
    """It was to be merged into itself."""
    return message(view, words.text("SameProblem.title", problem=view.problem))


def merge_kept_apart(view: MergeRefusedSeen, words: Words) -> Message:
    """Which two, and one-to-one also why."""
    return message(
        view,
        words.text("MergeKeptApart.title", problem=view.problem, into=view.into),
        words.text(f"MergeKeptApart.{view.why}", problem=view.problem, into=view.into)
        if view.why and view.private
        else None,
    )


def not_merged(view: MergeRefusedSeen, words: Words) -> Message:
    """There is nothing to take apart."""
    return message(
        view,
        words.text("NotMerged.title", problem=view.problem),
        words.text("NotYourMove.next", problem=view.problem),
    )


def still_heard_with(view: MergeRefusedSeen, words: Words) -> Message:
    """What would be lost with it, and how to take it apart first."""
    numbers = (words.text("problem", problem=one) for one in view.merged)
    merged = names.joined(words, numbers)
    return message(
        view,
        words.text("StillHeardWith.title", problem=view.problem, merged=merged),
        words.text("StillHeardWith.next", first=view.merged[0]),
    )
