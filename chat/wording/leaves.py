"""Who is away and who stands in; nothing is said of why."""

from __future__ import annotations

from datetime import date

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import here
from chat.words import Words
from domain.notices.views_roster import ChangeSeen, LeaveRefusedSeen, LeaveSeen


def leave_noted(view: LeaveSeen, words: Words) -> Message:
    """The receipt: the days, who stands in or is turned to, and what else to think of."""
    told, covers = names.joined(words, view.told), names.joined(words, view.covers)
    person = names.person(words, view.change.person)
    unreached = names.joined(words, view.unreached)
    return message(
        view,
        leave_said(words, view.change),
        _meanwhile(words, view),
        words.text("LeaveNoted.covers", person=person, people=covers) if covers else None,
        words.text("SeatChanged.unreached", people=unreached) if unreached else None,
        words.text("SeatChanged.told", people=told) if told else None,
    )


def leave_said(words: Words, change: ChangeSeen) -> str:
    """蔡平 9月10日到9月20日 请假，孙茜代理, as a sentence."""
    key = "leave.deputy" if change.deputy else "leave.alone"
    return words.text(key, **_blanks(words, change))


def _blanks(words: Words, change: ChangeSeen) -> dict[str, str]:
    return {
        "person": names.person(words, change.person),
        "deputy": names.person(words, change.deputy),
        "days": days(words, change.since, change.until),
    }


def days(words: Words, since: date | None, until: date | None) -> str:
    """9月10日 (周一)到9月20日 (周四), or the one day; with the years where they differ."""
    if since is None or until is None:
        return ""
    named = names.day if since.year == until.year else names.day_of_year
    first, last = named(words, since), named(words, until)
    return first if since == until else words.text("days", first=first, last=last)


def _meanwhile(words: Words, view: LeaveSeen) -> str | None:
    """What the one who stands in may do; without one, who is turned to."""
    if view.change.deputy:
        return words.text("leave.rights", **_blanks(words, view.change))
    if view.passed_to:
        return words.text("leave.passed", person=view.passed_to)
    return None


def leave_told(view: LeaveSeen, words: Words) -> Message:
    """To those whom it concerns."""
    by = view.change.by
    return message(
        view,
        leave_said(words, view.change),
        _meanwhile(words, view) if not view.change.deputy else None,
        words.text("leave.by", by=by) if by else None,
        sign=TELL,
    )


def deputy_named(view: LeaveSeen, words: Words) -> Message:
    """To the one who stands in: for whom, when, and what that allows."""
    by = view.change.by
    return message(
        view,
        words.text("DeputyNamed.title", **_blanks(words, view.change)),
        words.text("DeputyNamed.rights", **_blanks(words, view.change)),
        words.text("leave.by", by=by) if by else None,
        sign=TELL,
    )


def leave_ended(view: LeaveSeen, words: Words) -> Message:
    """The receipt: called off, or over early."""
    told = names.joined(words, view.told)
    return message(
        view,
        ended_said(words, view.change),
        words.text("SeatChanged.told", people=told) if told else None,
    )


def ended_said(words: Words, change: ChangeSeen) -> str:
    """That somebody is back, or doesn't go."""
    since, until = change.since, change.until
    off = since is not None and until is not None and until < since
    return words.text(
        "leave.off" if off else "leave.over",
        person=names.person(words, change.person),
        first=names.day(words, since) if since else "",
        last=names.day(words, until) if until else "",
    )


def leave_over(view: LeaveSeen, words: Words) -> Message:
    """The same to those who had been told of the leave."""
    by = view.change.by
    said = ended_said(words, view.change)
    return message(view, said, words.text("leave.by", by=by) if by else None, sign=TELL)


# --- refusing -----------------------------------------------------------------------------


def leave_refused(view: LeaveRefusedSeen, words: Words) -> Message:
    """Why not, and what would work."""
    blanks = {
        "person": names.person(words, view.person),
        "deputy": names.person(words, view.deputy),
        "days": days(words, view.since, view.until),
        "roster": names.command(words, "roster"),
    }
    mend = f"LeaveRefused.{view.why}.mend"
    if view.why == "too_long":
        mend = here(view, "days_hint.days")
    said = words.text(f"LeaveRefused.{view.why}", **blanks)
    return message(view, said, words.text(mend, **blanks) if words.has(mend) else None)


def leave_not_yours(view: LeaveRefusedSeen, words: Words) -> Message:
    """Whose to note it is."""
    return message(view, words.text("LeaveNotYours.title", person=names.person(words, view.person)))
