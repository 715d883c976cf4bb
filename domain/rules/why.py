"""Why a problem's days are the days they are, where a reader would wonder: reasons, not words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.rules.calendar import makes_up, provisional, rest, school_day
from domain.rules.dues import day_of
from domain.rules.plan_whole import Plan
from domain.rules.problem_states import OWED
from domain.rules.rung_times import Coming, Times
from domain.rules.rungs import meant_for

Code = Literal["late", "extended", "due_at_rest", "earlier", "later", "made_up", "provisional"]


@dataclass(frozen=True)
class Extension:
    """So many more days, who agreed to them, and on which day."""

    days: int
    by: int | None
    on: date


@dataclass(frozen=True)
class Next:
    """The step that is next, and on which day its receiver hears it."""

    coming: Coming
    heard_on: date


@dataclass(frozen=True)
class Seen:
    """The days of a problem that a reader sees today."""

    times: Times
    heard_on: date
    today: date
    extensions: tuple[Extension, ...] = ()
    next: Next | None = None


@dataclass(frozen=True)
class Why:
    """One reason, about `day`.

    `late`: the clock starts on `day`, when it was recorded, `days` after it was heard. `extended`:
    `days` more, which `by` agreed to on `day`. `due_at_rest`: it is due on `day`, number `days`,
    although nobody works then. `earlier`, `later`: the next rung falls on `meant`, on which nobody
    works, and comes on `day`. `made_up`: `day` is a weekend's, and worked. `provisional`: nobody
    knows yet which days of the year of `day` are free. `rest` says why nobody works.
    """

    code: Code
    day: date
    days: int = 0
    by: int | None = None
    rest: str | None = None
    meant: date | None = None


def why_days(seen: Seen, plan: Plan) -> tuple[Why, ...]:
    """What there is to explain of the days of a problem; nothing of most."""
    owed = seen.times.state in OWED
    moved = _moved(seen.next, seen.times, plan) if seen.next else None
    reasons = (
        _late(seen),
        *(_extended(one) for one in seen.extensions if owed),
        _due_at_rest(seen, plan) if owed else None,
        moved,
        _made_up(seen.next) if seen.next else None,
        _provisional(seen, owed=owed),
    )
    return tuple(one for one in reasons if one is not None)


def _late(seen: Seen) -> Why | None:
    lag = (seen.times.started_on - seen.heard_on).days
    return Why("late", seen.times.started_on, lag) if lag > 0 else None


def _extended(one: Extension) -> Why:
    return Why("extended", one.on, one.days, one.by)


def _due_at_rest(seen: Seen, plan: Plan) -> Why | None:
    """As long as it lies ahead: natural days are never moved."""
    day = school_day(seen.times.due)
    why = rest(day)
    if why is None or day < seen.today:
        return None
    return Why("due_at_rest", day, day_of(seen.times.started_on, day, plan.clock), rest=why)


def _moved(step: Next, times: Times, plan: Plan) -> Why | None:
    """Where the calendar moved it, and the reader hears it on the day to which it did."""
    meant, day = meant_for(step.coming, times, plan), school_day(step.coming.at)
    why = rest(meant) if meant else None
    if meant is None or why is None or step.heard_on != day:
        return None
    return Why("earlier" if day < meant else "later", day, rest=why, meant=meant)


def _made_up(step: Next) -> Why | None:
    day = step.heard_on
    return Why("made_up", day) if makes_up(day) else None


def _provisional(seen: Seen, *, owed: bool) -> Why | None:
    """Of the first year that is counted without its order, among those that the reader sees."""
    ahead = [school_day(seen.times.due)] if owed else []
    ahead += [seen.next.heard_on] if seen.next else []
    days = [day for day in ahead if day >= seen.today]
    years = provisional(seen.today, max(days)) if days else ()
    return Why("provisional", date(years[0], 1, 1)) if years else None
