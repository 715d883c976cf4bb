"""What is said to an account that nobody knows, to who confirms it, and about binding."""

from __future__ import annotations

from chat.message import Choice, Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.wording.options import choices, pick_hint
from chat.words import Words
from domain.notices.views import PlainSeen
from domain.notices.views_newcomers import (
    AccountSeen,
    CandidateSeen,
    NameAskedSeen,
    NewcomerAsksSeen,
    NewcomerSeen,
    NotLetInSeen,
    OnlyBySeen,
    RoomSeen,
    WelcomeSeen,
)

# --- to the newcomer ----------------------------------------------------------------------


def name_asked(view: NameAskedSeen, words: Words) -> Message:
    """Who are you? In a group no more than that it is to be told one-to-one."""
    if view.group:
        return message(view, words.text("NameAsked.in_group"))
    return message(
        view,
        words.text("NameAsked.again" if view.again else "NameAsked.title"),
        words.text("NameAsked.how"),
        words.text("NameAsked.late") if view.late else None,
        words.text("NameAsked.kept") if view.kept else None,
    )


def newcomer_waits(view: NameAskedSeen, words: Words) -> Message:
    """Somebody is asked; what waits, and what doesn't."""
    return message(
        view,
        words.text("NewcomerWaits.title"),
        words.text("NewcomerWaits.kept") if view.kept else None,
        words.text("NewcomerWaits.again") if view.again else None,
        sign=TELL,
    )


def newcomer_welcome(view: WelcomeSeen, words: Words) -> Message:
    """Who one is from now on, and what becomes of what one typed."""
    person, by = names.person(words, view.person), names.person(words, view.by)
    seat = _teachers_seat(view, words)
    return message(
        view,
        words.text("NewcomerWelcome.title", by=by, person=person),
        words.text("NewcomerWelcome.seat", seat=seat) if seat else None,
        words.text("NewcomerWelcome.kept") if view.kept else None,
        words.text("WhoamiShown.help", help=names.command(words, "help")),
        sign=TELL,
    )


def not_let_in(view: NotLetInSeen, words: Words) -> Message:
    """Not confirmed, without a reason; what helps is to speak to somebody."""
    again = names.day(words, view.again_on)
    return message(view, words.text("NotLetIn.title"), words.text("NotLetIn.again", day=again))


def not_ours(view: PlainSeen, words: Words) -> Message:
    """An account of another organisation."""
    return message(view, words.text("NotOurs.title"), words.text("NotOurs.who"))


# --- to who confirms ----------------------------------------------------------------------


def newcomer_asks(view: NewcomerAsksSeen, words: Words) -> Message:
    """Who asks to be let in, who that may be, and the commands that say yes and no."""
    if view.settled or view.name is None:
        return message(view, words.text("NewcomerAsks.over", newcomer=view.newcomer), sign=TELL)
    return message(
        view,
        words.text("NewcomerAsks.title", newcomer=view.newcomer, name=view.name),
        _where_it_knocked(view, words),
        _who_it_may_be(view, words),
        words.text("NewcomerAsks.check"),
        choices=(*_yes(view, words), _no(view, words)),
        sign=TELL,
    )


def _where_it_knocked(view: NewcomerAsksSeen, words: Words) -> str:
    platform = names.platform(words, view.platform)
    if view.in_group and view.unit is not None:
        unit = names.unit(words, view.unit)
        return words.text("NewcomerAsks.in_group", platform=platform, unit=unit)
    return words.text("NewcomerAsks.direct", platform=platform)


def _who_it_may_be(view: NewcomerAsksSeen, words: Words) -> str:
    if not view.people:
        return words.text("NewcomerAsks.nobody")
    if view.rebind:
        return words.text("NewcomerAsks.rebind", platform=names.platform(words, view.platform))
    people = names.joined(words, (_candidate(one, words) for one in view.people))
    return words.plural("NewcomerAsks.people", len(view.people), people=people)


def _candidate(one: CandidateSeen, words: Words) -> str:
    """李梅（七(5)班 教师）: namesakes are told apart by their seats."""
    seats = [
        words.text("seat", unit=names.unit(words, seat.unit), role=names.role(words, seat.role))
        for seat in one.seats
    ]
    if not seats:
        return one.name
    return words.text("NewcomerAsks.candidate", person=one.name, seats=names.joined(words, seats))


def _yes(view: NewcomerAsksSeen, words: Words) -> tuple[Choice, ...]:
    """Only one who can be meant is bound by a mere yes."""
    new = Choice(words.text("NewcomerAsks.yes_new"), _bind(view, words, words.text("newcomer.new")))
    if not view.people:
        return (new,)
    if len(view.people) == 1 and not view.rebind:
        (only,) = view.people
        label = words.text("NewcomerAsks.yes", person=_candidate(only, words))
        return (Choice(label, _bind(view, words)),)
    key = "NewcomerAsks.yes_rebind" if view.rebind else "NewcomerAsks.yes"
    each = (
        Choice(words.text(key, person=_candidate(one, words)), _bind(view, words, f"P{one.person}"))
        for one in view.people
    )
    return (*each, new)


def _bind(view: NewcomerAsksSeen, words: Words, whom: str = "") -> str:
    return " ".join(filter(None, (_roster(words, "bind"), f"N{view.newcomer}", whom)))


def _no(view: NewcomerAsksSeen, words: Words) -> Choice:
    return Choice(words.text("NewcomerAsks.no"), f"{_roster(words, 'decline')} N{view.newcomer}")


def _roster(words: Words, edit: str) -> str:
    """/名册 绑定, /roster bind."""
    return f"{names.command(words, 'roster')} {names.choice(words, 'edit', edit)}"


