"""What will happen next to a problem if nobody does anything: its reminders and escalations.

One function for the workers, who do it, and for those who ask what will happen: both are told the
same. It looks at what has happened so far and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

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
from domain.rules.problem_states import ENDED, OWED, State


@dataclass(frozen=True)
class Times:
    """What happened to a problem, as far as its rungs depend on it; instants with their zone.

    `started_on` is day 0, `due` with its extensions. `listed_at` is when it was recorded,
    `resumed_at` when it last came back to be worked on: returned, split off, reopened, kept
    instead of referred, taken up again after it was parked. `alerted_at` is when danger was told
    of, for a red flag. `touched_at` is the last sign of life (claim, assignment, note, "still
    mine"), `solved_at` when there was an answer, the bureau's included, `referred_at` when it went
    to the bureau. `approval_asked_at` is that of the oldest approval that is open. `fired` is when
    each rung fired last.
    """

    state: State
    started_on: date
    due: datetime
    listed_at: datetime
    resumed_at: datetime | None = None
    classified: bool = False
    alerted_at: datetime | None = None
    claimed_at: datetime | None = None
    touched_at: datetime | None = None
    asked_still_at: datetime | None = None
    solved_at: datetime | None = None
    referred_at: datetime | None = None
    review_on: date | None = None
    approval_asked_at: datetime | None = None
    reopened_at: datetime | None = None
    fired: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Coming:
    """A rung and when it fires; a red flag's has no ladder.

    Lower ones of its ladder that would have fired with it or before are passed over and stand in
    `instead_of`.
    """

    rung: str
    at: datetime
    ladder: Ladder | None
    instead_of: tuple[str, ...] = ()


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
_CLAIMED: frozenset[State] = frozenset({"claimed", "assigned"})
_AT_WORK: frozenset[State] = _CLAIMED | {"listed"}
_TO_TELL: frozenset[State] = frozenset({"solved", "answered"})
# What a reopening leaves alone for some days; who is asked to agree or to tell is asked anew.
_HELD_BACK: frozenset[Ladder] = frozenset(
    {"due", "claim", "classify", "touch", "answer", "supervise"}
)
_MIDNIGHT = time()


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
        since = _since(ladder, times, placed, plan)
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
    since = _in_danger(times) if rung == RED_FLAG else _since(fired.ladder, times, [], plan)
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
    since = _since(coming.ladder, times, [], plan) if coming.ladder else None
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
    since, fired = _in_danger(times), times.fired.get(RED_FLAG)
    if since is None or (fired is not None and fired >= since):
        return ()
    return (Coming(RED_FLAG, since + timedelta(hours=plan.red_flags.claim_hours), None),)


def _in_danger(times: Times) -> datetime | None:
    """From when a red flag waits for somebody to take it up; None once somebody has.

    To ask the bureau for it is no such thing.
    """
    taken = times.state != "listed" and not (
        times.state == "referral_asked" and times.claimed_at is None
    )
    if times.alerted_at is None or taken:
        return None
    return _latest(times.alerted_at, times.resumed_at, times.reopened_at)


def _since(ladder: Ladder, times: Times, placed: list[Coming], plan: Plan) -> datetime | None:
    """From when the ladder counts; None while nobody waits for that."""
    match ladder:
        case "touch":
            return _touched(times) or _will_be_assigned(placed, plan)
        case "answer":
            return _asked(times) or _first(placed, "touch")
        case "supervise":
            return _supervised(times, plan) if times.state in OWED else None
        case _:
            return _waits(ladder, times)


def _waits(ladder: Ladder, times: Times) -> datetime | None:
    """The same of those that depend on what has happened alone."""
    review = times.review_on if times.state == "parked" else None
    since: dict[Ladder, datetime | None] = {
        "due": times.due if times.state in OWED else None,
        "approve": times.approval_asked_at,
        "tell": times.solved_at if times.state in _TO_TELL else None,
        "review": at_hour(review, _MIDNIGHT) if review else None,
        "claim": _on_list(times) if times.state == "listed" else None,
        "classify": _on_list(times) if times.state in _AT_WORK and not times.classified else None,
        "refer": (times.referred_at or times.listed_at) if times.state == "referred" else None,
    }
    return since[ladder]


def _on_list(times: Times) -> datetime:
    """It waits for its category and its claim since it was heard, or since it came back."""
    recorded = times.listed_at if school_day(times.listed_at) == times.started_on else None
    heard = recorded or at_hour(times.started_on, _MIDNIGHT)
    return _latest(heard, times.resumed_at, times.reopened_at)


def _touched(times: Times) -> datetime | None:
    first = times.claimed_at or times.touched_at
    return _latest(first, times.touched_at) if first and times.state in _CLAIMED else None


def _asked(times: Times) -> datetime | None:
    """When it was asked "still yours?", if that hasn't been answered."""
    touched, asked = _touched(times), times.asked_still_at
    return asked if touched and asked and asked >= touched else None


def _will_be_assigned(placed: list[Coming], plan: Plan) -> datetime | None:
    """Whoever is going to be assigned is expected to touch it from then on."""
    assigning = {rung.key for rung in plan.rungs if rung.does == "assign"}
    return next((one.at for one in placed if one.rung in assigning), None)


def _supervised(times: Times, plan: Plan) -> datetime | None:
    """Since when all that can come of its being due has come, and it is overdue."""
    fired = times.fired.get(plan.ladder("due")[-1].key)
    return _latest(fired, times.due, times.resumed_at, times.reopened_at) if fired else None


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max((first, *(other for other in others if other is not None)))


def _first(placed: list[Coming], ladder: Ladder) -> datetime | None:
    return next((one.at for one in placed if one.ladder == ladder), None)


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
        news = first_heard(_latest(times.listed_at, times.resumed_at), self.plan.pace)
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
