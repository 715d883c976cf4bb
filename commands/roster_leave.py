"""/roster notes who is away from when to when, and who stands in; not why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from chat.words import languages, words
from commands.declarations import Action, Field
from commands.parsing.plain import plain
from commands.parsing.ranges import LONGEST, Days, parse_days
from commands.roster_parts import gone, unreadable
from commands.settling import ask_for, the_person
from commands.turn import Question, Told, Turn
from domain.actions.leaves import LeaveWish, end_leave, note_leave
from domain.errors import Refusal
from domain.notices.asking import ChoiceAsked
from domain.notices.leaves import LeaveEnded, LeaveNoted, LeaveNotYours, LeaveRefused
from domain.notices.values import FieldSaid, Option, UnitRef
from domain.queries.leaves import LeaveFound, leaves_from, next_up, stood_in_for
from domain.queries.people import standing_of
from domain.queries.seats import seats_from, watchers_of
from domain.queries.units import root_unit
from domain.rules.policy import Scope, Standing, Target, reaches, row

LEAVE = Action(
    "leave",
    (
        Field("edit", "choice", required=True, choices=("leave", "back")),
        Field("person", "person"),
        Field("days", "days", required=True),
        Field("deputy", "person", loose=True),
        Field("ends", "choice", choices=("cancel",)),
        # What people add out of habit is understood and kept nowhere.
        Field("reason", "choice", choices=("unsaid",)),
    ),
)


async def leave(turn: Turn) -> Sequence[Told]:
    """Note a leave, or that somebody is back."""
    _sort_out(turn)
    person = await _who(turn)
    if not await _may_note(turn, person):
        raise Refusal(LeaveNotYours(person=person, understood=turn.understood()))
    if turn.last("ends") or turn.lexicon.choice("edit", turn.last("edit") or "") == "back":
        return await _end(turn, person)
    return await _note(turn, person)


def _sort_out(turn: Turn) -> None:
    """孙茜代理 names who stands in, whatever its place; 由孙茜代理 does too."""
    labels = turn.lexicon.actions[turn.command.name, turn.action.name].labels
    endings = [label for label, field in labels.items() if field == "deputy"]
    for name in ("person", "deputy"):
        said = turn.last(name) or ""
        bare = next((said.removesuffix(one) for one in endings if said.endswith(one)), said)
        if bare == said or not bare:
            continue
        turn.filling.put("deputy", bare)
        if name == "person":
            turn.filling.put("person")


async def _who(turn: Turn) -> int:
    """The person who was named; oneself when nobody was."""
    said = turn.last("person")
    own = said is None or plain(said) in _me()
    person = turn.asker.person if own else await the_person(turn, "person", said or "")
    turn.settle(FieldSaid("person", "person", person))
    return person


@cache
def _me() -> frozenset[str]:
    spoken = (words(language) for language in languages())
    return frozenset(plain(one) for each in spoken for one in each.names("reply.me.words"))


async def _may_note(turn: Turn, person: int) -> bool:
    """One's own leave always; another's who sits nowhere but in one's own unit, or anywhere.

    A liaison who could name a stand-in for a leader of several units would reach beyond the
    own one by it.
    """
    if person == turn.asker.person:
        return True
    scopes = row("roster", "leave").scopes
    # With a class, or as what one is, one answers for oneself alone.
    wide = tuple(seat for seat in turn.asker.standing.seats if scopes[seat.role] > Scope.OWN)
    asker = Standing(turn.asker.person, wide)
    if any(scopes[seat.role] is Scope.SCHOOL for seat in wide):
        return True
    seats = (await standing_of(person, turn.today)).seats
    own = [seat for seat in seats if seat.for_person is None]
    return bool(own) and all(
        reaches(asker, scopes, Target(seat.unit, seat.grade, seat.school_class)) for seat in own
    )


# --- away ---------------------------------------------------------------------------------


async def _note(turn: Turn, person: int) -> Sequence[Told]:
    first, last = _days(turn, person)
    said = turn.last("deputy")
    deputy = await the_person(turn, "deputy", said) if said else None
    if deputy is not None:
        turn.settle(FieldSaid("deputy", "person", deputy))
    passed_to = await next_up(person, max(first, turn.today)) if deputy is None else None
    wish = LeaveWish(
        by=turn.asker.person,
        person=person,
        since=first,
        until=last,
        today=turn.today,
        deputy=deputy,
        passed_to=passed_to,
        watchers=await _watchers(turn, person),
    )
    kept = await note_leave(wish)
    notice = LeaveNoted(
        change=kept.change,
        told=kept.told,
        passed_to=passed_to,
        covers=await stood_in_for(person, max(first, turn.today), last),
        understood=turn.understood(),
    )
    return [Told(notice)]


def _days(turn: Turn, person: int) -> tuple[date, date]:
    """The days, the last of which isn't over; asks for them, and for an end."""
    said = turn.last("days")
    if said is None:
        raise ask_for(turn, "days")
    days = parse_days(said, turn.today)
    if days is None:
        raise unreadable(turn, "days", said)
    if days.last is None:
        raise ask_for(turn, "days")
    if days.last < turn.today:
        raise gone(turn, "days", days.last)
    if days.last - days.first >= timedelta(LONGEST):
        notice = LeaveRefused(why="too_long", person=person, understood=turn.understood())
        raise Question(notice, "days")
    turn.settle(FieldSaid("days", "plain", f"{days.first}/{days.last}"))
    return days.first, days.last


async def _watchers(turn: Turn, person: int) -> tuple[int, ...]:
    """The leader and the liaison of each unit in which the person sits.

    The whole school is none of these: nobody has to hear of everybody's leave.
    """
    seats = await seats_from(turn.today, person=person)
    root = UnitRef(unit=(await root_unit()).id)
    places = dict.fromkeys(seat.place for seat in seats if seat.since <= turn.today)
    return tuple(
        dict.fromkeys(
            [
                one
                for place in places
                if place != root
                for one in await watchers_of(place, turn.today)
            ]
        )
    )


# --- back ---------------------------------------------------------------------------------


async def _end(turn: Turn, person: int) -> Sequence[Told]:
    leave = _picked(turn, person, await leaves_from(turn.today, person=person))
    kept = await end_leave(turn.asker.person, leave.id, turn.today, await _watchers(turn, person))
    notice = LeaveEnded(change=kept.change, told=kept.told, understood=turn.understood())
    return [Told(notice)]


def _picked(turn: Turn, person: int, leaves: tuple[LeaveFound, ...]) -> LeaveFound:
    """The leave that ends: of several that of the days said, or the one picked."""
    said, picked = turn.last("days"), turn.pick("days")
    if isinstance(picked, str):
        leaves = tuple(one for one in leaves if one.since.isoformat() == picked)
    elif said is not None:
        days = parse_days(said, turn.today)
        if days is None:
            raise unreadable(turn, "days", said)
        leaves = tuple(one for one in leaves if _meets(one, days))
    if not leaves:
        raise Refusal(LeaveRefused(why="none", person=person, understood=turn.understood()))
    if len(leaves) > 1:
        options = tuple(Option("day", one.since.isoformat()) for one in leaves)
        choice = ChoiceAsked(field="days", options=options, understood=turn.understood())
        raise Question(choice, "days", options)
    return leaves[0]


def _meets(leave: LeaveFound, days: Days) -> bool:
    return leave.until >= days.first and (days.last is None or leave.since <= days.last)
