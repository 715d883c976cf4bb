"""What a month costs in messages: each duty times its people times how often its rule comes."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.rules.calendar import SCHOOL_TIME, is_working
from domain.rules.digests import digest_after
from domain.rules.evenings import after_evening
from domain.rules.paces import bundle_of
from domain.rules.plan_whole import Plan
from domain.rules.preflight import after_preflight

_After = Callable[[datetime], datetime]


@dataclass(frozen=True)
class SchoolSize:
    """An invented school: how many there are, and how much happens in a month.

    `busy_teachers` are those who have something to hear on each of their mornings.
    """

    leaders: int = 15
    digest_readers: int = 10
    admins: int = 1
    busy_teachers: int = 24
    visits: int = 400
    problems: int = 60
    # Heard, claimed, solved, told: each tells about two people at once.
    told_per_problem: int = 8
    # What is typed for a problem, its claim, its progress, its answer.
    typed_per_problem: int = 5
    recorders: int = 15


@dataclass(frozen=True)
class Line:
    """One duty in a month: for how many people, how often, and under which quota of the two.

    `times` are mornings, weeks or evenings by the calendar, or what happens by the school's size.
    """

    duty: str
    people: int
    times: int
    quota: str

    @property
    def messages(self) -> int:
        """How many come of it, if each time there is something to say."""
        return self.people * self.times


def month_load(plan: Plan, year: int, month: int, size: SchoolSize) -> list[Line]:
    """The month's lines, the most first within each quota; nothing is told together here."""
    mornings = len(set(_bundles(plan, year, month, teacher=False)))
    teachers = len(set(_bundles(plan, year, month, teacher=True)))
    pace = plan.pace
    digests = _times(year, month, lambda at: digest_after(at, pace))
    preflights = _times(year, month, lambda at: after_preflight(at, plan))
    evenings = sum(
        is_working(at.date()) for at in _moments(year, month, lambda at: after_evening(at, plan))
    )
    lines = [
        Line("visit", 1, size.visits, "messages"),
        Line("typed", 1, size.problems * size.typed_per_problem, "messages"),
        Line("prompt", 1, size.problems * size.told_per_problem, "api"),
        Line("morning", size.leaders, mornings, "api"),
        Line("morning.teachers", size.busy_teachers, teachers, "api"),
        Line("digest", size.digest_readers, digests, "api"),
        Line("preflight", size.admins, preflights, "api"),
        Line("receipt", size.recorders, evenings, "api"),
    ]
    return sorted(lines, key=lambda line: (line.quota, -line.messages))


def _bundles(plan: Plan, year: int, month: int, *, teacher: bool) -> Iterator[datetime]:
    """The mornings of the month in which what arose before is told."""
    for day in _days(year, month):
        evening = datetime.combine(day - timedelta(days=1), time(23), SCHOOL_TIME)
        morning = bundle_of(evening, plan.pace, teacher=teacher)
        if morning.date().month == month:
            yield morning


def _days(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _times(year: int, month: int, after: _After) -> int:
    return sum(1 for _ in _moments(year, month, after))


def _moments(year: int, month: int, after: _After) -> Iterator[datetime]:
    """All of its instants in the month."""
    at = after(datetime.combine(date(year, month, 1), time(0), SCHOOL_TIME) - timedelta(seconds=1))
    while (at.astimezone(SCHOOL_TIME).year, at.astimezone(SCHOOL_TIME).month) == (year, month):
        yield at.astimezone(SCHOOL_TIME)
        at = after(at)
