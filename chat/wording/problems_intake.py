"""How we say that a problem is recorded: its number, until when, what it seems to be about."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import message
from chat.wording.problems import category
from chat.words import Words
from domain.notices.views_problems_intake import ProblemRecordedSeen


def problem_recorded(view: ProblemRecordedSeen, words: Words) -> Message:
    """The receipt; in a group its number, where it arose, and until when."""
    return message(
        view,
        _title(view, words),
        words.text("problem.text", text=view.words) if view.words else None,
        _due(view, words),
        _suggested(view, words),
    )


def _title(view: ProblemRecordedSeen, words: Words) -> str:
    if view.undone:
        return words.text("ProblemRecorded.undone", problem=view.problem)
    if view.unit is None:
        return words.text("ProblemRecorded.bare", problem=view.problem)
    key = "ProblemRecorded.closed" if view.closed else "ProblemRecorded.title"
    return words.text(key, problem=view.problem, unit=names.unit(words, view.unit))


def _due(view: ProblemRecordedSeen, words: Words) -> str | None:
    """Until when it is to be answered, and what being recorded late has done to that."""
    if view.due is None or view.undone:
        return None
    told = words.text(
        "ProblemRecorded.due",
        due=names.day(words, view.due.date()),
        hour=view.due.hour,
        minute=f"{view.due.minute:02d}",
    )
    return words.plural("VisitRecorded.late", view.late_by, told=told) if view.late_by else told


def _suggested(view: ProblemRecordedSeen, words: Words) -> str | None:
    """What it seems to be about, and which of the words say so."""
    if not view.category_suggested or view.closed or view.undone or not view.private:
        return None
    name = category(words, view.category_suggested[0].name)
    if not view.because:
        return words.text("ProblemRecorded.suggested", category=name)
    because = names.joined(words, view.because)
    return words.text("ProblemRecorded.suggested_because", category=name, because=because)
