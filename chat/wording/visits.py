"""What is said about a visit: that it is recorded, what is open, that it stands there twice."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.coverage import on_receipt
from chat.wording.frame import TELL, message
from chat.wording.options import choices, pick_hint
from chat.wording.problems_intake import offer, suggested
from chat.words import Words
from domain.notices.views import NameInGroupSeen, VisitSeen

REFUSED, TEACHER, HOME = "refused", "teacher", "home"


def visit_recorded(view: VisitSeen, words: Words) -> Message:
    """The receipt: the number, the coverage, what became of the words, what is still open."""
    if view.undone:
        return message(view, marked(view, words, _receipt(view, words)))
    return message(
        view,
        marked(view, words, _receipt(view, words)),
        words.text("VisitRecorded.refused") if view.result == REFUSED and not view.added else None,
        on_receipt(words, view.coverage, view.class_),
        _words_said(view, words),
        _companions(view, words) if not view.added else None,
        *_open_questions(view, words),
        choices=offer(words, view.similar, asks=view.asks is not None) if view.private else (),
    )


def _receipt(view: VisitSeen, words: Words) -> str:
    if view.added:
        added = names.labels(words, view.added)
        who = with_whom(view, words)
        return words.text("VisitRecorded.added", visit=view.visit, who=who, added=added)
    return words.text("VisitRecorded.title", visit=view.visit, what=what_it_was(view, words))


def marked(view: VisitSeen, words: Words, told: str) -> str:
    """What is told and, where it is so, that it was taken back since, or has been put right."""
    if view.voided:
        return words.text("visit.voided", told=told)
    if view.undone:
        return words.text("visit.undone", told=told)
    return words.text("visit.corrected", told=told) if view.corrected else told


def what_it_was(view: VisitSeen, words: Words) -> str:
    """With whom, what, how, and when it was not today."""
    refused = view.result == REFUSED and view.kind != TEACHER
    if refused and view.method == HOME and view.day == view.today:
        # At home is where it would have been.
        student = names.child(words, view.student, private=view.private)
        return words.text("visit.refused_plain", student=student)
    how = names.choice(words, "method", view.method)
    if view.day != view.today:
        how = words.text("visit.how", method=how, day=names.day_short(words, view.day))
    return words.text(
        f"visit.{REFUSED if refused else view.kind}",
        student=names.child(words, view.student, private=view.private),
        teacher=view.teacher or words.text("teacher.someone"),
        how=how,
    )


def with_whom(view: VisitSeen, words: Words) -> str:
    if view.kind == TEACHER:
        return view.teacher or words.text("teacher.someone")
    return names.child(words, view.student, private=view.private)


def _words_said(view: VisitSeen, words: Words) -> str | None:
    """What became of the family's words; they themselves are for one-to-one only."""
    if view.added and "words" not in view.added:
        return None
    said = view.words if view.private else None
    if not view.has_words and said is None:
        return None
    key = "kept" if view.problem is None else "listed"
    numbers = [words.text("problem", problem=one) for one in (view.problem, *view.further) if one]
    told = words.text(
        f"VisitRecorded.{key}" if said is not None else f"VisitRecorded.{key}_unsaid",
        words=said,
        problem=names.joined(words, numbers),
    )
    if view.late_by:
        told = words.plural("VisitRecorded.late", view.late_by, told=told)
    if not view.private or view.asks is None:
        return told
    asked = words.text("suggested.asked", told=suggested(words, view.asks, view.because))
    return words.text("VisitRecorded.suggested", told=told, asked=asked)


def _companions(view: VisitSeen, words: Words) -> str | None:
    if not view.companions:
        return None
    return words.text("VisitRecorded.companions", people=names.joined(words, view.companions))


def _open_questions(view: VisitSeen, words: Words) -> tuple[str, ...]:
    """How many are open; one-to-one also which, as the line that would answer them."""
    count = len(view.open_questions)
    if not count:
        return ()
    if not view.private:
        return (words.plural("VisitRecorded.open_in_group", count),)
    blanks = (
        words.text("label.blank", label=names.label(words, question))
        for question in view.open_questions
    )
    return (
        words.plural("VisitRecorded.open", count),
        words.text("join.wide").join(blanks),
    )


def visit_shared(view: VisitSeen, words: Words) -> Message:
    """To somebody who went along: it is recorded, and by whom."""
    by = names.person(words, view.by or names.GONE)
    what = what_it_was(view, words)
    title = words.text("VisitShared.title", by=by, visit=view.visit, what=what)
    return message(
        view,
        marked(view, words, title),
        words.text("VisitShared.mend", by=by),
        sign=TELL,
    )


def visit_twice(view: VisitSeen, words: Words) -> Message:
    """The same family on the same day: one visit more, or more about the one."""
    title = words.text("VisitTwice.title", visit=view.visit, what=what_it_was(view, words))
    return message(
        view,
        marked(view, words, title),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def name_in_group(view: NameInGroupSeen, words: Words) -> Message:
    """To the speaker alone: recall that message; nothing is lost by it."""
    numbers = [f"V{one}" for one in (view.visit, *view.others) if one is not None]
    kept = names.joined(words, tuple(numbers))
    return message(
        view,
        words.text("NameInGroup.title"),
        words.text("NameInGroup.kept", visits=kept) if kept else None,
        words.text("NameInGroup.next"),
        sign=TELL,
    )
