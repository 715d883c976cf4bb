"""What will happen next to a problem if nobody does anything: its reminders and escalations.

One function for the workers, who do it, and for those who ask what will happen: both are told the
same. It looks at what has happened so far and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.rules.calendar import (
    at_hour,
    days_after,
    next_working,
    school_day,
    working_from,
    working_until,
)
from domain.rules.dues import after_reopening
from domain.rules.paces import first_heard, weekday_before, weekly_from
from domain.rules.plan_clock import RED_FLAG, Ladder, Rung
from domain.rules.plan_whole import Plan
from domain.rules.problem_states import ENDED
from domain.rules.rung_times import Coming, Times, in_danger, latest, since_of

# Those first named take the morning, others wait for the next one: a problem is spoken of once
# a morning. Those that look at others' mornings come after them.
_ORDER: tuple[Ladder, ...] = (
    "due",
    "tell",
    "review",
    "approve",
    "claim",
    "classify",
    "touch",
    "answer",
    "refer",
    "supervise",
)
# What a reopening leaves alone for some days; who is asked to agree or to tell is asked anew.
_HELD_BACK: frozenset[Ladder] = frozenset(
    {"due", "claim", "classify", "touch", "answer", "supervise"}
)


def coming(times: Times, plan: Plan, now: datetime | None = None) -> tuple[Coming, ...]:
    """All rungs that will still fire if nothing happens, the next first, one a morning.

    With `now`, what should have fired on an earlier day fires this working morning, or the next:
    of each ladder the highest rung alone. Of the weekly ones it is the next time. As long as a
    problem is open there is always something to come.
    """
    if times.state in ENDED:
        return ()
    placed: list[Coming] = []
    for ladder in _ORDER:
        since = since_of(ladder, times, placed, plan)
        if since is not None:
            placed += _climbed(plan.ladder(ladder), since, _View(times, plan, now), placed)
    return tuple(sorted((*_danger(times, plan), *placed), key=lambda one: one.at))


def next_step(times: Times, plan: Plan, now: datetime | None = None) -> Coming | None:
    """What happens next if nobody does anything; None where no rung is left."""
    return next(iter(coming(times, plan, now)), None)


def reached(times: Times, plan: Plan, now: datetime) -> Coming | None:
    """The rung that is to fire now, passing over those below it; None if it isn't time.

    Whoever fires it notes it in `fired` and asks again.
    """
    ripe = [one for one in coming(times, plan, now) if one.at <= now]
    if not ripe:
        return None
    *passed, highest = [one for one in ripe if one.ladder == ripe[0].ladder]
    over = tuple(key for one in passed for key in (*one.instead_of, one.rung))
    return replace(highest, instead_of=over + highest.instead_of)


def stands(rung: str, times: Times, fired_at: datetime, plan: Plan) -> bool:
    """Whether that of which a rung spoke, when it fired, is still so and need still be told."""
    if times.state in ENDED:
        return False
    try:
        fired = rung_of(plan, rung)
    except KeyError:
        return True
    if fired.does == "assign":
        return times.state == "assigned"
    if fired.to[0] == "responsible" and _changed_hands(times, fired_at):
        return False
    since = in_danger(times) if rung == RED_FLAG else since_of(fired.ladder, times, [], plan)
    if since is not None and fired.ladder == "due":
        # An extension moves it into the future.
        since = at_hour(_day(fired, since, plan), plan.pace.bundle_at)
    # What began anew meanwhile is told of in its own time.
    return since is not None and since <= fired_at


def _changed_hands(times: Times, since: datetime) -> bool:
    """Whether it was claimed, or sent back to the list, after that."""
    ends = (times.claimed_at, times.resumed_at if times.state == "listed" else None)
    return any(end is not None and end > since for end in ends)


def meant_for(coming: Coming, times: Times, plan: Plan) -> date | None:
    """The day that a step was meant for, if it is the calendar alone that moved it; else None."""
    since = since_of(coming.ladder, times, [], plan) if coming.ladder else None
    if since is None:
        return None
    rung, day = rung_of(plan, coming.rung), school_day(coming.at)
    if rung.every:
        meant = weekday_before(day, plan.pace)
        return meant if weekly_from(meant, plan.pace) == day else None
    meant = _meant(rung, since, plan)
    return meant if _day(rung, since, plan) == day else None


def rung_of(plan: Plan, key: str) -> Rung:
    """The plan's rung of that key; KeyError when it has it no more."""
    if key == RED_FLAG:
        return Rung(key, "claim", 0, "natural", plan.red_flags.then)
    for rung in plan.rungs:
        if rung.key == key:
            return rung
    raise KeyError(key)


