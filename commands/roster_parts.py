"""The parts of what /roster does: which role, where, who, from which day on."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import process

from commands.declarations import Field
from commands.parsing.classes import parse_class
from commands.parsing.plain import plain
from commands.parsing.ranges import parse_start
from commands.settling import ask_for
from commands.turn import Question, Turn
from commands.units import Meant, the_unit
from domain.actions.school import add_person
from domain.errors import Refusal
from domain.house import house
from domain.notices.asking import ChoiceAsked, DidYouMean
from domain.notices.roster import DayGone, DaysUnreadable, SeatRefused
from domain.notices.values import FieldSaid, Option, UnitRef
from domain.queries.people import LONGEST_NAME, TITLES, all_names, names_of, people_called
from domain.queries.units import root_unit, units_called
from domain.rules.policy import ROLES, Role
from domain.rules.seats import OF_THE_SCHOOL, PlaceKind, sits_in

ROLE = Field("role", "choice", choices=ROLES)
NEW_COLLEAGUE = "new_colleague"
_NEAR = 60
_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}|[^\W\d_]+(?:[ '’.-][^\W\d_]+){0,3}")


async def tell_apart(turn: Turn) -> None:
    """A name may stand where a unit may: 移除 王芳, 管理员 方正, 蔡平 七年级 联系领导."""
    unit, person = turn.last("unit"), turn.last("person")
    if unit is None or turn.pick("unit") is not None or await _is_a_unit(unit):
        return
    if person is None or await _is_a_unit(person):
        turn.filling.put("person", unit)
        turn.filling.put("unit", *([person] if person else []))


async def _is_a_unit(said: str) -> bool:
    return parse_class(said) is not None or bool(await units_called(said))


# --- role and place -----------------------------------------------------------------------


def the_role(turn: Turn) -> Role | None:
    """The role that was said."""
    said = turn.last("role")
    role = turn.lexicon.choice("role", said) if said else None
    if role is not None:
        turn.settle(FieldSaid("role", "plain", role))
    return next((one for one in ROLES if one == role), None)


async def the_place(turn: Turn, role: Role) -> UnitRef:
    """Where the seat is; asks when it must be said, and says so when it can't be there.

    The school's own roles sit at its root, and the office where the plan puts it.
    """
    said = turn.last("unit") is not None or turn.pick("unit") is not None
    if not said and role in OF_THE_SCHOOL:
        return UnitRef(unit=(await root_unit()).id)
    if not said and role == "office":
        return UnitRef(unit=(await units_called(house().plan.roster.office))[0].id)
    # A group is a grade's, while most teachers sit in a class.
    if not said and (turn.room_unit is None or role == "teacher"):
        raise ask_for(turn, "unit")
    meant = await the_unit(turn, "room")
    if not sits_in(role, _kind(meant)):
        raise Refusal(
            SeatRefused(why="elsewhere", role=role, place=meant.ref, understood=turn.understood())
        )
    # 全校 may be meant without a unit of its own.
    return meant.ref if meant.ref != UnitRef() else UnitRef(unit=(await root_unit()).id)


def _kind(meant: Meant) -> PlaceKind:
    if meant.school_class is not None:
        return "class"
    return "school" if meant.unit is None or meant.unit.kind == "school" else "unit"


# --- days ---------------------------------------------------------------------------------


def the_start(turn: Turn) -> date:
    """The day from which on it holds: today unless another was said, and never one gone by."""
    said = turn.last("since")
    day = turn.today if said is None else parse_start(said, turn.today)
    if day is None:
        raise unreadable(turn, "since", said or "")
    if day < turn.today:
        raise gone(turn, "since", day)
    turn.settle(FieldSaid("since", "plain", day.isoformat()))
    return day


def unreadable(turn: Turn, field: str, said: str) -> Question:
    """The day, or the days, can't be told."""
    notice = DaysUnreadable(
        field=field, typed=turn.echo.keep(said), today=turn.today, understood=turn.understood()
    )
    return Question(notice, field)


def gone(turn: Turn, field: str, day: date) -> Question:
    """That day is over."""
    notice = DayGone(field=field, day=day, today=turn.today, understood=turn.understood())
    return Question(notice, field)


# --- people -------------------------------------------------------------------------------


async def the_colleague(turn: Turn) -> int | str:
    """One of the school's people, or the name of one who is to be put on the roster now.

    A name that only sounds the same (王方 for 王芳) is asked about: it may be somebody new.
    """
    said = turn.last("person")
    if said is None:
        raise ask_for(turn, "person")
    picked = turn.pick(f"person:{said}")
    if isinstance(picked, int):
        return picked
    name = _as_name(said)
    if picked == NEW_COLLEAGUE:
        return name
    found = await people_called(said)
    known = set((await names_of(set(found))).values())
    if len(found) == 1 and (known == {name} or _not_spelt_out(name)):
        return found[0]
    if len(found) > 1 and known == {name}:
        raise _asked(turn, said, tuple(Option("person", one) for one in found), unknown=False)
    near = found or await _near(name)
    new = [Option("word", NEW_COLLEAGUE)] if _may_be_new(name) else []
    options = (*(Option("person", one) for one in near), *new)
    raise _asked(turn, said, options, unknown=True)


async def on_the_roster(turn: Turn, found: int | str) -> int:
    """The person's id; who is new is put on the roster."""
    person = await add_person(found) if isinstance(found, str) else found
    turn.settle(FieldSaid("person", "person", person))
    return person


def _as_name(said: str) -> str:
    name = " ".join(said.strip().removeprefix("@").split())
    return name if name.isascii() else name.replace(" ", "")


def _not_spelt_out(name: str) -> bool:
    """Whether it is a sound (cai ping) or a title (蔡主任), which names nobody new."""
    return name.isascii() or name.endswith(TITLES)


def _may_be_new(name: str) -> bool:
    spelt = _NAME.fullmatch(name) is not None and len(name) <= LONGEST_NAME
    return spelt and not name.endswith(TITLES) and plain(name) not in ("无", "没有")


def _asked(turn: Turn, said: str, options: tuple[Option, ...], *, unknown: bool) -> Question:
    typed, understood = turn.echo.keep(said), turn.understood()
    if unknown:
        notice = DidYouMean(
            what="person", typed=typed, options=options, field="person", understood=understood
        )
        return Question(notice, f"person:{said}", options)
    choice = ChoiceAsked(field="person", options=options, typed=typed, understood=understood)
    return Question(choice, f"person:{said}", options)


async def _near(said: str) -> list[int]:
    names = await all_names() if len(said) <= LONGEST_NAME else {}
    best = process.extract(said, names, limit=3, score_cutoff=_NEAR)
    return [person for _name, _score, person in best]
