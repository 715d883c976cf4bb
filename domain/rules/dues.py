"""When a problem must be answered: fifteen days from the day on which it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.rules.calendar import at_hour, days_after, days_between, school_day, working_days_after
from domain.rules.plan_clock import Clock


@dataclass(frozen=True)
class Start:
    """Day 0 of the clock; `late_by` is how many days too late it was recorded, 0 when in time."""

    day: date
    late_by: int


def starts(heard_on: date, recorded_on: date, clock: Clock) -> Start:
    """The clock starts when the words are heard; when recorded too late, on that day."""
    late = (recorded_on - heard_on).days
    return Start(recorded_on, late) if late > clock.late_recording_days else Start(heard_on, 0)


def due(start: date, clock: Clock, extended_days: int = 0) -> datetime:
    """Due at the plan's hour (school time) on day `clock.days`, extensions added.

    Holiday or not: natural days are never moved (the plan's fifteen days). Extensions are counted
    as the plan counts the days.
    """
    return at_hour(days_after(start, clock.days + extended_days, clock.count), clock.due_at)


def day_of(start: date, today: date, clock: Clock) -> int:
    """How many days the clock has run by `today`, counted as the plan counts them."""
    return days_between(start, today, clock.count)


def after_reopening(reopened_at: datetime, clock: Clock) -> date:
    """The day before which no rung comes once it is reopened: some working days later."""
    return working_days_after(school_day(reopened_at), clock.reopened_working_days)