def _danger(times: Times, plan: Plan) -> tuple[Coming, ...]:
    """When the leading group hears of a red flag that nobody has taken up: day or night."""
    since, fired = in_danger(times), times.fired.get(RED_FLAG)
    if since is None or (fired is not None and fired >= since):
        return ()
    return (Coming(RED_FLAG, since + timedelta(hours=plan.red_flags.claim_hours), None),)


@dataclass(frozen=True)
class _View:
    """What is asked of which plan, and when."""

    times: Times
    plan: Plan
    now: datetime | None

    def morning(self, day: date) -> datetime:
        """When the bundle goes out on that day."""
        return at_hour(day, self.plan.pace.bundle_at)

    def after(self, instant: datetime) -> date:
        """The first working day whose morning lies after the instant."""
        day = working_from(school_day(instant))
        return day if self.morning(day) > instant else next_working(day)

    def earliest(self, ladder: Ladder) -> date:
        """The first day on which a rung of that ladder may fire."""
        times = self.times
        # That it was listed, or came back, is told first.
        news = first_heard(latest(times.listed_at, times.resumed_at), self.plan.pace)
        days = [self.after(news)]
        # Danger is told of whenever it is, and keeps nothing else from its morning.
        if fired := [at for key, at in times.fired.items() if key != RED_FLAG]:
            days.append(next_working(school_day(max(fired))))
        if times.reopened_at is not None and ladder in _HELD_BACK:
            days.append(after_reopening(times.reopened_at, self.plan.clock))
        if self.now is not None:
            days.append(working_from(school_day(self.now)))
        return max(days)


def _climbed(
    rungs: tuple[Rung, ...], since: datetime, view: _View, placed: list[Coming]
) -> list[Coming]:
    """The rungs of one ladder that are still to come, each on a morning that is free."""
    taken = {school_day(one.at) for one in placed}
    climbed: list[Coming] = []
    for rung in _left(rungs, since, view):
        day = _weekly(rung, since, view, climbed) if rung.every else _day(rung, since, view.plan)
        day = max(day, view.earliest(rung.ladder))
        while day in taken:
            day = next_working(day)
        at = view.morning(day)
        # Several on one morning are one, the highest.
        below = climbed.pop() if climbed and climbed[-1].at >= at else None
        over = (*below.instead_of, below.rung) if below else ()
        climbed.append(Coming(rung.key, max(at, below.at) if below else at, rung.ladder, over))
    return climbed


def _left(rungs: tuple[Rung, ...], since: datetime, view: _View) -> tuple[Rung, ...]:
    """The rungs above the highest that has fired; of a reopened one, above those gone by."""
    times = view.times
    for place in reversed(range(len(rungs))):
        fired = times.fired.get(rungs[place].key)
        # An extension moves due, and a rung that fired before it doesn't fire again.
        if fired is not None and (rungs[place].ladder == "due" or fired >= since):
            rungs = rungs[place if rungs[place].every else place + 1 :]
            break
    if times.reopened_at is None or not rungs or rungs[0].ladder != "due":
        return rungs
    plan, reopened_at = view.plan, times.reopened_at
    ahead = [r for r in rungs if view.morning(_day(r, since, plan)) > reopened_at]
    # Where all have gone by, the last is what is left: nothing is forgotten for being old.
    return tuple(ahead) or rungs[-1:]


def _weekly(rung: Rung, since: datetime, view: _View, below: list[Coming]) -> date:
    """The next weekly day of a rung, behind that on which it fired last and what is below it."""
    passed = [since, *(one.at for one in below[-1:])]
    fired = view.times.fired.get(rung.key)
    if fired is not None and fired >= since:
        passed.append(fired)
    first = max(_day(rung, since, view.plan), next_working(school_day(max(passed))))
    return weekly_from(first, view.plan.pace)


def _day(rung: Rung, since: datetime, plan: Plan) -> date:
    """The working day of a rung: what leads up to due lies before a holiday, the rest after it.

    Working days after what somebody did count from when others could first hear of it.
    """
    day = _meant(rung, since, plan)
    return working_until(day) if rung.ladder == "due" and rung.days <= 0 else working_from(day)


def _meant(rung: Rung, since: datetime, plan: Plan) -> date:
    """The day of a rung, free or not."""
    acts = rung.count == "working" and rung.ladder not in ("due", "review")
    since = first_heard(since, plan.pace) if acts else since
    return days_after(school_day(since), rung.days, rung.count)
