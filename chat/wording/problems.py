"""How we speak of a problem: what became of it, whose it is, how much time is left."""

from __future__ import annotations

from dataclasses import replace

from chat.columns import narrowed
from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.problem_lines import called, category, category_alone, time_left, waiting_line
from chat.wording.voices import to_tell
from chat.words import Words
from domain.notices.views_problems import (
    CategoryName,
    NotYourMoveSeen,
    ProblemElsewhereSeen,
    ProblemLine,
    ProblemMovedSeen,
    ProblemsSeen,
    ProblemUnknownSeen,
)
from domain.notices.views_problems_agreeing import ApprovalAskedSeen

# How much room there is for what a problem is about, for who has just done something to it
# (columns).
_KNOWN = 28
# With these one has it in hand oneself.
_TAKEN_ON = frozenset({"claim", "still"})


# --- refusals -----------------------------------------------------------------------------


def problem_unknown(view: ProblemUnknownSeen, words: Words) -> Message:
    """There is no such number for this reader."""
    return message(view, words.text("ProblemUnknown.title", problem=view.number))


def problem_elsewhere(view: ProblemElsewhereSeen, words: Words) -> Message:
    """Where the problem is, with whom, and what can be typed instead."""
    if not view.known:
        return message(view, words.text("ProblemUnknown.title", problem=view.problem))
    return message(
        view,
        words.text(
            "ProblemElsewhere.title",
            problem=view.problem,
            state=words.text(
                f"state.{view.state}.with",
                who=names.person(words, view.responsible),
                into=view.merged_into,
            ),
        ),
        words.text(f"ProblemElsewhere.{view.state}", problem=view.problem),
    )


def not_your_move(view: NotYourMoveSeen, words: Words) -> Message:
    """Who makes that move."""
    if not view.known:
        return message(view, words.text("ProblemUnknown.title", problem=view.problem))
    who = [*view.people, *(names.role(words, role) for role in view.roles)]
    return message(
        view,
        words.text(
            "NotYourMove.title",
            problem=view.problem,
            move=words.text(f"move.{view.move}"),
            who=names.joined(words, who) if who else words.text("nobody"),
        ),
        words.text("NotYourMove.next", problem=view.problem),
    )


# --- moves --------------------------------------------------------------------------------


def problem_moved(view: ProblemMovedSeen, words: Words) -> Message:
    """The receipt: what happened, until when, who was told.

    Where there is no such number, as for a red flag in a group, it says that it was heard.
    """
    if not view.known:
        return message(view, words.text("problem.noted", problem=view.problem))
    return message(
        view,
        _said(view, words, "moved"),
        _text(view, words),
        time_left(words, view.line) if view.line else None,
        _told(view, words),
        _next(view, words),
    )


def _next(view: ProblemMovedSeen, words: Words) -> str | None:
    """What the one who did it is likely to type next."""
    if view.move == "merge":
        return words.text("merge.again", problem=view.problem)
    if view.mine and view.move in _TAKEN_ON:
        return words.text("todo.work", problem=view.problem)
    return None


def _told(view: ProblemMovedSeen, words: Words) -> str | None:
    # Who is being asked stands in the first line.
    asking = view.ruling is not None and view.ruling.yes is None
    if asking or not view.told:
        return None
    return words.text("problem.told", people=names.joined(words, view.told))


def problem_news(view: ProblemMovedSeen, words: Words) -> Message:
    """To somebody whom it concerns: what another one did, and what is to be done now."""
    if not view.known:
        key = "problem.lost" if view.to_do == "nothing" else "problem.gone"
        return message(view, words.text(key, problem=view.problem), sign=TELL)
    return message(
        view,
        _said(view, words, "news"),
        _text(view, words),
        time_left(words, view.line) if view.line else None,
        _to_do(view, words),
        sign=TELL,
    )


def _to_do(view: ProblemMovedSeen, words: Words) -> str | None:
    """What is the reader's to do now, with the command ready to copy."""
    if view.to_do is None:
        return None
    told = to_tell(words, view.to_tell, private=view.private)
    if view.suggested is not None:
        return _suggested(view, view.suggested, words)
    return told or words.text(f"todo.{view.to_do}", problem=view.problem)


def _suggested(view: ProblemMovedSeen, name: CategoryName, words: Words) -> str:
    """/分类 41 后勤安全 · 因为：食堂、太咸."""
    key = "todo.classify.because" if view.because else "todo.classify.suggested"
    return words.text(
        key,
        problem=view.problem,
        category=words.text(f"category.typed.{name.level}", name=category_alone(words, name)),
        because=names.joined(words, view.because),
    )


def _said(view: ProblemMovedSeen, words: Words, how: str) -> str:
    if view.ruling is not None:
        step = {None: "asked", True: "agreed", False: "declined"}[view.ruling.yes]
        return ruled(view, words, f"{how}.{step}.{view.ruling.kind}", by=view.by)
    # The work that is given to nobody else comes back.
    back = ".back" if view.move == "hand" and view.given_to is None else ""
    return words.text(
        f"{how}.{view.move}{back}",
        problem=called(words, view.problem, _known(view, how), private=view.private),
        by=_by(words, view.by),
        responsible=names.person(words, view.responsible),
        handed_to=names.person(words, view.line.handed_to if view.line else None),
        category=category(words, view.line.category if view.line else None),
        into=view.into,
        review=names.day(words, view.review) if view.review else None,
        department=names.unit(words, view.department),
        given_to=names.person(words, view.given_to),
        had_it=names.person(words, view.had_it),
        satisfaction=(
            names.choice(words, "satisfaction", view.satisfaction) if view.satisfaction else ""
        ),
        undone=words.text(f"move.{view.undone}") if view.undone else "",
        state=words.text(f"state.{view.line.state}") if view.line else "",
    )


def _known(view: ProblemMovedSeen, how: str) -> ProblemLine | None:
    """Who did something to it knows what it is about: a few words tell them which one it was."""
    if how == "news" or view.line is None or view.line.gist is None:
        return view.line
    return replace(view.line, gist=narrowed(view.line.gist, _KNOWN))


def ruled(
    view: ProblemMovedSeen | ApprovalAskedSeen, words: Words, key: str, *, by: str | None = None
) -> str:
    """What was asked of whom, and what they said."""
    ruling = view.ruling
    assert ruling is not None
    return words.text(
        key,
        problem=called(words, view.problem, view.line, private=view.private),
        by=_by(words, by),
        asked_by=_by(words, ruling.asked_by),
        asked_of=names.person(words, ruling.asked_of),
        days=words.plural("count.days", ruling.days) if ruling.days else "",
        department=names.unit(words, ruling.department),
        category=category_alone(words, ruling.category) if ruling.category else "",
    )


def _by(words: Words, who: str | None) -> str:
    return names.person(words, who) if who else words.text("by_itself")


def _text(view: ProblemMovedSeen, words: Words) -> str | None:
    said = view.text if view.private else None
    return words.text("problem.text", text=said) if said else None


def claims_awaited(view: ProblemsSeen, words: Words) -> Message:
    """What waits for the reader's claim, and how to claim it."""
    if not view.lines:
        return message(view, words.text("ClaimsAwaited.none"))
    return message(
        view,
        words.plural("ClaimsAwaited.title", len(view.lines) + view.more),
        *(waiting_line(words, line, private=view.private) for line in view.lines),
        words.text("ClaimsAwaited.next", problem=view.lines[0].problem),
        choices=(Choice(words.text("option.more"), "1"),) if view.more else (),
    )
