"""What is said about a talk: that it is recorded, who held it too, that it stands there twice."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import choices, pick_hint
from chat.words import Words
from domain.notices.views_talks import TalkBuiltOnSeen, TalkSeen


def talk_recorded(view: TalkSeen, words: Words) -> Message:
    """The receipt: the number and what was understood; what was noted only one-to-one."""
    title = _marked(view, words, _receipt(view, words))
    return message(view, title, _noted(view, words), _companions(view, words))


def _marked(view: TalkSeen, words: Words, told: str) -> str:
    """What is told and, where it is so, that it has been put right since."""
    return words.text("visit.corrected", told=told) if view.corrected else told


def _receipt(view: TalkSeen, words: Words) -> str:
    if view.added:
        added = names.labels(words, view.added)
        return words.text(
            "TalkRecorded.added", talk=view.talk, what=what_was_told(view, words), added=added
        )
    return words.text("TalkRecorded.title", talk=view.talk, what=what_was_told(view, words))


def what_was_told(view: TalkSeen, words: Words) -> str:
    """How and to whom, where, and when it was not today."""
    told = words.text(
        "talk.what",
        form=names.choice(words, "form", view.form),
        audience=_audience(view, words),
    )
    where = names.unit(words, view.unit) if view.unit is not None else None
    when = names.day_short(words, view.day) if view.day != view.today else None
    return words.text("join.clauses").join(filter(None, (told, where, when)))


def _audience(view: TalkSeen, words: Words) -> str:
    audience = names.choice(words, "audience", view.audience or "everyone")
    if view.people is None:
        return audience
    return words.text("talk.audience", audience=audience, people=view.people)


def _noted(view: TalkSeen, words: Words) -> str | None:
    if not view.private or view.note is None:
        return None
    return words.text("TalkRecorded.noted", note=view.note)


def _companions(view: TalkSeen, words: Words) -> str | None:
    if not view.companions:
        return None
    return words.text("VisitRecorded.companions", people=names.joined(words, view.companions))


def talk_shared(view: TalkSeen, words: Words) -> Message:
    """To somebody who held it too: it is recorded, and by whom."""
    by = names.person(words, view.by or names.GONE)
    return message(
        view,
        _marked(
            view,
            words,
            words.text("TalkShared.title", by=by, talk=view.talk, what=what_was_told(view, words)),
        ),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def talk_twice(view: TalkSeen, words: Words) -> Message:
    """Such a talk on the same day: one more, or more about the one."""
    return message(
        view,
        words.text("TalkTwice.title", talk=view.talk, what=what_was_told(view, words)),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def talk_undone(view: TalkSeen, words: Words) -> Message:
    """The receipt: what was taken back, and who hears of it."""
    told = names.joined(words, view.told)
    return message(
        view,
        _undone(view, words),
        words.text("VisitUndone.whole") if not view.added else None,
        words.text("told.people", people=told) if told else None,
    )


def _undone(view: TalkSeen, words: Words) -> str:
    if not view.added:
        return words.text("TalkUndone.title", talk=view.talk, what=what_was_told(view, words))
    if view.fix:
        parts = names.labels(words, ("unit" if one == "place" else one for one in view.added))
        return words.text(
            "TalkUndone.fix", talk=view.talk, what=what_was_told(view, words), parts=parts
        )
    parts = names.labels(words, view.added)
    return words.text(
        "TalkUndone.parts", talk=view.talk, what=what_was_told(view, words), parts=parts
    )


def talk_undone_shared(view: TalkSeen, words: Words) -> Message:
    """To somebody who held it too: it counts no more, or you are not among them any more."""
    by = names.person(words, view.by or names.GONE)
    key = "TalkUndoneShared.title" if view.whole else "TalkUndoneShared.parts"
    if view.fix:
        key = "TalkUndoneShared.fix"
    return message(
        view,
        words.text(key, talk=view.talk, by=by, what=what_was_told(view, words)),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def talk_built_on(view: TalkBuiltOnSeen, words: Words) -> Message:
    """Who has added to it, and what they would have to do first."""
    people, undo = names.joined(words, view.by), names.command(words, "undo")
    return message(
        view,
        words.text("TalkBuiltOn.title", talk=view.talk, people=people),
        words.text("TalkBuiltOn.ask", talk=view.talk, people=people, undo=undo),
    )
