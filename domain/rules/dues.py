"""When a problem must be answered: fifteen days from the day on which it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.rules.plan_clock import Clock

_SCHOOL_TIME = ZoneInfo("Asia/Shanghai")


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
    """Due at the plan's hour (school time) on day `clock.days`, extensions added."""
    day = start + timedelta(days=clock.days + extended_days)
    return datetime.combine(day, time(clock.due_at.hour, clock.due_at.minute), _SCHOOL_TIME)


def day_of(start: date, today: date) -> int:
    """How many days the clock has run."""
    return (today - start).days