def newcomer_let_in(view: NewcomerSeen, words: Words) -> Message:
    """Let in, as whom (not in a group), and what became of what they typed."""
    number, seat = view.newcomer, _teachers_seat(view, words)
    if view.person is None:
        return message(view, words.text("NewcomerLetIn.in_group", newcomer=number))
    person = names.person(words, view.person)
    return message(
        view,
        words.text("NewcomerLetIn.title", newcomer=number, person=person),
        words.text("NewcomerLetIn.seat", seat=seat) if seat else None,
        words.text("NewcomerLetIn.seatless") if view.seatless else None,
        words.text("NewcomerLetIn.rebound") if view.rebound else None,
        words.text("NewcomerLetIn.kept") if view.kept else words.text("NewcomerLetIn.told"),
    )


def _teachers_seat(view: NewcomerSeen | WelcomeSeen, words: Words) -> str | None:
    if view.unit is None:
        return None
    unit, role = names.unit(words, view.unit), names.role(words, "teacher")
    return words.text("seat", unit=unit, role=role)


def newcomer_declined(view: NewcomerSeen, words: Words) -> Message:
    """Not let in, as asked."""
    return message(view, words.text("NewcomerDeclined.title", newcomer=view.newcomer))


def newcomer_settled(view: NewcomerSeen, words: Words) -> Message:
    """Somebody was first, and said yes or no."""
    key = "NewcomerSettled.let_in" if view.let_in else "NewcomerSettled.declined"
    by = names.person(words, view.by or names.GONE)
    return message(view, words.text(key, newcomer=view.newcomer, by=by))


def newcomer_gone(view: NewcomerSeen, words: Words) -> Message:
    """Nobody of that number waits here."""
    return message(view, words.text("NewcomerGone.title", newcomer=view.newcomer))


# --- binding by hand ----------------------------------------------------------------------


def only_by(view: OnlyBySeen, words: Words) -> Message:
    """This is for others to decide."""
    who = names.joined(words, (names.role(words, role) for role in view.who))
    person = view.person or words.text("person.someone")
    unit = names.unit(words, view.unit)
    return message(view, words.text(f"OnlyBy.{view.what}", who=who, person=person, unit=unit))


def account_bound(view: AccountSeen, words: Words) -> Message:
    """Whose account it is now, or was already."""
    key = "AccountBound.already" if view.already else "AccountBound.title"
    person, platform = names.person(words, view.person), names.platform(words, view.platform)
    return message(
        view,
        words.text(key, person=person, platform=platform),
        words.text("NewcomerLetIn.rebound") if view.rebound else None,
        words.text("NewcomerLetIn.kept") if view.kept else None,
    )


def account_bound_for_you(view: AccountSeen, words: Words) -> Message:
    """To the person: if it isn't theirs, somebody else would speak in their name."""
    by, platform = names.person(words, view.by), names.platform(words, view.platform)
    return message(
        view,
        words.text("AccountBoundForYou.title", by=by, platform=platform),
        words.text("AccountBoundForYou.mend"),
        sign=TELL,
    )


def rebind_asked(view: AccountSeen, words: Words) -> Message:
    """An account changes hands, or somebody changes accounts, only on a second yes."""
    person, platform = names.person(words, view.person), names.platform(words, view.platform)
    if view.holder is None:
        title = words.text("RebindAsked.other", person=person, platform=platform)
    else:
        title = words.text("RebindAsked.taken", holder=names.person(words, view.holder))
    return message(
        view,
        title,
        words.text("RebindAsked.then"),
        pick_hint(words, view, view.options),
        choices=choices(words, view, view.options),
    )


def platform_unknown(view: AccountSeen, words: Words) -> Message:
    """Which platforms there are."""
    known = names.joined(words, (names.platform(words, one) for one in view.platforms))
    return message(
        view,
        words.text("PlatformUnknown.title", platforms=known),
        words.text("example", example=words.text("command.roster.bind.example")),
    )


def room_bound(view: RoomSeen, words: Words) -> Message:
    """Told in the group itself."""
    unit = names.unit(words, view.unit)
    if view.before is None:
        key = "RoomBound.already" if view.already else "RoomBound.title"
        return message(view, words.text(key, unit=unit))
    before = names.unit(words, view.before)
    return message(view, words.text("RoomBound.changed", unit=unit, before=before))


def room_bound_for_you(view: RoomSeen, words: Words) -> Message:
    """To the liaisons of both units: which group of whose became whose."""
    by, unit = names.person(words, view.by), names.unit(words, view.unit)
    if view.before is None:
        title = words.text("RoomBoundForYou.title", by=by, unit=unit)
    else:
        before = names.unit(words, view.before)
        title = words.text("RoomBoundForYou.changed", by=by, unit=unit, before=before)
    return message(view, title, words.text("VisitShared.mend", by=by), sign=TELL)


def room_shown(view: RoomSeen, words: Words) -> Message:
    """Whose group it is; if nobody's, how it becomes somebody's."""
    bind = f"{_roster(words, 'bind')} {words.text('grade.example')}"
    if view.unit is None:
        return message(
            view,
            words.text("RoomShown.nobody"),
            words.text("RoomShown.how", example=bind),
            sign=TELL,
        )
    title = words.text("RoomShown.title", unit=names.unit(words, view.unit))
    return message(view, title, sign=TELL)


def not_in_group(view: RoomSeen, words: Words) -> Message:
    """It must be typed where it is to hold."""
    return message(view, words.text("NotInGroup.title", unit=names.unit(words, view.unit)))
