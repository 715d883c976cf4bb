"""How we speak of what somebody is asked to agree to: who asks for what, why, how to answer."""

from __future__ import annotations

from datetime import datetime

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import here
from chat.wording.problem_lines import called, category_alone, time_left
from chat.wording.problems import ruled
from chat.words import Words
from domain.notices.views_problems_agreeing import (
    ApprovalAskedSeen,
    ApprovalRefusedSeen,
    ApprovalsPendingSeen,
    BureauCategoryAskedSeen,
    ExtensionRefusedSeen,
    PendingSeen,
)

# How one says yes or no, where it isn't simply that.
_ANSWERS = {"offer": "ApprovalAsked.offer", "unagreed": "ApprovalAsked.unagreed"}


def approval_asked(view: ApprovalAskedSeen, words: Words) -> Message:
    """To who decides: what is asked, why, what it would come to, and both answers to copy."""
    if view.line is None:
        return message(view, words.text("problem.gone", problem=view.problem), sign=TELL)
    kind = view.ruling.kind
    return message(
        view,
        ruled(view, words, f"asked.{kind}"),
        words.text("problem.text", text=view.reason_given) if view.reason_given else None,
        time_left(words, view.line),
        words.text("ApprovalAsked.new_due", due=_at(words, view.new_due)) if view.new_due else None,
        words.text("ApprovalAsked.over")
        if view.over
        else words.text(_ANSWERS.get(kind, "ApprovalAsked.answer"), problem=view.problem),
        sign=TELL,
    )


def _at(words: Words, at: datetime) -> str:
    return words.text(
        "due", day=names.day(words, at.date()), hour=at.hour, minute=f"{at.minute:02d}"
    )


def approvals_pending(view: ApprovalsPendingSeen, words: Words) -> Message:
    """What waits for the reader's word; a number picks it."""
    return message(
        view,
        words.plural("ApprovalsPending.title", len(view.pending)),
        words.text(here(view, "pick")),
        choices=tuple(
            Choice(label=_pending(words, one, private=view.private), say=str(place))
            for place, one in enumerate(view.pending, 1)
        ),
    )


def _pending(words: Words, one: PendingSeen, *, private: bool) -> str:
    return words.text(
        "ApprovalsPending.one",
        problem=called(words, one.problem, one.line, private=private),
        what=words.text(f"approval.{one.ruling.kind}"),
    )


def bureau_category_asked(view: BureauCategoryAskedSeen, words: Words) -> Message:
    """As which of the bureau's categories; a number picks it."""
    return message(
        view,
        words.text("BureauCategoryAsked.title", problem=view.problem),
        words.text(here(view, "pick")),
        choices=tuple(
            Choice(label=category_alone(words, one), say=str(place))
            for place, one in enumerate(view.categories, 1)
        ),
    )


# --- refusals -----------------------------------------------------------------------------


def approval_waits(view: ApprovalRefusedSeen, words: Words) -> Message:
    """Who is being asked already."""
    return message(
        view,
        words.text(
            "ApprovalWaits.title",
            problem=view.problem,
            what=words.text(f"approval.{view.kind}"),
            who=names.person(words, view.person),
        ),
        words.text("ApprovalWaits.next"),
    )


def approval_over(view: ApprovalRefusedSeen, words: Words) -> Message:
    """Who has answered what; or that it needs no answer any more."""
    said = {None: "lapsed", True: "agreed", False: "declined"}[view.yes]
    return message(
        view,
        words.text(
            f"ApprovalOver.{said}",
            problem=view.problem,
            what=words.text(f"approval.{view.kind}"),
            who=names.person(words, view.person),
        ),
        words.text("NotYourMove.next", problem=view.problem),
    )


def cannot_be_asked(view: ApprovalRefusedSeen, words: Words) -> Message:
    """Who can't be asked; or that there is nobody who could."""
    if view.person is None:
        return message(
            view,
            words.text("CannotBeAsked.nobody", problem=view.problem),
            words.text("CannotBeAsked.check"),
        )
    return message(view, words.text("CannotBeAsked.title", problem=view.problem, who=view.person))


def nothing_to_decide(view: ApprovalRefusedSeen, words: Words) -> Message:
    """Nothing waits for this person's word."""
    if view.problem is None:
        return message(view, words.text("NothingToDecide.title"))
    return message(view, words.text("NothingToDecide.here", problem=view.problem))


def extension_too_long(view: ExtensionRefusedSeen, words: Words) -> Message:
    """How many days are left to ask for."""
    if not view.times_left:
        return message(
            view,
            words.text("ExtensionTooLong.none", problem=view.problem),
            words.text("extend.instead", problem=view.problem),
        )
    return message(
        view,
        words.plural("ExtensionTooLong.title", view.days_left, problem=view.problem),
        words.plural("ExtensionTooLong.next", view.days_left, problem=view.problem),
    )


def extension_too_late(view: ExtensionRefusedSeen, words: Words) -> Message:
    """Since when it is due, and what works instead."""
    assert view.due is not None
    return message(
        view,
        words.text("ExtensionTooLate.title", problem=view.problem, due=_at(words, view.due)),
        words.text("extend.instead", problem=view.problem),
    )
