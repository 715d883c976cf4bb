"""What is said when something is taken back, and why something can't be."""

from __future__ import annotations

from datetime import date, datetime

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.problems_in_hand import undone_by
from chat.wording.visits import what_it_was, with_whom
from chat.words import Words
from domain.notices.views import VisitSeen
from domain.notices.views_undoing import BuiltOnSeen, DeedSeen, VisitTakenBackSeen

FIX, VOID = "fix", "void"


def visit_undone(view: VisitSeen, words: Words) -> Message:
    """The receipt: what was taken back, what that means, and who hears of it."""
    told = names.joined(words, view.told)
    return message(
        view,
        _undone(view, words),
        _left(view, words),
        words.text("told.people", people=told) if view.told else None,
    )


def _undone(view: VisitSeen, words: Words) -> str:
    if not view.added:
        title = "VisitUndone.void" if view.what == VOID else "VisitUndone.title"
        return words.text(title, visit=view.visit, what=what_it_was(view, words))
    key = "VisitUndone.fix" if view.what == FIX else "VisitUndone.parts"
    parts = names.labels(words, view.added)
    return words.text(key, visit=view.visit, who=with_whom(view, words), parts=parts)


def _left(view: VisitSeen, words: Words) -> str | None:
    """What there is now."""
    if view.what == VOID:
        return None
    if view.what == FIX:
        return words.text("VisitFixed.now", what=what_it_was(view, words))
    return words.text("VisitUndone.rest" if view.added else "VisitUndone.whole", visit=view.visit)


def visit_undone_shared(view: VisitSeen, words: Words) -> Message:
    """To somebody who knows of it: it counts no more, or is without them, or as it was before."""
    by = names.person(words, view.by or names.GONE)
    what = what_it_was(view, words)
    title = words.text(f"VisitUndoneShared.{view.what}", visit=view.visit, by=by, what=what)
    return message(view, title, words.text("VisitShared.mend", by=by), sign=TELL)


def undo_too_late(view: DeedSeen, words: Words) -> Message:
    """Since when it stands there, and what can be done now."""
    deed = names.deed(words, view.kind or "", view.record)
    if view.at is None:
        title = words.text("UndoTooLate.unsaid", deed=deed, minutes=view.minutes)
    else:
        at = _moment(words, view.at, view.today)
        title = words.text("UndoTooLate.title", deed=deed, at=at, minutes=view.minutes)
    return message(view, title, _instead(words, view.kind or "", view.record), _never(words, view))


def _never(words: Words, view: DeedSeen) -> str | None:
    """What to send when there was no such visit at all."""
    if view.kind != "visit.record":
        return None
    fix = names.command(words, "fix")
    return words.text("undo.instead.void", command=fix, visit=view.record)


def _instead(words: Words, kind: str, record: int | None) -> str:
    """What can still be done, ready to copy."""
    if kind.startswith("visit."):
        return words.text("undo.instead", command=names.command(words, "fix"), visit=record)
    if kind.startswith("talk."):
        return words.text("undo.instead.talk", command=names.command(words, "fix"), number=record)
    if kind.startswith("arrange."):
        key = "undo.instead.arrange" if kind == "arrange.call_off" else "undo.instead.call_off"
        return words.text(key, command=names.command(words, "arrange"), number=record)
    if kind.startswith("problem."):
        return undone_by(words, kind.partition(".")[2], record)
    edit = _EDITS.get(kind.partition(".")[2])
    said = (names.command(words, "roster"), names.choice(words, "edit", edit) if edit else "")
    return words.text("undo.instead.roster", command=" ".join(filter(None, said)))


# What is said behind /roster to change the same thing once more.
_EDITS = {"leave": "leave", "leave_end": "leave", "bind": "bind", "room": "bind"}


def undone_already(view: DeedSeen, words: Words) -> Message:
    """It has been taken back, and when."""
    deed = names.deed(words, view.kind or "", view.record)
    at = _moment(words, view.at, view.today)
    return message(view, words.text("UndoneAlready.title", deed=deed, at=at))


def undo_impossible(view: DeedSeen, words: Words) -> Message:
    """What it was, why it stays, and what would work."""
    deed = names.deed(words, view.kind or "", view.record)
    roster = names.command(words, "roster")
    if view.person is not None:
        person = names.person(words, view.person)
        return message(
            view,
            words.text("UndoImpossible.new", deed=deed, person=person),
            words.text("UndoImpossible.new.mend", roster=roster, person=person),
        )
    if view.kind == "roster.decline":
        return message(
            view,
            words.text("UndoImpossible.decline", deed=deed),
            words.text("UndoImpossible.decline.mend", roster=roster),
        )
    undo = names.command(words, "undo")
    return message(
        view,
        words.text("UndoImpossible.title", deed=deed),
        words.text("UndoImpossible.mend", undo=undo),
    )


def nothing_to_undo(view: DeedSeen, words: Words) -> Message:
    """Nothing of one's own is there to be taken back, and what would be."""
    return message(
        view,
        words.text("NothingToUndo.title"),
        words.text("NothingToUndo.what", minutes=view.minutes),
    )


def undo_built_on(view: BuiltOnSeen, words: Words) -> Message:
    """Who or what is built on it, and the ways that are left."""
    if view.problem is not None:
        title = words.text("UndoBuiltOn.problem", problem=view.problem)
        kind = "problem.list" if view.visit is None else "visit.record"
        return message(view, title, _instead(words, kind, view.visit or view.problem))
    people = names.joined(words, view.by)
    return message(
        view,
        words.text("UndoBuiltOn.title", visit=view.visit, people=people),
        words.text(
            "UndoBuiltOn.ask", people=people, undo=names.command(words, "undo"), visit=view.visit
        ),
        _instead(words, "visit.record", view.visit),
    )


def visit_taken_back(view: VisitTakenBackSeen, words: Words) -> Message:
    """It is there no more: record it anew."""
    at = _moment(words, view.at, view.today)
    return message(
        view,
        words.text(
            "VisitTakenBack.void" if view.void else "VisitTakenBack.title", visit=view.visit, at=at
        ),
        words.text("VisitTakenBack.anew", command=names.command(words, "visit")),
    )


def _moment(words: Words, at: datetime | None, today: date) -> str:
    return names.moment(words, at, today) if at else ""
