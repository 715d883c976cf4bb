"""What is said when a talk is put right: what it said, what it says, and what it may be told."""

from __future__ import annotations

from datetime import date

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import choices, pick_hint
from chat.wording.talks import what_was_told
from chat.words import Words
from domain.notices.views import UnitName
from domain.notices.views_talks import TalkCorrectionSeen, TalkSeen

_CODES = ("form", "audience")
_LABELS = {"place": "unit"}


def talk_fixed(view: TalkSeen, words: Words) -> Message:
    """The receipt: each change, what the talk is now, and who hears of it."""
    title = words.text("TalkFixed.title", talk=view.talk, changes=_changes(view, words))
    if view.undone:
        return message(view, words.text("visit.undone", told=title))
    told = names.joined(words, view.told)
    return message(
        view,
        title,
        words.text("VisitFixed.now", what=what_was_told(view, words)),
        words.text("told.people", people=told) if told else None,
    )


def talk_fixed_shared(view: TalkSeen, words: Words) -> Message:
    """To whoever recorded or held it: who put right what."""
    by = names.person(words, view.by or names.GONE)
    changes = _changes(view, words)
    title = words.text("TalkFixedShared.title", by=by, talk=view.talk, changes=changes)
    return message(
        view,
        words.text("visit.undone", told=title) if view.undone else title,
        words.text("VisitFixed.now", what=what_was_told(view, words)),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def _changes(view: TalkSeen, words: Words) -> str:
    return names.joined(words, (_change(one, words) for one in view.changes))


def _change(change: TalkCorrectionSeen, words: Words) -> str:
    """人数 43→34."""
    field = names.label(words, _LABELS.get(change.column, change.column))
    before, after = (
        _value(change.column, change.before, words),
        _value(change.column, change.after, words),
    )
    if after is None:
        return words.text("fixed.removed", field=field, before=before)
    if before is None:
        return words.text("fixed.added", field=field, after=after)
    return words.text("fixed.part", field=field, before=before, after=after)


def _value(column: str, value: str | int | date | UnitName | None, words: Words) -> str | None:
    if isinstance(value, UnitName):
        return names.unit(words, value)
    if isinstance(value, date):
        return names.day_short(words, value)
    if column in _CODES and value is not None:
        return names.choice(words, column, str(value))
    return None if value is None else str(value)


def talk_fix_asked(view: TalkSeen, words: Words) -> Message:
    """What the talk is, and how one says what it should be."""
    return message(
        view,
        words.text("TalkFixAsked.title", talk=view.talk),
        words.text("VisitFixed.now", what=what_was_told(view, words)),
        words.text("TalkFixAsked.reply"),
    )


def talk_fix_offered(view: TalkSeen, words: Words) -> Message:
    """Is it how many came that is to be put right, or a note."""
    people = view.changes[0].after if view.changes else view.people
    assert isinstance(people, int)
    return message(
        view,
        words.plural(
            "TalkFixOffered.title",
            people,
            talk=view.talk,
            what=what_was_told(view, words),
        ),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def talk_unchanged(view: TalkSeen, words: Words) -> Message:
    """It is so already."""
    return message(view, words.text("TalkUnchanged.title", talk=view.talk))
