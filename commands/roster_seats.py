"""/roster changes who sits where: one leader for another, one teacher more, one admin less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.declarations import Action, Field
from commands.roster_parts import (
    ROLE,
    on_the_roster,
    tell_apart,
    the_colleague,
    the_place,
    the_role,
    the_start,
)
from commands.settling import ask_for, the_person
from commands.turn import Question, Told, Turn
from commands.units import the_unit
from domain.actions.roster import SeatsKept, SeatWish, give_seat, take_seats
from domain.errors import Refusal
from domain.notices.asking import ChoiceAsked, Dropped
from domain.notices.roster import SeatChanged, SeatOccupied, SeatRefused
from domain.notices.values import FieldSaid, Option, UnitRef
from domain.queries.seats import SeatFound, holding, seats_from, watchers_of
from domain.rules.policy import ROLES, Role
from domain.rules.seats import ONE_HOLDER

JOIN, REPLACE, LEAVE_IT, ALL_SEATS = "join", "replace", "leave_it", "all_seats"

_UNIT, _PERSON, _SINCE = Field("unit", "unit"), Field("person", "person"), Field("since", "start")
_NEEDED_ROLE = Field("role", "choice", required=True, choices=ROLES)
_NEEDED_PERSON = Field("person", "person", required=True)


def _edit(*words: str) -> Field:
    return Field("edit", "choice", required=True, choices=words)


SET = Action("set", (_UNIT, _NEEDED_ROLE, _NEEDED_PERSON, _SINCE), told_by="role")
ADD = Action("add", (_edit("add"), _UNIT, _NEEDED_ROLE, _NEEDED_PERSON, _SINCE))
REMOVE = Action("remove", (_edit("remove"), _UNIT, ROLE, _PERSON, _SINCE))


# --- giving -------------------------------------------------------------------------------


async def set_seat(turn: Turn) -> Sequence[Told]:
    """七年级 联系领导 蔡平: who has sat there goes, where only one can sit."""
    return await _give(turn, adding=False)


async def add_seat(turn: Turn) -> Sequence[Told]:
    """添加 七3 班主任 王芳: one more, where several can sit."""
    return await _give(turn, adding=True)


async def _give(turn: Turn, *, adding: bool) -> Sequence[Told]:
    await tell_apart(turn)
    role = the_role(turn)
    missing = [
        name for name, there in (("role", role), ("person", turn.last("person"))) if not there
    ]
    if role is None:
        raise ask_for(turn, *missing)
    place = await the_place(turn, role)
    since = the_start(turn)
    found = await the_colleague(turn)
    others = tuple(one for one in await holding(role, place, since) if one != found)
    replace = _instead(turn, role, place, others, adding=adding)
    wish = SeatWish(
        by=turn.asker.person,
        person=await on_the_roster(turn, found),
        role=role,
        place=place,
        since=since,
        replace=replace,
        watchers=await watchers_of(place, turn.today),
    )
    return _receipt(turn, await give_seat(wish))


def _instead(
    turn: Turn, role: Role, place: UnitRef, others: tuple[int, ...], *, adding: bool
) -> bool:
    """Whether the new one comes instead of who sits there; asked where it isn't sure."""
    one_only = role in ONE_HOLDER
    picked = turn.pick("instead")
    if picked == LEAVE_IT:
        raise Refusal(Dropped())
    if picked is not None:
        return picked == REPLACE
    unsure = bool(others) if one_only else len(others) == 1
    # 添加 where one can sit, and no 添加 where several can, may be meant either way.
    if unsure and adding is one_only:
        words = (REPLACE, LEAVE_IT) if one_only else (JOIN, REPLACE)
        options = tuple(Option("word", word) for word in words)
        notice = SeatOccupied(
            role=role,
            place=place,
            holders=others,
            options=options,
            understood=turn.understood(),
        )
        raise Question(notice, "instead", options)
    return one_only


def _receipt(turn: Turn, kept: SeatsKept) -> Sequence[Told]:
    notice = SeatChanged(changes=kept.changes, told=kept.told, understood=turn.understood())
    return [Told(notice)]


# --- taking -------------------------------------------------------------------------------


async def remove_seats(turn: Turn) -> Sequence[Told]:
    """移除 七3 班主任 王芳; what is left out is asked about where it isn't sure."""
    await tell_apart(turn)
    day = the_start(turn)
    role = the_role(turn)
    if role is None and turn.last("person") is None:
        raise ask_for(turn, "person")
    place = await _place_said(turn, role)
    person = await _person_said(turn)
    seats = await seats_from(day, role=role, place=place, person=person)
    if not seats:
        raise await _not_held(turn, role, place, person, day)
    going = seats if len(seats) == 1 else _picked(turn, seats, person)
    watchers = [one for seat in going for one in await watchers_of(seat.place, turn.today)]
    kept = await take_seats(
        turn.asker.person, tuple(seat.id for seat in going), day, tuple(watchers)
    )
    return _receipt(turn, kept)


async def _place_said(turn: Turn, role: Role | None) -> UnitRef | None:
    """Where the seat is, as far as it was said; with a person's name it may be left open."""
    said = turn.last("unit") is not None or turn.pick("unit") is not None
    if role is None:
        return (await the_unit(turn)).ref if said else None
    if not said and turn.last("person") is not None:
        return None
    return await the_place(turn, role)


async def _person_said(turn: Turn) -> int | None:
    picked, said = turn.pick("person"), turn.last("person")
    if isinstance(picked, int):
        turn.settle(FieldSaid("person", "person", picked))
        return picked
    if said is None:
        return None
    person = await the_person(turn, "person", said)
    turn.settle(FieldSaid("person", "person", person))
    return person


async def _not_held(
    turn: Turn, role: Role | None, place: UnitRef | None, person: int | None, day: date
) -> Refusal:
    holders = await holding(role, place, day) if role and place else ()
    notice = SeatRefused(
        why="not_held",
        role=role,
        place=place,
        person=person,
        holders=holders,
        understood=turn.understood(),
    )
    return Refusal(notice)


def _picked(turn: Turn, seats: tuple[SeatFound, ...], person: int | None) -> tuple[SeatFound, ...]:
    """Which of several seats; of one person all of them can be meant."""
    picked = turn.pick("seat")
    if picked == ALL_SEATS:
        return seats
    if isinstance(picked, int):
        return tuple(seat for seat in seats if seat.id == picked)
    people = dict.fromkeys(seat.person for seat in seats)
    if person is None and len(people) > 1:
        raise _which(turn, "person", tuple(Option("person", one) for one in people))
    if len({(seat.role, seat.place) for seat in seats}) == 1:
        return seats
    options = tuple(Option("seat", seat.id) for seat in seats)
    raise _which(turn, "seat", (*options, Option("word", ALL_SEATS)))


def _which(turn: Turn, field: str, options: tuple[Option, ...]) -> Question:
    notice = ChoiceAsked(field=field, options=options, understood=turn.understood())
    return Question(notice, field, options)
