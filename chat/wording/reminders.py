"""How we remind: one thing in a line with what to type, many of them as one morning's message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, TELL, message
from chat.wording.problem_lines import called
from chat.words import Words
from domain.notices.views import View, VisitSeen
from domain.notices.views_problems_agreeing import ApprovalAskedSeen
from domain.notices.views_rungs import PassedOverSeen, ReminderBundleSeen, RungFiredSeen

Worded = Callable[[View, Words], Message]

# A phone shows so many lines; the rest is in the list.
_MOST = 8
SHARED = "VisitShared"
TODAY = "ArrangedToday"


def reminder_bundle(worded: Worded) -> Callable[[ReminderBundleSeen, Words], Message]:
    """How a morning's message is worded, each thing in it by `worded`."""

    def bundle(view: ReminderBundleSeen, words: Words) -> Message:
        # Were it ever said in a group, so would each thing in it be.
        items = [replace(one, private=view.private) for one in view.items]
        if len(items) == 1:
            return worded(items[0], words)
        things = in_order(items)
        lines = [_brief(one, words, worded) for one in things]
        lines += _visits_shared(items, words)
        if len(lines) == 1:
            return message(view, lines[0], sign=DUE if things else TELL)
        numbers = story_numbers(view)
        key = "ReminderBundle.title.numbered" if numbers else "ReminderBundle.title"
        return message(
            view,
            words.text(key, n=len(lines)),
            *_numbered(lines[:_MOST], things, words),
            words.text("ReminderBundle.more", n=len(lines) - _MOST) if lines[_MOST:] else None,
            sign=DUE,
        )

    return bundle


def in_order(items: Sequence[View]) -> list[View]:
    """What has a line of its own, what presses first."""
    return sorted(_once(items), key=_pressing)


def story_numbers(view: ReminderBundleSeen) -> tuple[int, ...]:
    """The problems that the bundle's numbers open: 1 the first of these, and so on."""
    shown = (_story(one) for one in in_order(view.items)[:_MOST])
    return tuple(problem for problem in shown if problem is not None)


def _story(view: View) -> int | None:
    """The problem whose story the reader may open from there; None where it is no problem's."""
    problem: int | None = getattr(view, "problem", None)
    return problem if getattr(view, "line", None) is not None else None


def _numbered(lines: Sequence[str], things: Sequence[View], words: Words) -> Iterator[str]:
    number = 0
    for place, line in enumerate(lines):
        if place < len(things) and _story(things[place]) is not None:
            number += 1
            yield words.text("ReminderBundle.numbered", number=number, line=line)
        else:
            yield line


def _once(items: Sequence[View]) -> list[View]:
    """Without what another line says: who is reminded to decide needn't be asked, too."""
    reminded = {
        one.problem for one in items if isinstance(one, RungFiredSeen) and one.ladder == "approve"
    }
    return [
        one
        for one in items
        if one.notice != SHARED
        and not (isinstance(one, ApprovalAskedSeen) and one.problem in reminded)
    ]


def _pressing(view: View) -> int:
    """What is late first, then what is due today, then what waits for the reader."""
    if isinstance(view, RungFiredSeen) and view.ladder == "due":
        return 0 if view.days_left < 0 else 1 if view.days_left == 0 else 2
    if view.notice == TODAY:
        return 1
    return 2 if isinstance(view, RungFiredSeen | ApprovalAskedSeen) else 3


def _visits_shared(items: Sequence[View], words: Words) -> list[str]:
    """Several visits on which the reader went along are one line."""
    shared = [one for one in items if isinstance(one, VisitSeen) and one.notice == SHARED]
    numbers = [names.deed(words, "visit.record", one.visit) for one in shared]
    if not numbers:
        return []
    visits = names.joined(words, numbers)
    return [words.plural("ReminderBundle.visits", len(numbers), visits=visits)]


def _brief(view: View, words: Words, worded: Worded) -> str:
    """One thing of several: what it is, and what to do."""
    if isinstance(view, RungFiredSeen):
        return _what(view, words)
    alone = worded(view, words)
    first = alone.title.split(" ", 1)[-1]
    return (
        words.text("ReminderBundle.line", what=first, to_do=alone.lines[-1])
        if alone.lines
        else first
    )


def rung_fired(view: RungFiredSeen, words: Words) -> Message:
    """One thing that waits, who was passed over for it, and how to see what happened."""
    if view.line is None:
        return message(view, words.text("problem.gone", problem=view.problem), sign=TELL)
    return message(
        view,
        _what(view, words),
        _passed_over(view, words) if view.mine else None,
        words.text("reminder.see", problem=view.problem),
        sign=DUE,
    )


def _what(view: RungFiredSeen, words: Words) -> str:
    """#57 晚托　七年级　剩 3 天。办结：/办结 57 …."""
    line = view.line
    if line is None:
        return words.text("problem.gone", problem=view.problem)
    return words.text(
        f"reminder.{_key(view, words)}",
        problem=called(words, view.problem, line, private=view.private),
        number=view.problem,
        where=names.class_name(words, line.class_) if line.class_ else names.unit(words, line.unit),
        day=view.day_of,
        days=words.plural("count.days", abs(view.days_left)),
        due=names.day_short(words, view.due.date()) if view.due else "",
        responsible=names.person(words, line.responsible),
        to=names.people(words, view.to),
    )


def _key(view: RungFiredSeen, words: Words) -> str:
    """Which sentence: by its ladder, and by whose it is to do."""
    if view.ladder == "due":
        when = "left" if view.days_left > 0 else "over" if view.days_left < 0 else "today"
        if when == "over" and not view.responsible:
            return "due.over.others"
        return f"due.{when}"
    own = view.rung if words.has(f"reminder.{view.rung}") else view.ladder
    if own == "assigned" and not view.mine:
        return "assigned.others"
    return own if words.has(f"reminder.{own}") else "other"


def _passed_over(view: RungFiredSeen, words: Words) -> str | None:
    """Why it comes to the reader and not to whom it was for."""
    why = [said for one in view.passed_over if (said := _passed(one, words))]
    return words.text("passed_over", why=names.joined(words, why)) if why else None


def _passed(one: PassedOverSeen, words: Words) -> str | None:
    """Whom the roster's gaps kept from being told; whose part in it did is nobody's business."""
    if one.why == "nobody":
        return words.text("passed_over.nobody", role=_role(words, one))
    if one.why in ("away", "no_account") and one.person:
        return words.text(f"passed_over.{one.why}", person=names.person(words, one.person))
    return None


def _role(words: Words, one: PassedOverSeen) -> str:
    key = f"place.{one.role}"
    return words.text(key) if words.has(key) else names.role(words, one.role)


def red_flag_unclaimed(view: RungFiredSeen, words: Words) -> Message:
    """Danger that nobody has taken up: it must be, now."""
    return message(
        view,
        words.text("RedFlagUnclaimed.title", problem=view.problem),
        words.text("RedFlagUnclaimed.next", problem=view.problem),
        sign=DUE,
    )


def nobody_to_tell(view: RungFiredSeen, words: Words) -> Message:
    """To the admins: a number waits, or danger, and nobody is there; they see to it."""
    return message(
        view,
        words.text(f"{view.notice}.title", problem=view.problem),
        words.text(f"{view.notice}.next", command=names.command(words, "roster")),
        sign=DUE,
    )
