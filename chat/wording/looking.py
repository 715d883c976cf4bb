"""What is shown on asking: whom to visit next, who you are, who answers for what."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DUE, TELL, message
from chat.wording.seats import seat_seen
from chat.words import Words
from domain.notices.views_looking import TodoItemSeen, TodoSeen, WhoamiSeen
from domain.notices.views_roster import LineSeen, RosterSeen

# Why a family comes last: it was heard already, and not seen.
HEARD_ONLY = ("by_phone", "refused")


def todo_shown(view: TodoSeen, words: Words) -> Message:
    """Whom to visit next, why each, and the command that records the first."""
    unit = names.unit(words, view.unit)
    if not view.items:
        return message(view, words.text("TodoShown.none", unit=unit))
    waiting = sum(one.why not in HEARD_ONLY for one in view.items)
    key = "TodoShown.title" if waiting else "TodoShown.heard_only_title"
    return message(
        view,
        words.plural(key, waiting or len(view.items), unit=unit),
        *(_todo_item(view, words, place) for place in range(len(view.items))),
        words.plural("TodoShown.more", view.more) if view.more else None,
        _heard_only(view, words),
        _record_first(view, words),
        sign=DUE,
    )


def _heard_only(view: TodoSeen, words: Words) -> str | None:
    """How many were phoned or declined, and stand at the end or had no room."""
    listed = sum(one.why in HEARD_ONLY for one in view.items)
    if not view.heard_only or listed == view.heard_only == len(view.items):
        return None
    return words.plural("TodoShown.heard_only", view.heard_only)


def _todo_item(view: TodoSeen, words: Words, place: int) -> str:
    item = view.items[place]
    return words.text(
        "TodoShown.item",
        number=place + 1,
        student=_todo_whom(view, item, words),
        why=_why(item, words),
    )


def _todo_whom(view: TodoSeen, item: TodoItemSeen, words: Words) -> str:
    """The child; for an arranged visit without one its class or grade."""
    if item.student is None:
        return names.unit(words, item.unit)
    # What is arranged may be in another class than the one that is shown.
    if view.unit.class_name is not None and item.arrangement is None:
        return names.child_alone(words, item.student, private=view.private)
    return names.child(words, item.student, private=view.private)


def _why(item: TodoItemSeen, words: Words) -> str:
    """Why now, with its day when there is one."""
    if item.arrangement is not None:
        day = names.day(words, item.due) if item.due else ""
        return words.text("TodoShown.arranged", arrangement=item.arrangement, day=day)
    if item.special and item.last is None:
        return words.text("TodoShown.special_never")
    when = item.last if item.why == "longest" else item.due
    if item.why in HEARD_ONLY:
        return words.text(f"TodoShown.{item.why}")
    if item.why == "never" or when is None:
        return words.text(f"TodoShown.{'never' if item.why == 'longest' else item.why}")
    return words.text(f"TodoShown.{item.why}.day", day=names.day_of_year(words, when))


def _record_first(view: TodoSeen, words: Words) -> str | None:
    first = next((item.student for item in view.items if item.student is not None), None)
    if first is None:
        return None
    return words.text(
        "TodoShown.record",
        command=names.command(words, "visit"),
        class_=names.class_typed(words, first.class_name),
        student=names.child_alone(words, first, private=view.private),
    )


def whoami_shown(view: WhoamiSeen, words: Words) -> Message:
    """Who the bot takes you for, and your seats."""
    seats = words.text("join.clauses").join(seat_seen(words, seat) for seat in view.seats)
    return message(
        view,
        words.text("WhoamiShown.title", person=view.person),
        words.text("WhoamiShown.seats" if seats else "WhoamiShown.none", seats=seats),
        words.text("WhoamiShown.help", help=names.command(words, "help")),
        sign=TELL,
    )


def roster_shown(view: RosterSeen, words: Words) -> Message:
    """Who answers for one unit; or the lines of the whole school, or of one leader."""
    return _lines(view, words) if view.unit is None or view.lines else _unit_roster(view, words)


def _unit_roster(view: RosterSeen, words: Words) -> Message:
    """Leader and liaison, and where there is nobody it says so; the stand-in when there is one."""
    return message(
        view,
        words.text(
            "RosterShown.unit",
            unit=names.unit(words, view.unit),
            leader=names.person(words, view.leader),
        ),
        words.text("RosterShown.liaison", liaison=names.person(words, view.liaison)),
        words.text("RosterShown.deputy", deputy=view.deputy) if view.deputy else None,
        words.text("RosterShown.office", people=names.joined(words, view.office))
        if view.office
        else None,
        words.text("RosterShown.teachers", teachers=names.joined(words, view.teachers))
        if view.teachers
        else None,
        sign=TELL,
    )


def _lines(view: RosterSeen, words: Words) -> Message:
    """The lines as the annex prints them, then the two groups where the whole school is shown."""
    return message(
        view,
        words.text("RosterShown.lines"),
        *(_line(line, words) for line in view.lines),
        _leading(view, words) if view.head or view.deputy_head else None,
        _working(view, words) if view.working else None,
        sign=TELL,
    )


def _working(view: RosterSeen, words: Words) -> str:
    """The working group, its two heads first and called so where we know them."""
    others = list(view.working)
    parts = []
    if view.working_head:
        others.remove(view.working_head)
        parts.append(words.text("RosterShown.working_head", head=view.working_head))
    if view.working_deputy:
        others.remove(view.working_deputy)
        deputy = view.working_deputy
        parts.append(words.text("RosterShown.working_deputy", deputy_head=deputy))
    if others:
        people = names.joined(words, others)
        parts.append(words.text("RosterShown.members", members=people) if parts else people)
    return words.text("RosterShown.working", people=words.text("join.clauses").join(parts))


def _leading(view: RosterSeen, words: Words) -> str:
    leading = words.text(
        "RosterShown.leading",
        head=names.person(words, view.head),
        deputy_head=names.person(words, view.deputy_head),
    )
    if not view.members:
        return leading
    members = words.text("RosterShown.members", members=names.joined(words, view.members))
    return words.text("join.clauses").join((leading, members))


def _line(line: LineSeen, words: Words) -> str:
    units = tuple(names.unit(words, unit) for unit in line.units)
    return words.text(
        "RosterShown.line",
        leader=names.person(words, line.leader),
        units=names.people(words, units),
    )
