"""What a problem's rungs depend on, and from when each ladder of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from domain.rules.calendar import at_hour, school_day
from domain.rules.plan_clock import Ladder
from domain.rules.plan_whole import Plan
from domain.rules.problem_states import OWED, State

_CLAIMED: frozenset[State] = frozenset({"claimed", "assigned"})
_AT_WORK: frozenset[State] = _CLAIMED | {"listed"}
_TO_TELL: frozenset[State] = frozenset({"solved", "answered"})
_MIDNIGHT = time()


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


def in_danger(times: Times) -> datetime | None:
    """From when a red flag waits for somebody to take it up; None once somebody has.

    To ask the bureau for it is no such thing.
    """
    taken = times.state != "listed" and not (
        times.state == "referral_asked" and times.claimed_at is None
    )
    if times.alerted_at is None or taken:
        return None
    return latest(times.alerted_at, times.resumed_at, times.reopened_at)


def since_of(ladder: Ladder, times: Times, placed: list[Coming], plan: Plan) -> datetime | None:
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
    return latest(heard, times.resumed_at, times.reopened_at)


def _touched(times: Times) -> datetime | None:
    first = times.claimed_at or times.touched_at
    return latest(first, times.touched_at) if first and times.state in _CLAIMED else None


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
    return latest(fired, times.due, times.resumed_at, times.reopened_at) if fired else None


def latest(first: datetime, *others: datetime | None) -> datetime:
    """The last of those that have been."""
    return max((first, *(other for other in others if other is not None)))


def _first(placed: list[Coming], ladder: Ladder) -> datetime | None:
    return next((one.at for one in placed if one.ladder == ladder), None)
