"""Changes of the roster: who sits where from when on, who was told, what can't be done."""

from __future__ import annotations

from datetime import date

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import choices, here, pick_hint
from chat.wording.seats import seat
from chat.words import Words
from domain.notices.views_roster import ChangeSeen, DaysSeen, SeatAskedSeen, SeatChangedSeen


def seat_changed(view: SeatChangedSeen, words: Words) -> Message:
    """The receipt: what changed, who was told, and who can't be told anything."""
    first, *others = view.changes
    unreached = names.joined(words, view.unreached)
    told = names.joined(words, view.told)
    return message(
        view,
        changed(words, first, view.today),
        *(changed(words, one, view.today) for one in others[:_MOST]),
        words.text("SeatChanged.unreached", people=unreached) if unreached else None,
        words.text("SeatChanged.told", people=told) if told else None,
    )


# A receipt fits a phone.
_MOST = 3


def changed(words: Words, change: ChangeSeen, today: date) -> str:
    """One change as a sentence."""
    return words.text(f"change.{_kind(change)}", **_blanks(words, change, today))


def _kind(change: ChangeSeen) -> str:
    if change.action == "remove":
        return "planned" if _never_began(change) else "remove"
    if change.action == "bind" and change.person is None:
        # As it was written before a group's bind had a name of its own.
        return "room"
    if change.before is not None:
        return "replace"
    return change.action


def _never_began(change: ChangeSeen) -> bool:
    """Whether it was to begin on a day that was still to come."""
    return change.since == change.until and change.since is not None and change.since > change.day


def _blanks(words: Words, change: ChangeSeen, today: date) -> dict[str, str]:
    day = change.until if _kind(change) == "remove" else change.since
    return {
        "seat": _seat(words, change),
        "person": names.person(words, change.person),
        "before": names.person(words, change.before),
        "unit": names.unit(words, change.unit),
        "from_day": from_day(words, day, today),
    }


def _seat(words: Words, change: ChangeSeen) -> str:
    if change.role is None or change.unit is None:
        return ""
    return seat(words, change.role, change.unit)


def from_day(words: Words, day: date | None, today: date) -> str:
    """今天起, 9月10日起."""
    if day is None or day == today:
        return words.text("from_today")
    return words.text("from_day", day=names.day(words, day))


def seat_given(view: SeatChangedSeen, words: Words) -> Message:
    """To the one who gets it: what, since when, instead of whom, and where to look."""
    change = view.changes[0]
    before = change.before
    return message(
        view,
        words.text("SeatGiven.title", **_blanks(words, change, view.today)),
        words.text("SeatGiven.before", before=before) if before else None,
        _by(words, change),
        words.text("WhoamiShown.help", help=names.command(words, "help")),
        sign=TELL,
    )


def seat_taken(view: SeatChangedSeen, words: Words) -> Message:
    """To the one who loses it."""
    lines = [
        words.text(f"SeatTaken.{_kind(one)}", **_blanks(words, one, view.today))
        for one in view.changes
    ]
    return message(view, lines[0], *lines[1 : _MOST + 1], _by(words, view.changes[0]), sign=TELL)


def seat_told(view: SeatChangedSeen, words: Words) -> Message:
    """To the leader and the liaison of the unit."""
    first, *others = (changed(words, one, view.today) for one in view.changes)
    return message(view, first, *others[:_MOST], _by(words, view.changes[0]), sign=TELL)


def _by(words: Words, change: ChangeSeen) -> str | None:
    """Who changed it; the command line is nobody."""
    return words.text("change.by", by=names.person(words, change.by)) if change.by else None


# --- asking and refusing ------------------------------------------------------------------


def seat_occupied(view: SeatAskedSeen, words: Words) -> Message:
    """Somebody sits there: whether both, or the new one instead."""
    return message(
        view,
        words.text(
            "SeatOccupied.title", seat=_asked_seat(words, view), people=_holders(words, view)
        ),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def _asked_seat(words: Words, view: SeatAskedSeen) -> str:
    return seat(words, view.role or "teacher", view.unit)


def _holders(words: Words, view: SeatAskedSeen) -> str:
    return names.people(words, view.holders)


def seat_refused(view: SeatAskedSeen, words: Words) -> Message:
    """Why not, and what would work."""
    return message(view, _why_not(view, words), _mend(view, words))


def _why_not(view: SeatAskedSeen, words: Words) -> str:
    person = names.person(words, view.person)
    if view.why == "same":
        return words.text(
            _same(view), seat=_asked_seat(words, view), person=person, day=_day(view, words)
        )
    if view.why == "not_held":
        if view.role is None:
            return words.text("SeatRefused.no_seat", person=person)
        key = "SeatRefused.not_held" if view.person else "SeatRefused.vacant"
        called, holders = _asked_seat(words, view), _holders(words, view)
        return words.text(key, seat=called, person=person, holders=holders)
    if view.why == "elsewhere":
        return words.text(
            "SeatRefused.elsewhere",
            role=names.role(words, view.role or "teacher"),
            unit=names.unit(words, view.unit),
        )
    if view.why == "mute_admin":
        return words.text("SeatRefused.mute_admin", person=person)
    return words.text(f"SeatRefused.{view.why}")


def _same(view: SeatAskedSeen) -> str:
    ahead = view.since is not None and view.today is not None and view.since > view.today
    return "SeatRefused.same_ahead" if ahead else "SeatRefused.same"


def _day(view: SeatAskedSeen, words: Words) -> str:
    return names.day(words, view.since) if view.since else ""


def _mend(view: SeatAskedSeen, words: Words) -> str | None:
    """A command that works."""
    roster = names.command(words, "roster")
    if view.why == "last_admin":
        return words.text("SeatRefused.last_admin.mend", roster=roster)
    if view.why == "mute_admin":
        person = names.person(words, view.person)
        return words.text("SeatRefused.mute_admin.mend", roster=roster, person=person)
    if view.why == "only_head":
        return words.text("SeatRefused.only_head.mend", roster=roster)
    if view.why != "elsewhere":
        return words.text("SeatRefused.see", roster=roster)
    role = names.choice(words, "role", view.role or "teacher")
    if view.role in ("head", "deputy_head", "working", "admin"):
        return words.text("SeatRefused.mend_school", roster=roster, role=role)
    unit = words.text("grade.example")
    return words.text("SeatRefused.mend_unit", roster=roster, unit=unit, role=role)


def days_unreadable(view: DaysSeen, words: Words) -> Message:
    """Which day that is, or which days, can't be told: how they are written."""
    today = names.day(words, view.today)
    if view.typed is None:
        title = words.text("DaysUnreadable.unsaid", today=today)
    else:
        title = words.text("DaysUnreadable.title", typed=view.typed, today=today)
    return message(view, title, words.text(here(view, f"days_hint.{view.field}")))


def day_gone(view: DaysSeen, words: Words) -> Message:
    """The roster is changed from today on."""
    day = names.day(words, view.day or view.today)
    return message(
        view,
        words.text(f"DayGone.{view.field}", day=day, today=names.day(words, view.today)),
        words.text(here(view, f"days_hint.{view.field}")),
    )
