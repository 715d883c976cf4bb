"""How we say that a problem is recorded: its number, until when, what it seems to be about."""

from __future__ import annotations

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import message
from chat.wording.options import here
from chat.wording.problem_lines import category, category_alone, waiting_line
from chat.words import Words
from domain.notices.views_problems import CategoryName
from domain.notices.views_problems_intake import (
    CategoryAskedSeen,
    NamedSeen,
    ProblemRecordedSeen,
    ToClassifySeen,
)

# With as many lines there is no room for how often suggestions were right.
_FULL = 3


def problem_recorded(view: ProblemRecordedSeen, words: Words) -> Message:
    """The receipt; in a group its number, where it arose, and until when."""
    waits = view.private and not (view.closed or view.undone)
    return message(
        view,
        _title(view, words),
        words.text("problem.text", text=view.words) if view.words else None,
        _due(view, words),
        _suggested(view, words) if waits else None,
        words.plural("ProblemRecorded.alike", view.alike) if waits and view.alike else None,
        choices=offer(words, view.similar, asks=view.asks) if waits else (),
    )


def offer(words: Words, similar: tuple[int, ...], *, asks: bool) -> tuple[Choice, ...]:
    """What a number in reply does: agree to the category, pick another, join what says the same."""
    keys = ("option.right", "option.another") if asks else ()
    labels = [words.text(key) for key in keys]
    labels += [words.text("option.same_as", problem=one) for one in similar]
    return tuple(Choice(label=label, say=str(place)) for place, label in enumerate(labels, 1))


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
    if not view.category_suggested or not view.asks:
        return None
    told = suggested(words, view.category_suggested[0].name, view.because)
    return words.text("suggested.asked", told=told)


def suggested(words: Words, name: CategoryName, because: tuple[str, ...]) -> str:
    """建议分类：后勤安全（因为：晚托）."""
    if not because:
        return words.text("suggested", category=category(words, name))
    reason = names.joined(words, because)
    return words.text("suggested.because", category=category(words, name), because=reason)


# --- the category -------------------------------------------------------------------------


def category_asked(view: CategoryAskedSeen, words: Words) -> Message:
    """The likeliest first, then the others; each has its number in the plan's order.

    The same number says it after the command.
    """
    first = [one for one in view.suggested if one in view.categories]
    every = (*first, *(one for one in view.categories if one not in first))
    reason = names.joined(words, view.because)
    return message(
        view,
        words.text(here(view, "CategoryAsked.title"), problem=view.problem),
        words.text("CategoryAsked.because", category=category(words, first[0]), because=reason)
        if first and view.because
        else None,
        choices=tuple(
            Choice(_label(words, one, every), str(view.categories.index(one) + 1)) for one in every
        ),
    )


def _label(words: Words, name: CategoryName, every: tuple[CategoryName, ...]) -> str:
    """The name alone, unless there are two of that name: then whose it is, too."""
    label = category_alone(words, name)
    alone = [category_alone(words, one) for one in every].count(label) == 1
    return label if alone else category(words, name)


def to_classify(view: ToClassifySeen, words: Words) -> Message:
    """What waits, how to classify it, and how often suggestions were right."""
    right = words.text("ToClassify.accuracy", right=view.right, all=view.suggested)
    measured = right if view.suggested else None
    if not view.lines:
        return message(view, words.text("ToClassify.none"), measured)
    return message(
        view,
        words.plural("ToClassify.title", len(view.lines) + view.more),
        *(waiting_line(words, line, private=view.private) for line in view.lines),
        words.text("ToClassify.next", problem=view.lines[0].problem),
        measured if len(view.lines) < _FULL else None,
        choices=(Choice(words.text("option.more"), "1"),) if view.more else (),
    )


# --- names --------------------------------------------------------------------------------


def named_asked(view: NamedSeen, words: Words) -> Message:
    """Whether the name in the words is our colleague's; until it is said, it is."""
    person = names.person(words, view.person or names.GONE)
    labels = (words.text("option.them"), words.text("option.namesake"))
    return message(
        view,
        words.text("NamedAsked.title", problem=view.problem, person=person),
        words.text("NamedAsked.why"),
        choices=tuple(Choice(label=label, say=str(at)) for at, label in enumerate(labels, 1)),
    )


def named_settled(view: NamedSeen, words: Words) -> Message:
    """What follows from it."""
    person = names.person(words, view.person or names.GONE)
    key = "NamedSettled.them" if view.them else "NamedSettled.namesake"
    return message(view, words.text(key, problem=view.problem, person=person))
