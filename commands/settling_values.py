"""From what was typed to plain values: a day to come, how many people, one of the choices."""

from __future__ import annotations

from datetime import date

from commands.parsing.counts import parse_count
from commands.parsing.dates import parse_day
from commands.settling import ask_for
from commands.turn import Question, Turn
from domain.notices.arrangements import DayPast
from domain.notices.values import FieldSaid

# Nobody's talk is heard by more.
_MOST_ATTENDING = 20_000


def the_day_ahead(turn: Turn) -> date:
    """The day it is to happen, which must be said; never one that is over."""
    said = turn.last("day")
    day = parse_day(said, turn.today, ahead=True) if said is not None else None
    if day is None:
        raise ask_for(turn, "day")
    if day < turn.today:
        notice = DayPast(day=day, today=turn.today, understood=turn.understood())
        raise Question(notice, "day")
    turn.settle(FieldSaid("day", "plain", day.isoformat()))
    return day


def the_count(turn: Turn, field: str) -> int | None:
    """How many people, when it was said."""
    said = turn.last(field)
    if said is None:
        return None
    count = parse_count(said)
    if count is None or not 0 < count <= _MOST_ATTENDING:
        raise ask_for(turn, field)
    turn.settle(FieldSaid(field, "plain", count))
    return count


def the_choice(turn: Turn, field: str) -> str | None:
    """The choice that was made for a field that has no usual one; None when none was."""
    said = turn.last(field)
    chosen = turn.lexicon.choice(field, said) if said is not None else None
    if chosen is not None:
        turn.settle(FieldSaid(field, "plain", chosen))
    return chosen
