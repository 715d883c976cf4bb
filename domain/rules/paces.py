"""When somebody is spoken to: at once, but in hours and days of rest only the next morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.rules.calendar import SCHOOL_TIME, at_hour, is_working, next_working, working_from
from domain.rules.plan_clock import Pace, Weekday
from domain.rules.plan_whole import Plan

_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


def is_quiet(instant: datetime, pace: Pace) -> bool:
    """Whether it is one of the hours of the night in which nobody is disturbed.

    They begin with `quiet_from` and are over at `quiet_until`.
    """
    at = instant.astimezone(SCHOOL_TIME).time()
    start, end = pace.quiet_from, pace.quiet_until
    return start <= at < end if start < end else at >= start or at < end


def prompt_at(instant: datetime, pace: Pace) -> datetime | None:
    """That instant itself if people may be spoken to then; None if it must wait for a morning."""
    day = instant.astimezone(SCHOOL_TIME).date()
    return instant if is_working(day) and not is_quiet(instant, pace) else None


def rests(instant: datetime, since: datetime, pace: Pace) -> bool:
    """Whether who was to be spoken to at `since`, and wasn't, is better left alone by now.

    What was meant for a day of rest may come as long as that day isn't over.
    """
    same_day = instant.astimezone(SCHOOL_TIME).date() == since.astimezone(SCHOOL_TIME).date()
    if is_quiet(instant, pace):
        return True
    return not same_day and prompt_at(instant, pace) is None


def is_over(instant: datetime, pace: Pace) -> bool:
    """Whether that day's morning has been and nobody is spoken to any more until the next."""
    day = instant.astimezone(SCHOOL_TIME).date()
    return instant >= at_hour(day, pace.bundle_at) and is_quiet(instant, pace)


def bundle_of(instant: datetime, pace: Pace, *, teacher: bool = False) -> datetime:
    """The morning whose bundle holds what arises at that instant.

    As long as people may be spoken to, it is still this morning's, said late; else the next
    working morning's, for a `teacher` that of the next of their days.
    """
    day = instant.astimezone(SCHOOL_TIME).date()
    day = working_from(day + _DAY if is_over(instant, pace) else day)
    while teacher and not is_teachers(day, pace):
        day = next_working(day)
    return at_hour(day, pace.bundle_at)


def first_heard(instant: datetime, pace: Pace) -> datetime:
    """When what somebody does at that instant can first reach another: then, or in the morning."""
    return prompt_at(instant, pace) or bundle_of(instant, pace, teacher=False)


def weekly_from(day: date, pace: Pace) -> date:
    """The first day from `day` on that has the weekly reminders.

    That is the plan's weekday, or the first working day after it where nobody works on it.
    """
    weekday = weekday_before(day, pace)
    while (weekly := working_from(weekday)) < day:
        weekday += 7 * _DAY
    return weekly


def weekday_before(day: date, pace: Pace) -> date:
    """The plan's weekday of the weekly reminders that is `day` or the last before it."""
    return day - _DAY * ((day.weekday() - _WEEK.index(pace.weekly_on)) % 7)


def in_vacation(day: date, plan: Plan) -> bool:
    """Whether the school is on vacation, both ends included."""
    return any(vacation.start <= day <= vacation.end for vacation in plan.vacations)


def nudged_on(day: date, plan: Plan) -> bool:
    """Whether people are nudged that day about visits and talks: not in a vacation.

    Unless the campaign sends them out in it, as the plan's own does in August. What a problem asks
    of somebody is told as ever: a family that waits has no vacation.
    """
    return not in_vacation(day, plan) or "visit" in plan.phases_on(day)


def is_teachers(day: date, pace: Pace) -> bool:
    """Whether teachers get their reminders on that working day: on one of their weekdays.

    A weekday of theirs that isn't worked counts on the next working day.
    """
    if not is_working(day):
        return False
    while _WEEK[day.weekday()] not in pace.teacher_days:
        day -= _DAY
        if is_working(day):
            return False
    return True
