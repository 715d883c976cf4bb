"""What is said when a visit is put right: what it said, what it says, and what can't be edited."""

from __future__ import annotations

from datetime import date

from chat.message import Message
from chat.wording import names
from chat.wording.coverage import on_receipt
from chat.wording.frame import TELL, message
from chat.wording.visits import marked, what_it_was
from chat.words import Words
from domain.notices.views import Child, CorrectionSeen, VisitSeen
from domain.notices.views_fixing import FixRefusedSeen

_CODES = ("kind", "method", "result")


def visit_fixed(view: VisitSeen, words: Words) -> Message:
    """The receipt: each change, what the visit is now, the coverage, and who hears of it."""
    title = words.text("VisitFixed.title", visit=view.visit, changes=_changes(view, words))
    if view.undone:
        return message(view, marked(view, words, title))
    told = names.joined(words, view.told)
    return message(
        view,
        title,
        words.text("VisitFixed.now", what=what_it_was(view, words)),
        on_receipt(words, view.coverage, view.class_),
        words.text("told.people", people=told) if view.told else None,
    )


def visit_fixed_shared(view: VisitSeen, words: Words) -> Message:
    """To whoever recorded it or went along: who put right what."""
    by = names.person(words, view.by or names.GONE)
    changes = _changes(view, words)
    title = words.text("VisitFixedShared.title", by=by, visit=view.visit, changes=changes)
    return message(
        view,
        marked(view, words, title) if view.undone else title,
        words.text("VisitFixed.now", what=what_it_was(view, words)),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def visit_voided(view: VisitSeen, words: Words) -> Message:
    """The receipt: what counts no more, why, the coverage, and who hears of it."""
    title = words.text("VisitVoided.title", visit=view.visit, what=what_it_was(view, words))
    if not view.voided:
        return message(view, words.text("visit.undone", told=title))
    told = names.joined(words, view.told)
    return message(
        view,
        title,
        _grounds(view, words),
        words.text("VisitVoided.rest"),
        on_receipt(words, view.coverage, view.class_),
        words.text("told.people", people=told) if told else None,
    )


def _grounds(view: VisitSeen, words: Words) -> str | None:
    """Why, one-to-one and for who may read what was noted of it."""
    if not view.private or view.grounds is None:
        return None
    return words.text("VisitVoided.grounds", grounds=view.grounds)


def visit_voided_shared(view: VisitSeen, words: Words) -> Message:
    """To whoever recorded it or went along: who marked it void, and why."""
    by, what = names.person(words, view.by or names.GONE), what_it_was(view, words)
    title = words.text("VisitVoidedShared.title", by=by, visit=view.visit, what=what)
    return message(
        view,
        title if view.voided else words.text("visit.undone", told=title),
        _grounds(view, words),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def _changes(view: VisitSeen, words: Words) -> str:
    return names.joined(words, (_change(one, words, private=view.private) for one in view.changes))


def _change(change: CorrectionSeen, words: Words, *, private: bool) -> str:
    """日期 9月3日→9月2日; of what was noted only that it was put right."""
    field = names.label(words, change.column)
    before = _value(change.column, change.before, words, private=private)
    after = _value(change.column, change.after, words, private=private)
    if before is None and after is None:
        return field
    if after is None:
        return words.text("fixed.removed", field=field, before=before)
    if before is None:
        return words.text("fixed.added", field=field, after=after)
    return words.text("fixed.part", field=field, before=before, after=after)


def _value(
    column: str, value: str | date | Child | None, words: Words, *, private: bool
) -> str | None:
    if isinstance(value, Child):
        return names.child(words, value, private=private)
    if isinstance(value, date):
        return names.day_short(words, value)
    if value is not None and column in _CODES:
        return names.choice(words, column, value)
    return value and names.person(words, value)


def fix_asked(view: VisitSeen, words: Words) -> Message:
    """What the visit is, and how one says what it should be."""
    what = what_it_was(view, words)
    return message(
        view,
        words.text("FixAsked.title", visit=view.visit),
        words.text("VisitFixed.now", what=what),
        words.text("FixAsked.reply"),
    )


def fix_changes_nothing(view: FixRefusedSeen, words: Words) -> Message:
    """It is so already."""
    return message(view, words.text("FixChangesNothing.title", visit=view.visit))


def words_stay(view: FixRefusedSeen, words: Words) -> Message:
    """They are kept as they were said; more can be added."""
    return message(
        view,
        words.text("WordsStay.title"),
        words.text(
            "WordsStay.add",
            command=names.command(words, "visit"),
            visit=view.visit,
            blank=words.text("label.blank", label=names.label(words, "words")),
        ),
    )


def not_in_this_visit(view: FixRefusedSeen, words: Words) -> Message:
    """Which of the parts that were said this visit doesn't have."""
    fields = names.labels(words, view.fields)
    return message(view, words.text("NotInThisVisit.title", visit=view.visit, fields=fields))
