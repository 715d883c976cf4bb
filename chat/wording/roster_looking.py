"""What is amiss with the roster and how it is mended, and how the roster came to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chat.message import Message
from chat.wording import names
from chat.wording.frame import DONE, DUE, TELL, message
from chat.wording.leaves import ended_said, leave_said
from chat.wording.roster import changed, from_day
from chat.wording.seats import seat
from chat.words import Words
from domain.notices.views_roster import (
    ChangeSeen,
    FindingSeen,
    FirstSeatSeen,
    RosterCheckedSeen,
    RosterHistorySeen,
    RosterUndoneSeen,
)

# More names than this nobody reads on a phone.
_MOST = 8
# A message that comes by itself fits on a screen.
_GRAVEST = 4


def roster_checked(view: RosterCheckedSeen, words: Words) -> Message:
    """Numbered, each with the command that mends the first of its kind."""
    count = len(view.findings)
    if not count:
        return message(view, words.text("RosterChecked.well"), sign=DONE)
    return message(
        view,
        words.plural("RosterChecked.title", count),
        *(
            line
            for place, one in enumerate(view.findings, 1)
            for line in _finding(words, one, place)
        ),
        sign=DUE,
    )


def roster_preflight(view: RosterCheckedSeen, words: Words) -> Message:
    """The gravest of what is amiss, of how much, and where all of it is mended."""
    first = enumerate(view.findings[:_GRAVEST], 1)
    return message(
        view,
        words.plural("RosterPreflight.title", len(view.findings)),
        *(_finding(words, one, place)[0] for place, one in first),
        words.text("RosterPreflight.next", roster=names.command(words, "roster")),
        sign=DUE,
    )


def _finding(words: Words, found: FindingSeen, number: int) -> tuple[str, str]:
    """What is amiss, and below it the command."""
    blanks = {
        "units": _some(words, [names.unit(words, unit) for unit in found.units]),
        "people": _some(words, found.people),
        "seat": seat(words, found.role, found.units[0]) if found.role and found.units else "",
        "unit": _typed(words, found),
        "person": found.people[0] if found.people else "",
        "deputy": found.people[-1] if found.people else "",
        "role": names.choice(words, "role", found.role) if found.role else "",
        "days": _days(words, found.since, found.until),
        "roster": names.command(words, "roster"),
        "problems": _some(words, [f"#{number}" for number in found.problems]),
        "day": names.day_of_year(words, found.until) if found.until else "",
    }
    amiss = words.text(f"amiss.{found.kind}", **blanks)
    mend = words.text(f"amiss.{found.kind}.mend", **blanks)
    return (
        words.text("RosterChecked.line", number=number, amiss=amiss),
        words.text("RosterChecked.mend", mend=mend),
    )


def _some(words: Words, parts: Sequence[str]) -> str:
    """The first of them, and how many more."""
    shown = names.joined(words, parts[:_MOST])
    more = len(parts) - _MOST
    return words.plural("some", more, shown=shown) if more > 0 else shown


def _typed(words: Words, found: FindingSeen) -> str:
    """The first place, as it is typed in a command."""
    if not found.units:
        return ""
    first = found.units[0]
    if first.class_name is not None:
        return names.class_typed(words, first.class_name)
    return names.unit(words, first)


def _days(words: Words, since: date | None, until: date | None) -> str:
    """As days are typed: 9-10到9-20."""
    if since is None or until is None:
        return ""
    return words.text("days.typed", first=since.isoformat(), last=until.isoformat())


# --- history ------------------------------------------------------------------------------


def roster_history(view: RosterHistorySeen, words: Words) -> Message:
    """The changes, newest first, then what stands as it was taken in."""
    if view.person is not None:
        title = words.text("RosterHistory.of", what=view.person)
    elif view.unit is not None:
        title = words.text("RosterHistory.of", what=names.unit(words, view.unit))
    else:
        title = words.text("RosterHistory.title")
    firsts = [_first(words, one, view.today) for one in view.firsts]
    nothing = not view.changes and not firsts
    return message(
        view,
        title,
        *(_line(words, one, view.today) for one in view.changes),
        words.plural("RosterHistory.more", view.more) if view.more else None,
        words.text("RosterHistory.firsts", seats=_clauses(words, firsts)) if firsts else None,
        words.text("RosterHistory.none") if nothing else None,
        sign=TELL,
    )


def _clauses(words: Words, parts: Sequence[str]) -> str:
    return words.text("join.clauses").join(parts)


def _line(words: Words, change: ChangeSeen, today: date) -> str:
    by = names.person(words, change.by) if change.by else words.text("RosterHistory.outside")
    day = names.day_short(words, change.day)
    key = "RosterHistory.line_undone" if change.undone else "RosterHistory.line"
    return words.text(key, day=day, what=_what(words, change, today), by=by)


def _what(words: Words, change: ChangeSeen, today: date) -> str:
    if change.action == "leave":
        return leave_said(words, change)
    if change.action == "leave_end":
        return ended_said(words, change)
    return changed(words, change, today)


def _first(words: Words, held: FirstSeatSeen, today: date) -> str:
    called = seat(words, held.role, held.unit)
    key = "RosterHistory.first" if held.until is None else "RosterHistory.first_until"
    return words.text(
        key,
        seat=called,
        person=names.person(words, held.person),
        from_day=from_day(words, held.since, today),
        until=names.day_of_year(words, held.until) if held.until else "",
    )


# --- taken back ---------------------------------------------------------------------------


def roster_undone(view: RosterUndoneSeen, words: Words) -> Message:
    """The receipt: which change it was, and that all is as before."""
    told = names.joined(words, view.told)
    return message(
        view,
        words.text("RosterUndone.title", what=_first_of(view, words)),
        words.text(_rest(view)),
        words.text("SeatChanged.told", people=told) if told else None,
    )


def _rest(view: RosterUndoneSeen) -> str:
    action = view.changes[0].action if view.changes else ""
    if action in ("room", "room_left"):
        return "RosterUndone.room"
    return "RosterUndone.account" if action == "bind" else "RosterUndone.rest"


def _first_of(view: RosterUndoneSeen, words: Words) -> str:
    return _what(words, view.changes[0], view.today) if view.changes else ""


def roster_undone_told(view: RosterUndoneSeen, words: Words) -> Message:
    """To those who had been told of it."""
    by = names.person(words, view.by)
    return message(
        view,
        words.text("RosterUndone.title", what=_first_of(view, words)),
        words.text("change.by", by=by),
        sign=TELL,
    )


def roster_moved_on(view: RosterUndoneSeen, words: Words) -> Message:
    """It was changed again since; where one sees how it is now."""
    roster = names.command(words, "roster")
    return message(
        view,
        words.text("RosterMovedOn.title", what=_first_of(view, words)),
        words.text("RosterMovedOn.mend", roster=roster),
    )
