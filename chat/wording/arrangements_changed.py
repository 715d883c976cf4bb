"""What is said when something arranged is called off, moved, or on again."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.arrangements import become, how_to_call_off, how_to_move, others_told, whole
from chat.wording.frame import TELL, message
from chat.wording.options import choices, here, pick_hint
from chat.words import Words
from domain.notices.views import DaySeen
from domain.notices.views_talks import ArrangementSeen, NotYourLeaderSeen


def arrangement_called_off(view: ArrangementSeen, words: Words) -> Message:
    """It is off, and who was told."""
    return message(
        view,
        words.text(
            "ArrangementCalledOff.title", arrangement=view.arrangement, what=whole(view, words)
        ),
        *others_told(view, words),
    )


def visit_called_off(view: ArrangementSeen, words: Words) -> Message:
    """To the other side: it is off, and who said so."""
    return message(
        view,
        words.text(
            "VisitCalledOff.title",
            by=names.person(words, view.by or names.GONE),
            arrangement=view.arrangement,
            what=whole(view, words),
        ),
        sign=TELL,
    )


def arrangement_closed(view: ArrangementSeen, words: Words) -> Message:
    """There is nothing to call off or move any more."""
    if view.moved:
        title = words.text("ArrangementClosed.moved", arrangement=view.arrangement)
        return message(view, title, how_to_move(view, words))
    what = become(view.arranged, words) or words.text("arranged.is_off")
    title = words.text("ArrangementShown.title", arrangement=view.arrangement, what=what)
    return message(view, title)


def arrangement_moved(view: ArrangementSeen, words: Words) -> Message:
    """The receipt: on which day it was and is, who was told, and who is reminded when."""
    return message(
        view,
        words.text(
            "ArrangementMoved.title",
            arrangement=view.arrangement,
            what=whole(view, words),
            before=names.day_short(words, view.before or view.today),
        ),
        *others_told(view, words),
        _reminded(view, words),
    )


def _reminded(view: ArrangementSeen, words: Words) -> str | None:
    if view.reminded is None or view.no_account:
        return None
    leader = names.person(words, view.arranged.leader)
    return words.text("ArrangementMoved.reminded", leader=leader, hour=view.reminded)


def visit_moved(view: ArrangementSeen, words: Words) -> Message:
    """To the other side: on which day it was and is, and who said so."""
    return message(
        view,
        words.text(
            "VisitMoved.title",
            by=names.person(words, view.by or names.GONE),
            arrangement=view.arrangement,
            what=whole(view, words),
            before=names.day_short(words, view.before or view.today),
        ),
        how_to_call_off(view, words),
        sign=TELL,
    )


def not_your_leader(view: NotYourLeaderSeen, words: Words) -> Message:
    """For whom the asker may arrange instead."""
    key = "NotYourLeader.elsewhere" if view.leads else "NotYourLeader.no_leader"
    return message(
        view,
        words.text(key, person=names.person(words, view.person)),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def day_past(view: DaySeen, words: Words) -> Message:
    """What is to come can't lie behind."""
    return message(
        view,
        words.text(
            "DayPast.title",
            day=names.day(words, view.day or view.today),
            today=names.day(words, view.today),
        ),
        words.text(here(view, "DayPast.mend")),
    )


def arrangement_restored(view: ArrangementSeen, words: Words) -> Message:
    """It isn't off after all, and who was told."""
    what = whole(view, words)
    return message(
        view,
        words.text("ArrangementRestored.title", arrangement=view.arrangement, what=what),
        *others_told(view, words),
    )


def visit_on_again(view: ArrangementSeen, words: Words) -> Message:
    """To the other side: it isn't off after all, and who said so."""
    by, what = names.person(words, view.by or names.GONE), whole(view, words)
    title = words.text("VisitOnAgain.title", by=by, arrangement=view.arrangement, what=what)
    return message(view, title, sign=TELL)
