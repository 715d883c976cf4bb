"""What those who work on problems are asked, and why something can't be done."""

from __future__ import annotations

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import message
from chat.wording.options import here
from chat.wording.voices import voice
from chat.words import Words
from domain.notices.views_problems_in_hand import (
    MoveStaysSeen,
    NamedInItSeen,
    SameDepartmentSeen,
    VoicesAskedSeen,
    VoiceUnknownSeen,
)


def move_stays(view: MoveStaysSeen, words: Words) -> Message:
    """Why it stays, and which command does it."""
    deed = names.deed(words, f"problem.{view.move}", view.problem)
    return message(
        view,
        words.text(f"MoveStays.{view.why}", deed=deed, problem=view.problem),
        undone_by(words, view.move, view.problem),
    )


def undone_by(words: Words, move: str, problem: int | None) -> str:
    """What can be done instead, ready to copy; else where the story stands."""
    key = f"undo.instead.problem.{move}"
    return words.text(key if words.has(key) else "undo.instead.problem", problem=problem)


def named_in_it(view: NamedInItSeen, words: Words) -> Message:
    """Somebody else must do it."""
    person = names.person(words, view.person or names.GONE)
    return message(
        view,
        words.text("NamedInIt.title", problem=view.problem, person=person),
        words.text("NamedInIt.next", problem=view.problem),
    )


def same_department(view: SameDepartmentSeen, words: Words) -> Message:
    """It is theirs already."""
    department = names.unit(words, view.department)
    return message(
        view,
        words.text("SameDepartment.title", problem=view.problem, department=department),
        words.text("SameDepartment.next"),
    )


def voice_unknown(view: VoiceUnknownSeen, words: Words) -> Message:
    """Which voices there are."""
    there = names.joined(words, (f"{view.problem}-{place}" for place in view.places))
    return message(
        view,
        words.text("VoiceUnknown.title", problem=view.problem, place=view.place),
        words.text("VoiceUnknown.next", voices=there),
    )


def voices_asked(view: VoicesAskedSeen, words: Words) -> Message:
    """Which of several is meant; a number picks."""
    return message(
        view,
        words.text("VoicesAsked.title", problem=view.problem),
        words.text(here(view, "pick")) if view.voices else None,
        choices=tuple(
            Choice(label=voice(words, one, private=view.private), say=str(place))
            for place, one in enumerate(view.voices, 1)
        ),
    )
